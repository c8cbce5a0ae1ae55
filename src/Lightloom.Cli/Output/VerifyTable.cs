using System.Globalization;
using Lightloom.Units;
using Lightloom.Verify.Outcome;

namespace Lightloom.Cli.Output;

/// <summary>Prints what <c>verify</c> found: a line for each contradiction, or how much was proven.</summary>
internal static class VerifyTable
{
    /// <summary>Prints a report.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="verbose">True for a line for each rule, with what it was held against.</param>
    /// <param name="to">Where to.</param>
    public static void Print(VerifyReport report, bool verbose, TextWriter to)
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

        if (verbose)
        {
            int width = report.Rules.Max(r => r.Rule.Id.Length);
            foreach (RuleResult one in report.Rules)
            {
                string times = one.Checked == 0 ? "nothing to prove" : Invariant($"{one.Checked:N0}");
                to.WriteLine($"{one.Rule.Id.PadRight(width)}  {times, 16}  {one.Rule.Proves}");
            }
        }

        if (!report.Holds)
        {
            int broken = report.Rules.Count(r => r.Contradictions > 0);
            to.WriteLine(Invariant($"{report.Count:N0} contradiction{(report.Count == 1 ? "" : "s")} to {broken} of {Held(report)} rules"));
            return;
        }

        int idle = report.Rules.Count - Held(report);
        if (idle > 0 && !verbose)
        {
            to.WriteLine(
                Invariant(
                    $"{Counted.Of(idle, "rule")} had nothing to prove: the design has none of what {(idle == 1 ? "it speaks" : "they speak")} of; "
                ) + "--verbose lists every rule"
            );
        }

        to.WriteLine(
            Invariant($"{Report.PlainText.Of(report.Name)}: {Held(report)} rules hold, {report.Rules.Sum(r => r.Checked):N0} checks")
        );
    }

    private static int Held(VerifyReport report) => report.Rules.Count(r => r.Checked > 0);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
