using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report.Drawing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report.Page;

/// <content>What was built and why, and what should worry the reader.</content>
public static partial class ReportPage
{
    private const int MostAlternatives = 8;
    private const int MostOfOneDiagnostic = 5;

    private static void Built(Html page, ClusterDesign design)
    {
        page.Section("built", "What was built, and why");
        page.Table(null, "network", "tier", "switch", "#count", "#ports down", "#ports up", "#oversubscription");
        foreach (Fabric fabric in design.Network.Fabrics)
        {
            foreach (TierOfSwitches tier in fabric.Tiers)
            {
                page.Row()
                    .Cell(fabric.Role.ToWord())
                    .Cell(tier.Tier.ToWord())
                    .Cell(tier.Switch.Name)
                    .Number(Words.Count(tier.Count))
                    .Number(
                        string.Join(
                            " + ",
                            tier.Serves.Select(d => $"{d.Ports} × {Words.Rate(d.Rate)}{(d.To is { } to ? " to " + to : "")}")
                        ) + (tier is { FreePorts: > 0, OutsideAlone.Count: 0 } ? $" and {tier.FreePorts} free" : "")
                    )
                    .Number(
                        tier.UpPorts == 0
                            ? fabric.IsPair && tier.Tier == Tier.Leaf
                                ? "peer links"
                                : ""
                            : $"{tier.UpPorts} × {Words.Rate(tier.UpBreakout.Rate)}"
                    )
                    .Number(BuiltRatio.Of(fabric, tier) is { } o ? TopologyDrawing.Ratio(o) : "")
                    .EndRow();
            }
        }

        page.EndTable();
        page.Table(null, "network", "#bisection", "#grows to", "#switches on a path", "#equal paths", "#links", "#cables");
        foreach (Fabric fabric in design.Network.Fabrics)
        {
            IReadOnlyList<LinkSummary> links = LinkSummary.Of(design, fabric);
            page.Row()
                .Cell(fabric.Role.ToWord())
                .Number(fabric.Bisection.Gbps == 0 ? "" : Words.Number(fabric.Bisection.Gbps / 1000) + " Tb/s")
                .Number(fabric.Role == FabricRole.Backend ? Words.Of(fabric.MaxXpus, "XPU") : "")
                .Number(
                    fabric.Hops.Shortest == fabric.Hops.Longest
                        ? Words.Count(fabric.Hops.Longest)
                        : $"{fabric.Hops.Shortest} to {fabric.Hops.Longest}"
                )
                .Number(Words.Count(fabric.PathDiversity))
                .Number(Words.Count(links.Sum(l => l.LogicalLinks)))
                .Number(Words.Count(links.Sum(l => l.Cables)))
                .EndRow();
        }

        page.EndTable();
        foreach (Fabric fabric in design.Network.Fabrics.Where(f => f.Reasons.Count > 0))
        {
            page.Element(
                    "h3",
                    $"Why the {Words.Role(fabric.Role).ToLowerInvariant()}{(fabric.Role == FabricRole.Oob ? " network" : "")} looks like this"
                )
                .Raw("<ol>");
            foreach ((string reason, int times) in Runs(fabric.Reasons))
            {
                page.Element("li", times == 1 ? reason : $"{times} groups of nodes alike: {reason}");
            }

            page.Raw("</ol>\n");
        }

        Alternatives(page, design);
        if (design.PassedOver.Count > 0)
        {
            page.Element("h3", "What was tried for the other networks and did not become a design");
            page.Table(null, "network", "switches", "what it failed by");
            foreach (PassedOver passed in design.PassedOver)
            {
                page.Row().Cell(Words.Role(passed.Fabric)).Cell(passed.Switches, "id").Cell(passed.Reason, "why").EndRow();
            }

            page.EndTable();
        }

        page.Close("section");
    }

    /// <summary>Neighbours that say the same, once with their count: pools of one size in several halls are laid out alike.</summary>
    private static IEnumerable<(string Text, int Times)> Runs(IReadOnlyList<string> texts)
    {
        for (int at = 0, next; at < texts.Count; at = next)
        {
            next = at + 1;
            while (next < texts.Count && texts[next] == texts[at])
            {
                next++;
            }

            yield return (texts[at], next - at);
        }
    }

