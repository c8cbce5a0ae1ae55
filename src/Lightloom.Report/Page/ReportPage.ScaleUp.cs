using System.Globalization;
using Lightloom.Design;
using Lightloom.Hardware;

namespace Lightloom.Report.Page;

public static partial class ReportPage
{
    // Under the latency budget: a message inside a domain never sees the networks above.
    private static void ScaleUp(Html page, ClusterDesign design)
    {
        IReadOnlyList<ScaleUpDomains> all = ScaleUpDomains.Of(design.Spec, design.Network);
        if (all.Count == 0)
        {
            return;
        }

        page.Element("h3", "Inside a scale-up domain");
        page.Table(
            null,
            "nodes",
            "network",
            "#domains",
            "#XPUs each",
            "#GB/s an XPU, one way",
            "#latency",
            "runs over",
            "#switch chips",
            "cabled"
        );
        foreach (ScaleUpDomains one in all)
        {
            ScaleUp domain = one.Domain;
            page.Row()
                .Cell($"{Words.Count(one.Nodes)} × {one.Node.Name}")
                .Cell(domain.Network?.Value.ToWord() ?? "not published")
                .Number(Words.Count(one.Domains))
                .Number(domain.Xpus is { } xpus ? Words.Count(xpus.Value) : "-")
                .Number(domain.BytesPerSecond is { } rate ? (rate.Value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) : "-")
                .Number(
                    string.Create(CultureInfo.InvariantCulture, $"{one.Latency.Value.Microseconds:0.0##} µs")
                        + (one.Latency.IsAssumed ? ", assumed" : "")
                )
                .Cell(OverWhat(domain))
                .Number(one.SwitchChips is { } chips ? Words.Count(chips) : "-")
                .Cell(Cabled(one), "why")
                .EndRow();
        }

        page.EndTable();
    }

    private static string OverWhat(ScaleUp domain) =>
        (domain.Medium?.Value.ToWord() ?? "not published")
        + (domain.Reach is { } reach ? string.Create(CultureInfo.InvariantCulture, $", to {reach.Value.Metres:0.#} m") : "");

    private static string Cabled(ScaleUpDomains one)
    {
        if (!one.Domain.IsCabled)
        {
            return one.Domain.Medium is null ? "" : "comes with the node";
        }

        string power =
            one.ModulePower is { } drawn ? string.Create(CultureInfo.InvariantCulture, $", {drawn.Kilowatts:0.#} kW")
            : one.Modules > 0 ? ", power not published"
            : "";
        string included = one.Domain.Included is { Value: true } ? "; in price and power of the node" : "";
        return one.Modules + one.Cables == 0
            ? "between racks; counts not published"
            : $"{Words.Of(one.Modules, "module")}{power}, {Words.Of(one.Cables, "cable")}{included}";
    }
}
