using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>Holds the panels that stand in racks against the units that are kept for them.</summary>
public static class RackPanelRoom
{
    /// <summary>Most units that <c>floor.rack.reserved_units</c> may keep.</summary>
    private const int MostReserved = 40;

    /// <summary>Says which rack needs more units for panels than it keeps, and how many would do.</summary>
    /// <param name="spec">Which links end in panels at racks.</param>
    /// <param name="network">What stands in the racks.</param>
    /// <param name="placement">Racks and how full they are.</param>
    /// <param name="channels">The panels.</param>
    /// <param name="diagnostics">Takes LL5905.</param>
    internal static void Check(ClusterSpec spec, Network network, Placement placement, ChannelPlan channels, DiagnosticBag diagnostics)
    {
        if (spec.Floor.PanelsAtRacks == RackPanels.None)
        {
            return;
        }

        FloorGeometry geometry = new(spec);
        Dictionary<int, int> needs = UnitsByRack(channels);
        PanelUnits units = new(network, placement);
        if (CheckTrays(spec, placement, channels, units, diagnostics))
        {
            return;
        }

        foreach (int ofTrays in needs.Keys.Where(units.IsOfTrays).ToArray())
        {
            needs.Remove(ofTrays);
        }

        if (needs.Count == 0 || needs.Values.Max() <= geometry.ReservedUnits)
        {
            return;
        }

        (int rack, int need) = needs.MaxBy(n => n.Value);
        int? enough = Enough(placement, needs, geometry);
        string remedy = enough is { } keep
            ? string.Create(CultureInfo.InvariantCulture, $"keep {keep} (floor.rack.reserved_units: {keep})")
            : string.Create(CultureInfo.InvariantCulture, $"no value up to {MostReserved} suffices; put fewer devices into a rack");
        diagnostics.Error(
            "LL5905",
            string.Create(
                CultureInfo.InvariantCulture,
                $"the panels of rack {placement.Racks[rack].Name} take {need} units, floor.rack.reserved_units keeps {geometry.ReservedUnits}; "
                    + $"{remedy}, or let fewer links pass panels in their racks "
                    + $"(floor.panels_at_racks: {Fewer(spec.Floor.PanelsAtRacks).ToWord()})"
            ),
            placement.Racks[rack].Name
        );
    }

    /// <summary>Units that a rack keeps for panels and cable managers, above those of its devices; none where trays leave panels theirs.</summary>
    /// <param name="spec">What the file keeps.</param>
    /// <param name="network">What stands in the racks.</param>
    /// <param name="placement">The racks.</param>
    public static IReadOnlyList<int> ReservedUnits(ClusterSpec spec, Network network, Placement placement)
    {
        int reserved = new FloorGeometry(spec).ReservedUnits;
        PanelUnits units = new(network, placement);
        return [.. placement.Racks.Select(r => units.IsOfTrays(r.Index) ? 0 : reserved)];
    }

    /// <summary>Units of panels in every rack that has any.</summary>
    public static Dictionary<int, int> UnitsByRack(ChannelPlan channels) =>
        channels.Panels.Where(p => p.Frame.Rack >= 0).GroupBy(p => p.Frame.Rack).ToDictionary(g => g.Key, g => g.Sum(p => p.Units));

    // A system's trays leave as many units as they do: nothing but fewer panels helps.
    private static bool CheckTrays(ClusterSpec spec, Placement placement, ChannelPlan channels, PanelUnits units, DiagnosticBag diagnostics)
    {
        PatchPanel? outside = channels.Panels.FirstOrDefault(p =>
            p.Frame.Rack >= 0 && units.IsOfTrays(p.Frame.Rack) && p.Unit + p.Units - 1 > placement.Racks[p.Frame.Rack].Units
        );
        if (outside is null)
        {
            return false;
        }

        int rack = outside.Frame.Rack;
        List<int> left = units.LeftByTrays(rack);
        diagnostics.Error(
            "LL5905",
            string.Create(
                CultureInfo.InvariantCulture,
                $"the panels of rack {placement.Racks[rack].Name} take {UnitsByRack(channels)[rack]} units, and the trays of its system leave "
                    + $"{left.Count} of {placement.Racks[rack].Units} ({string.Join(", ", left.Order())}); let fewer links pass panels in their "
                    + $"racks (floor.panels_at_racks: {Fewer(spec.Floor.PanelsAtRacks).ToWord()})"
            ),
            placement.Racks[rack].Name
        );
        return true;
    }

    // A rack that keeps more units holds fewer devices, and so fewer cords come to its panels; a system that fills whole racks stays as it is.
    private static int? Enough(Placement placement, Dictionary<int, int> needs, FloorGeometry geometry)
    {
        for (int reserved = geometry.ReservedUnits + 1; reserved <= Math.Min(MostReserved, geometry.RackUnits - 1); reserved++)
        {
            int left = geometry.RackUnits - reserved;
            if (needs.All(n => NeedWith(placement.Racks[n.Key], n.Value, left) <= reserved))
            {
                return reserved;
            }
        }

        return null;

        static double NeedWith(Rack rack, int need, int left) =>
            rack.Use == RackUse.RackScale || rack.UsedUnits <= left ? need : Math.Ceiling((double)need * left / rack.UsedUnits);
    }

    private static RackPanels Fewer(RackPanels now) =>
        now switch
        {
            RackPanels.Rack => RackPanels.Row,
            RackPanels.Row => RackPanels.Hall,
            _ => RackPanels.None,
        };
}
