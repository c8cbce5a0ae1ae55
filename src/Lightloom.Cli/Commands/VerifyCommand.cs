using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Verify;
using Lightloom.Verify.Outcome;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom verify DIR</c>: reads the files of a design and proves them against each other and the catalogue.</summary>
public static class VerifyCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "What `design -o DIR` wrote, edited since or not." };
    private static readonly CheckedOption<int?> Lines = Value.Whole(
        "--lines",
        "How many contradictions to show of each rule.",
        1,
        1_000_000,
        10
    );
    private static readonly Option<bool> All = new("--all") { Description = "Show every contradiction." };
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "List every rule with what it proves and how many things it was held against.",
    };
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly CheckedOption<string?> Catalog = CommonOptions.Catalog();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new(
            "verify",
            "Proves the files of a design against each other and the catalogue; one line for each contradiction, and exit status 4."
        )
        {
            Folder,
            Lines,
            All,
            Verbose,
            Json,
            Catalog,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        DiagnosticBag diagnostics = new();
        Catalogue catalogue = Catalog.In(parsed) is { } directory
            ? Catalogue.Default.WithDirectory(directory, diagnostics)
            : Catalogue.Default;
        if (diagnostics.HasErrors)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        VerifyOptions options = new() { Catalogue = catalogue, PerRule = parsed.GetValue(All) ? int.MaxValue : Lines.In(parsed)!.Value };
        if (Verifier.Run(parsed.GetValue(Folder)!, options, diagnostics, cancel) is not { } report)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        if (parsed.GetValue(Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            VerifyJson.Write(report, stdout);
        }
        else
        {
            VerifyTable.Print(report, parsed.GetValue(Verbose), Console.Out);
        }

        return report.Holds ? ExitCode.Done : ExitCode.Differs;
    }
}
