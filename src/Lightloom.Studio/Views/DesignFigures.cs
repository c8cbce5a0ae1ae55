using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>What is always to be seen of a design.</summary>
internal sealed record DesignFigures
{
    public required string Name { get; init; }
    public required long Xpus { get; init; }
    public required int Nodes { get; init; }
    public required long Switches { get; init; }
    public required long Cables { get; init; }
    public required long Links { get; init; }
    public required int Racks { get; init; }
    public required double CapexUsd { get; init; }
    public required double UsdPerXpu { get; init; }
    public required double EstimateUsd { get; init; }
    public required double EstimateUsdPerXpu { get; init; }
    public required double NetworkPowerW { get; init; }
    public required double WattsPerXpu { get; init; }
    public required double ItPowerW { get; init; }
    public required double LongestCableM { get; init; }
    public required double Oversubscription { get; init; }
    public required int UnpricedLines { get; init; }
    public DiagnosticAnswer? Worst { get; init; }
    public required int Errors { get; init; }
    public required int Warnings { get; init; }
    public required int Notes { get; init; }

    public static DesignFigures Of(ClusterDesign design)
    {
        double xpus = Math.Max(1, design.Network.XpuCount);
        Diagnostic? worst = design.Diagnostics.FirstOrDefault(d => d.Severity > Severity.Note) ?? design.Diagnostics.FirstOrDefault();
        return new()
        {
            Name = design.Spec.Name,
            Xpus = design.Network.XpuCount,
            Nodes = design.Network.NodeCount,
            Switches = design.Bill.Switches,
            Cables = design.Bill.Cables,
            Links = design.Bill.LogicalLinks,
            Racks = design.Bill.Racks,
            CapexUsd = design.Bill.Capex.Dollars,
            UsdPerXpu = Math.Round(design.Bill.Capex.Dollars / xpus, 2),
            EstimateUsd = Math.Round(design.Bill.Estimate.Total.Dollars, 2),
            EstimateUsdPerXpu = Math.Round(design.Bill.Estimate.Total.Dollars / xpus, 2),
            NetworkPowerW = design.Bill.NetworkPowerTypical.Watts,
            WattsPerXpu = Math.Round(design.Bill.NetworkPowerTypical.Watts / xpus, 2),
            ItPowerW = design.Bill.ItPower.Watts,
            LongestCableM = design.Trays.Longest?.Route.Total.Metres ?? 0,
            Oversubscription = design.Network.Fabrics.Count == 0 ? 0 : OversubscriptionOf(design.Network.Fabrics[0]),
            UnpricedLines = design.Bill.UnpricedLines,
            Worst = worst is null ? null : DiagnosticAnswer.Of(worst),
            Errors = design.Diagnostics.Count(d => d.Severity == Severity.Error),
            Warnings = design.Diagnostics.Count(d => d.Severity == Severity.Warning),
            Notes = design.Diagnostics.Count(d => d.Severity == Severity.Note),
        };
    }

    // Without uplinks nothing is oversubscribed.
    private static double OversubscriptionOf(Fabric fabric) => Math.Round(fabric.Oversubscription.Values.DefaultIfEmpty(1).Max(), 4);
}