    private static void Alternatives(Html page, ClusterDesign design)
    {
        Alternative[] lost = [.. design.Alternatives.Where(a => !a.Chosen)];
        if (lost.Length == 0)
        {
            return;
        }

        page.Element("h3", "What else was considered for the backend");
        Alike[] feasible = [.. lost.Where(a => a.Feasible).GroupBy(a => a.Reason).Select(g => new Alike(g.First(), g.Count()))];
        Alike[] refused = [.. lost.Where(a => !a.Feasible).GroupBy(ReasonKind).Select(g => new Alike(g.First(), g.Count()))];
        Alike[] shown = [.. feasible.Take(MostAlternatives), .. refused.OrderByDescending(r => r.Count).Take(MostAlternatives)];
        int farther = feasible.Skip(MostAlternatives).Sum(f => f.Count);
        int rarer = Math.Max(0, refused.Length - MostAlternatives);
        page.Paragraph(
            $"{Words.Of(lost.Length, "backend")} lost. The closest feasible ones first, then what refused the others; a line a reason, with the "
                + "best of those alike and how many they are. "
                + (farther > 0 ? $"{Words.Count(farther)} feasible ones that are farther off are left out. " : "")
                + (rarer > 0 ? $"{Words.Of(rarer, "rarer reason")} {(rarer == 1 ? "is" : "are")} left out. " : "")
                + "`lightloom explore` lists all.",
            "soft"
        );
        page.Table(
            "Costs are estimates for ranking, not bills.",
            "shape",
            "leaf / spine",
            "#switches",
            "#estimate",
            "#power",
            "feasible",
            "why it lost",
            "#alike"
        );
        foreach ((Alternative a, int alike) in design.Alternatives.Where(a => a.Chosen).Select(a => new Alike(a, 1)).Concat(shown))
        {
            string shape = $"{a.Paradigm.ToWord()}, {Words.Of(a.Planes, "plane")}{(a.Tiers > 0 ? ", " + Words.Of(a.Tiers, "tier") : "")}";
            page.Row(a.Chosen ? "sum" : null)
                .Cell(a.Chosen ? shape + " (built)" : shape)
                .Cell(a.Leaf == a.Spine ? a.Leaf : $"{a.Leaf} / {a.Spine}", "id")
                .Number(a.Switches == 0 ? "" : Words.Count(a.Switches))
                .Number(a.EstimatedUsd > 0 ? Words.Dollars(Units.Money.FromDollars(a.EstimatedUsd)) : "")
                .Number(a.EstimatedWatts > 0 ? Words.Watts(Units.Power.FromWatts(a.EstimatedWatts)) : "")
                .Raw("<td>")
                .Element("span", a.Feasible ? "yes" : "no", a.Feasible ? "tag ok" : "tag note")
                .Raw("</td>")
                .Cell(a.Reason, "why")
                .Number(a.Chosen ? "" : Words.Count(alike))
                .EndRow();
        }

        page.EndTable();
    }

    /// <summary>A reason without the switches and the figures of the one it was said of: what many are refused by alike.</summary>
    private static string ReasonKind(Alternative a)
    {
        string reason = a.Reason;
        foreach (string id in new[] { a.Leaf, a.Spine }.Where(id => id.Length > 0).OrderByDescending(id => id.Length))
        {
            reason = reason.Replace(id, "", StringComparison.Ordinal);
        }

        return Figures().Replace(reason, "");
    }

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Figures();

    private readonly record struct Alike(Alternative Best, int Count);

    private static void Worries(Html page, ClusterDesign design)
    {
        page.Section("worries", "What should worry you");
        if (design.Diagnostics.Count == 0)
        {
            page.Paragraph("Nothing was found.");
        }

        foreach (Severity severity in new[] { Severity.Error, Severity.Warning, Severity.Note })
        {
            Diagnostic[] all = [.. design.Diagnostics.Where(d => d.Severity == severity)];
            if (all.Length == 0)
            {
                continue;
            }

            (string title, string css) = severity switch
            {
                Severity.Error => ("Errors", "tag bad"),
                Severity.Warning => ("Warnings", "tag warn"),
                _ => ("Notes", "tag note"),
            };
            bool fold = severity == Severity.Note && all.Length > 8;
            page.Raw(fold ? "<details><summary>" : "<h3>").Text($"{title} ({Words.Count(all.Length)})").Raw(fold ? "</summary>" : "</h3>");
            page.Table(null, "", "what, and what to do", "where");
            foreach (IGrouping<string, Diagnostic> id in all.GroupBy(d => d.Id))
            {
                Diagnostic[] same = [.. id];
                foreach (Diagnostic one in same.Take(MostOfOneDiagnostic))
                {
                    page.Row()
                        .Raw("<td>")
                        .Element("span", one.Id, css)
                        .Raw("</td>")
                        .Cell(one.Message)
                        .Cell(one.Mark?.ToString() ?? one.Where, "why")
                        .EndRow();
                }

                if (same.Length > MostOfOneDiagnostic)
                {
                    page.Row()
                        .Cell(null)
                        .Cell($"and {Words.Count(same.Length - MostOfOneDiagnostic)} more of {id.Key}; design.json has them all", "soft")
                        .Cell(null)
                        .EndRow();
                }
            }

            page.EndTable().Raw(fold ? "</details>" : "");
        }

        page.Close("section");
    }
}
