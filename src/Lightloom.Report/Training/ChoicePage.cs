using System.Globalization;
using Lightloom.Report.Page;
using Lightloom.Spec;
using Lightloom.Training.Choosing;
using Lightloom.Training.Studies;

namespace Lightloom.Report.Training;

/// <summary>Writes the page of designs judged by a workload: the winner, the front in pictures, why others lost, what would change it.</summary>
public static class ChoicePage
{
    private const int MostRows = 60;

    /// <summary>The page.</summary>
    /// <param name="choice">What was found.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="engine">How communication was timed.</param>
    public static string Render(WorkloadChoice choice, string cluster, string engine)
    {
        Html page = new();
        ScoredDesign winner = choice.Winner;
        ReportPage.Begin(page, $"{cluster} - designs for {choice.Plan.Model.Name}");
        page.Raw("<header>").Element("h1", $"{cluster}: which network for {choice.Plan.Model.Name}").Raw("\n");
        page.Paragraph(
                Say($"{choice.Designs.Count(d => d.Alternative.Feasible):#,0} feasible backends of {choice.Shapes} shapes, ")
                    + Say($"{choice.Timed} carried through and timed with {TrainingStudy.Describe(choice.Plan)} ({engine}). ")
                    + Say($"Design {winner.Number} wins: its tokens cost {winner.Score!.UsdPerMillionTokens:0.#####} USD a million ")
                    + "(the backend's price over its years, and energy of everything).",
                "lead"
            )
            .Close("header");
        page.Section("front", "The front of cost, power, step and goodput");
        ReportPage.Figure(page, ChoiceDrawing.Scatter(choice, power: false), "Step time over cost. Filled: the front; ringed: the winner.");
        ReportPage.Figure(page, ChoiceDrawing.Scatter(choice, power: true), "Step time over power.");
        page.Table(null, "#design", "backend", "#M USD", "#kW", "#step s", "#goodput %", "#USD a million tokens", "why");
        foreach (ScoredDesign d in choice.Designs.Where(d => d.OnFront || d.Wins).Take(MostRows))
        {
            Row(page, d);
        }

        page.EndTable().Close("section");
        page.Section("sensitivity", "What would change the winner");
        page.Paragraph("Each assumption 20 % lower and higher, all else unchanged.");
        page.Table(null, "assumption", "#20 % lower", "#20 % higher");
        foreach (IGrouping<string, Sensitivity> both in choice.Sensitivities.GroupBy(s => s.Assumption))
        {
            page.Row().Cell(both.Key);
            foreach (Sensitivity s in both.OrderBy(s => s.Factor))
            {
                page.Number(
                    s.Winner == winner.Number ? "stays" : Say($"design {s.Winner}, {100 * s.Gain:0.###} % cheaper"),
                    s.Winner == winner.Number ? null : "warn"
                );
            }

            page.EndRow();
        }

        page.EndTable().Close("section");
        page.Section("others", "Why the others lost");
        page.Table(
            Say($"The first {MostRows} that were scored; explore --by-workload --json has all."),
            "#design",
            "backend",
            "#M USD",
            "#kW",
            "#step s",
            "#goodput %",
            "#USD a million tokens",
            "why"
        );
        foreach (ScoredDesign d in choice.Designs.Where(d => d.Score is not null && !d.OnFront && !d.Wins).Take(MostRows))
        {
            Row(page, d);
        }

        page.EndTable().Close("section");
        page.Raw("</main></body></html>\n");
        return page.ToString();
    }

    private static void Row(Html page, ScoredDesign d)
    {
        string switches = d.Alternative.Leaf == d.Alternative.Spine ? d.Alternative.Leaf : $"{d.Alternative.Leaf}, {d.Alternative.Spine}";
        string planes = d.Alternative.Planes > 1 ? Say($"{d.Alternative.Planes} {d.Alternative.PlaneLayout.ToWord()} planes, ") : "";
        page.Row(d.Wins ? "sum" : null)
            .Number(Say($"{d.Number}"))
            .Cell(Say($"{d.Alternative.Paradigm.ToWord()}, {planes}{d.Alternative.Tiers} tiers: {switches}"))
            .Number(Say($"{d.Score!.Usd / 1e6:0.00}"))
            .Number(Say($"{d.Score.Watts / 1000:#,0}"))
            .Number(Say($"{d.Score.Step.Step:0.0000}"))
            .Number(Say($"{100 * d.Score.Goodput.Share:0.00}"))
            .Number(Say($"{d.Score.UsdPerMillionTokens:0.#####}"))
            .Cell(d.Reason)
            .EndRow();
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
