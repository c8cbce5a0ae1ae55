using System.Globalization;
using System.Text;

namespace Lightloom.Training.Tests;

/// <summary>
/// The table of docs/validation/training.md is made from the model and the published runs; this compares it, and rewrites it when
/// LIGHTLOOM_UPDATE_DOCS is set.
/// </summary>
public class ValidationPageTest
{
    private const string Begin = "<!-- table runs -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_table_is_what_the_model_says()
    {
        string path = Path.Combine(Root(), "docs", "validation", "training.md");
        string page = File.ReadAllText(path);
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            to = page.IndexOf(End, from, StringComparison.Ordinal);
        string updated = page[..from] + "\n" + Table() + "\n" + page[to..];
        if (Environment.GetEnvironmentVariable("LIGHTLOOM_UPDATE_DOCS") is not null)
        {
            File.WriteAllText(path, updated);
        }
        else
        {
            (page == updated).ShouldBeTrue(
                "run `LIGHTLOOM_UPDATE_DOCS=1 dotnet test tests/Lightloom.Training.Tests --filter ValidationPage` and commit the page"
            );
        }
    }

    private static string Table()
    {
        StringBuilder text = new();
        text.Append("| run | stack | published | here | error | | left open by the source |\n|---|---|---|---|---|---|---|\n");
        IReadOnlyList<PublishedRun> runs = PublishedRun.All();
        foreach (PublishedRun run in runs)
        {
            double here = run.Computed();
            string digits = run.Value < 100 ? "0.00" : "0";
            text.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {run.Id} | `{run.Stack}` | {run.Value.ToString(digits, CultureInfo.InvariantCulture)} {run.Row["unit"]} | "
                )
            );
            text.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{here.ToString(digits, CultureInfo.InvariantCulture)} | {Math.Round(100 * run.Error, 1) + 0.0:+0.0;-0.0;0.0} % | "
                )
            );
            text.Append(Math.Abs(run.Error) <= 0.1 ? "" : "miss").Append(" | ").Append(run.Row["assumed"]).Append(" |\n");
        }

        text.Append('\n');
        Summary(text, "rows of `published.csv`", [.. runs.Where(r => r.Row["published"].Length > 0)]);
        Summary(
            text,
            "Calculon's validation runs (its own errors: mean 3.65 %, largest 8.9 %)",
            [.. runs.Where(r => r.Id.StartsWith("KOR", StringComparison.Ordinal))]
        );
        foreach (bool mixture in new[] { false, true })
        {
            Summary(
                text,
                "further rows, not in `published.csv`, of " + (mixture ? "mixtures of experts" : "dense models"),
                [.. runs.Where(r => r.Row["published"].Length == 0 && r.Plan().Model.IsMixture == mixture)]
            );
        }

        return text.ToString();
    }

    private static void Summary(StringBuilder text, string what, PublishedRun[] runs)
    {
        double[] errors = [.. runs.Select(r => Math.Abs(r.Error))];
        text.Append(
            string.Create(
                CultureInfo.InvariantCulture,
                $"- {what}: {errors.Count(e => e <= 0.1)} of {runs.Length} within 10 %, mean error {100 * errors.Average():0.0} %, "
            )
        );
        text.Append(string.Create(CultureInfo.InvariantCulture, $"largest {100 * errors.Max():0.0} %\n"));
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Lightloom.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException("not in the repository");
    }
}
