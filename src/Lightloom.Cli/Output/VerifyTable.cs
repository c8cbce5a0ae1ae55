using System.Globalization;
using Lightloom.Verify.Outcome;

namespace Lightloom.Cli.Output;

/// <summary>Prints what <c>verify</c> found: a line for each contradiction, then what was proven.</summary>
internal static class VerifyTable
{
    /// <summary>Prints a report.</summary>
    public static void Print(VerifyReport report, TextWriter to)
    {
        foreach (Contradiction one in report.Contradictions)
        {
            to.WriteLine(Report.PlainText.Of(one.ToString()));
        }

        foreach (RuleResult one in report.Rules)
        {
            int shown = report.Contradictions.Count(c => c.Rule == one.Rule);
            if (one.Contradictions > shown)
            {
                to.WriteLine(Invariant($"{one.Rule.Id}: {one.Contradictions - shown:N0} more; --all shows them"));
            }
        }

        if (!report.Holds)
        {
            int broken = report.Rules.Count(r => r.Contradictions > 0);
            to.WriteLine(Invariant($"{report.Count:N0} contradiction{(report.Count == 1 ? "" : "s")} to {broken} of {Held(report)} rules"));
            return;
        }

        int width = report.Rules.Max(r => r.Rule.Id.Length);
        foreach (RuleResult one in report.Rules)
        {
            string times = one.Checked == 0 ? "nothing to prove" : Invariant($"{one.Checked:N0}");
            to.WriteLine($"{one.Rule.Id.PadRight(width)}  {times, 16}  {one.Rule.Proves}");
        }

        to.WriteLine(
            Invariant($"{Report.PlainText.Of(report.Name)}: {Held(report)} rules hold, {report.Rules.Sum(r => r.Checked):N0} checks")
        );
    }

    private static int Held(VerifyReport report) => report.Rules.Count(r => r.Checked > 0);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
