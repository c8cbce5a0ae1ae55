using Xunit.Abstractions;

namespace Lightloom.Training.Tests;

/// <summary>What was measured on real clusters, against the model.</summary>
public sealed class PublishedRunsTest(ITestOutputHelper output)
{
    [Fact]
    public void Print()
    {
        string? dir = Environment.GetEnvironmentVariable("CAT");
        var cat = dir is null ? Lightloom.Hardware.Catalogue.Default : Lightloom.Hardware.Catalogue.Default.WithDirectory(dir, new());
        foreach (PublishedRun run in PublishedRun.All(cat))
        {
            var s = run.Step();
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{run.Id,-28} {run.Value,9:0.00} {run.Computed(),9:0.00} {100 * run.Error,6:0.0} t={s.Step:0.00} c={s.Compute:0.00} bub={s.Bubble:0.00} opt={s.Optimizer:0.00} ovh={s.Overhead:0.00} {string.Join(' ', s.Communication.Select(c => FormattableString.Invariant($"{c.Kind.ToString()[..2]}={c.Exposed:0.00}/{c.Total:0.00}")))}"
                )
            );
        }

        output.WriteLine("");
    }
}
