using System.CommandLine;
using System.CommandLine.Parsing;
using Lightloom.Cli.Options;
using Lightloom.Studies.Points;

namespace Lightloom.Cli.Commands;

/// <summary>What a study may give to a command: its options as the command line has them, so that both are checked by one rule.</summary>
internal sealed class StudyCommandTable : ICommandTable
{
    private static readonly HashSet<string> Inputs = ["--catalog", "--tm"];

    private readonly Command _root = RootOfCommands.Create();

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> OptionsOf(string command) =>
        [
            .. _root
                .Subcommands.First(c => c.Name == command)
                .Options.Where(o => o is not System.CommandLine.Help.HelpOption)
                .Select(Described),
        ];

    /// <inheritdoc/>
    public string? Problem(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<ParseError> errors = _root.Parse(arguments).Errors;
        return errors.Count == 0 ? null : errors[0].Message;
    }

    private static CommandOption Described(Option option)
    {
        bool path =
            option.HelpName is { } help
            && (help.StartsWith("FILE", StringComparison.Ordinal) || help.StartsWith("DIR", StringComparison.Ordinal));
        OptionKind kind =
            Inputs.Contains(option.Name) ? OptionKind.File
            : option is Option<bool> ? OptionKind.Flag
            : option is RepeatedOption || option.Arity.MaximumNumberOfValues > 1 ? OptionKind.Repeated
            : OptionKind.Word;
        string? whyNot = option.Name switch
        {
            "--json" => "every point prints its JSON document anyway",
            "--threads" => "a point has one core, and results do not depend on it",
            "--topo" => "a study varies a cluster file",
            "--list-options" or "--adopt" or "--force" or "--rows" => "it changes what is shown or written, not the result",
            _ when path && kind != OptionKind.File => "it writes files, and a study keeps the result of every point itself",
            _ => null,
        };
        return new(option.Name, kind, whyNot);
    }
}
