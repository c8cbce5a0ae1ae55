using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Experiments.Calibration;
using Lightloom.Report.Calibration;
using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom calibrate CLUSTER.yaml</c>: measures against packets what a transport and a load balancing add to the fluid engine.
/// </summary>
public sealed class CalibrateCommand
{
    private readonly Argument<string> _file = new("CLUSTER.yaml")
    {
        Description = "The cluster file; small networks with its rates and delays are run.",
    };
    private readonly CheckedOption<string?> _transport = CommonOptions.Transport();
    private readonly CheckedOption<string?> _balancing = CommonOptions.LoadBalancing();
    private readonly Option<bool> _all = new("--all")
    {
        Description = "Every pair that is in use, one after the other, instead of one; takes minutes.",
    };
    private readonly CheckedOption<int?> _seeds = Value.Whole("--seeds", "Seeds that each figure is the mean of.", 1, 100, 3);
    private readonly CheckedOption<string?> _catalog = CommonOptions.Catalog();
    private readonly CheckedOption<string?> _output = CommonOptions.Output("fluid-terms.csv, for simulate --calibration, and cases.csv");
    private readonly Option<bool> _json = CommonOptions.Json();

    private CalibrateCommand() { }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        CalibrateCommand c = new();
        Command command = new("calibrate", "Measures the fluid engine's terms against the packet engine.")
        {
            c._file,
            c._transport,
            c._balancing,
            c._all,
            c._seeds,
            c._catalog,
            c._output,
            c._json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(c.Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        bool all = parsed.GetValue(_all);
        if (all && (_transport.IsGivenIn(parsed) || _balancing.IsGivenIn(parsed)))
        {
            return CommandLine.Misused("--all measures every pair; leave --transport and --load-balancing out, or --all");
        }

        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(parsed.GetValue(_file)!, _catalog.In(parsed), diagnostics);
        if (spec is null || Designer.DrawBackend(spec, diagnostics) is not { } network)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        try
        {
            return Measure(parsed, Testbed.Of(spec, network, scaleUp: false), all, cancellation);
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }
    }

    private int Measure(ParseResult parsed, Testbed bed, bool all, CancellationToken cancellation)
    {
        EngineChoices choices = new() { Transport = _transport.In(parsed), LoadBalancing = _balancing.In(parsed) };
        if (choices.RunsCells(bed))
        {
            throw new RefusedException(
                "a switch-scheduled fabric has no terms of a transport to measure: the fluid engine leaves cells out; "
                    + "calibrate a cluster file whose backend.paradigm is endpoint-scheduled"
            );
        }

        SimulationOptions own = choices.On(bed);
        IReadOnlyList<(string Transport, string LoadBalancing)> pairs = all ? MeasuredTerms.Pairs : [(own.Transport, own.LoadBalancing)];
        CalibrationRun run = new(bed, _seeds.In(parsed)!.Value);
        List<CalibrationResult> results = [];
        List<string> failures = [];
        using (ProgressLine line = new())
        {
            for (int i = 0; i < pairs.Count; i++)
            {
                (string transport, string balancing) = pairs[i];
                try
                {
                    double share = (double)i / pairs.Count;
                    void Show(string what) => line.Report(new DesignStage($"{transport} with {balancing}: {what}", share));
                    results.Add(run.Of(transport, balancing, Show, cancellation));
                }
                catch (RefusedException e) when (all)
                {
                    failures.Add(e.Message);
                }
                catch (OperationCanceledException)
                {
                    return ExitCode.Interrupted;
                }
            }
        }

        CalibrationReport report = new(results, failures);
        if (_output.In(parsed) is { } directory)
        {
            report.WriteFiles(directory, cancellation);
        }

        if (parsed.GetValue(_json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            report.WriteJson(stdout);
        }
        else
        {
            foreach (string text in report.Lines())
            {
                Console.Out.WriteLine(text);
            }
        }

        return ExitCode.Done;
    }
}
