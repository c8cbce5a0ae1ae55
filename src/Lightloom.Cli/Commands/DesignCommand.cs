using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Report.Files;
using Lightloom.Spec;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom design CLUSTER.yaml [-o DIR] [--json]</c>: the main job.</summary>
public static class DesignCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("CLUSTER.yaml") { Description = "The cluster file." };
        CheckedOption<string?> output = CommonOptions.Output("design.json, bom.csv, bom.xlsx, cables.csv, report.html and the pictures");
        Option<bool> json = CommonOptions.Json();
        CheckedOption<string?> catalog = CommonOptions.Catalog();
        Command command = new("design", "Designs every network of the cluster, places it, cables it and prices it.")
        {
            file,
            output,
            json,
            catalog,
        };
        command.SetAction(
            (parsed, cancel) =>
                Task.FromResult(Run(parsed.GetValue(file)!, output.In(parsed), parsed.GetValue(json), catalog.In(parsed), cancel))
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
