using System.CommandLine;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Spec;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom design CLUSTER.yaml [-o DIR] [--json]</c>: the main job.</summary>
public static class DesignCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("CLUSTER.yaml") { Description = "The cluster file." };
        Option<string?> output = new("--output", "-o")
        {
            Description = "Write design.json, bom.csv, bom.xlsx, cables.csv, report.html and the pictures into DIR.",
            HelpName = "DIR",
        };
        Option<bool> json = new("--json") { Description = "Print the design as one JSON document on standard output." };
        Option<string?> catalog = new("--catalog") { Description = "A directory of your own catalogue files.", HelpName = "DIR" };
        Command command = new("design", "Designs every network of the cluster, places it, cables it and prices it.")
        {
            file,
            output,
            json,
            catalog,
        };
        command.SetAction(
            (parsed, cancel) =>
                Task.FromResult(
                    Run(parsed.GetValue(file)!, parsed.GetValue(output), parsed.GetValue(json), parsed.GetValue(catalog), cancel)
                )
        );
        return command;
    }

    private static int Run(string file, string? output, bool json, string? catalog, CancellationToken cancel)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, catalog, diagnostics);
        if (spec is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        using ProgressLine line = new();
        ClusterDesign? design = Designer.Design(spec, diagnostics, line, cancel);
        if (design is null)
        {
            line.Clear();
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        if (output is not null)
        {
            DesignFiles.Write(design, output, line, cancel);
        }

        line.Clear();
        if (json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            DesignJson.Write(design, stdout);
            foreach (Diagnostic d in diagnostics)
            {
                if (d.Severity == Severity.Warning)
                {
                    Console.Error.WriteLine(d);
                }
            }
        }
        else
        {
            DesignSummary.Print(design, diagnostics, output);
        }

        return ExitCode.Done;
    }
}
