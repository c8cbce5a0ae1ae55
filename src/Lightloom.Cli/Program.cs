using Lightloom.Cli;
using Lightloom.Cli.Commands;
using Lightloom.Cli.Output;

return CommandLine.Run(
    args,
    () =>
    {
        Terminal.Guard();
        return RootOfCommands.Create();
    }
);
