using Lightloom.Cli;
using Lightloom.Cli.Commands;
using Lightloom.Cli.Output;

return CommandLine.Run(
    args,
    () =>
    {
        ProgressFeed.EndWithStarter();
        Terminal.Guard();
        return RootOfCommands.Create();
    }
);
