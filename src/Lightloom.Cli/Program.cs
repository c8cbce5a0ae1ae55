using Lightloom.Cli;
using Lightloom.Cli.Commands;

return CommandLine.Run(args, RootOfCommands.Create);
