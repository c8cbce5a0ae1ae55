using System.Globalization;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Training.Choosing;
using Lightloom.Training.Studies;

namespace Lightloom.Cli.Output;

/// <summary>Prints the designs judged by a workload.</summary>
internal static class ChoiceTable
{
    /// <summary>Prints the front, groups of those that lost, and what would change the winner.</summary>
    public static void Print(WorkloadChoice choice, string cluster, string engine, int rows, TextWriter to)
    {
        int feasible = choice.Designs.Count(d => d.Alternative.Feasible);
        to.WriteLine(
            Say($"{cluster}: {choice.Designs.Count:#,0} backends considered, {feasible:#,0} feasible of {choice.Shapes} shapes, ")
                + Say($"{choice.Timed} carried through and timed")
        );
        to.WriteLine(Say($"{choice.Plan.Model.Name}, {TrainingStudy.Describe(choice.Plan)}; communication in {engine}"));
        to.WriteLine();
        to.WriteLine("            N      M$       kW    step s  goodput  USD/M tokens  backend");
        foreach (ScoredDesign d in choice.Designs.Where(d => d.OnFront || d.Wins))
        {
            Line(d, to);
        }

        ScoredDesign[] lost = [.. choice.Designs.Where(d => d.Score is not null && !d.OnFront && !d.Wins)];
        foreach (ScoredDesign d in lost.Take(rows))
        {
            Line(d, to);
            to.WriteLine(PlainText.Line("              " + d.Reason));
        }

        if (lost.Length > rows)
        {
            to.WriteLine(Say($"and {lost.Length - rows:#,0} more that lost (--rows N, or --json for all, each with its reason)"));
        }

        to.WriteLine();
        Sensitivity[] changes = [.. choice.Sensitivities.Where(s => s.Winner != choice.Winner.Number)];
        to.WriteLine(
            changes.Length == 0
                ? Say($"No assumption 20 % off changes the winner ({choice.Sensitivities.Count / 2} were tried).")
                : "20 % off, these change the winner:"
        );
        foreach (Sensitivity s in changes)
        {
            to.WriteLine(
                Say($"  {(s.Factor < 1 ? "-20 %" : "+20 %")} {s.Assumption}: design {s.Winner}, {100 * s.Gain:0.###} % cheaper a token")
            );
        }
    }

    private static void Line(ScoredDesign d, TextWriter to)
    {
        string switches = d.Alternative.Leaf == d.Alternative.Spine ? d.Alternative.Leaf : $"{d.Alternative.Leaf} + {d.Alternative.Spine}";
        string planes = d.Alternative.Planes > 1 ? Say($"{d.Alternative.Planes} {d.Alternative.PlaneLayout.ToWord()}, ") : "";
        string mark =
            d.Wins ? "wins"
            : d.OnFront ? "front"
            : "";
        DesignScore s = d.Score!;
        to.WriteLine(
            Say(
                $"{mark, -5} {d.Number, 7} {s.Usd / 1e6, 7:0.00} {s.Watts / 1000, 8:#,0} {s.Step.Step, 9:0.0000} {100 * s.Goodput.Share, 7:0.00}% "
            ) + Say($"{s.UsdPerMillionTokens, 13:0.#####}  {planes}{d.Alternative.Tiers} tiers, {switches}")
        );
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
