using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>Gives every device of a network its rack and unit, and every rack its place on the floor.</summary>
/// <remarks>
/// A plain placement comes first: nodes in the order of the file, each unit's leaves with it, everything above after all nodes. The placement pass then tries other plans (racks of switches in
/// mid-row, at the end of rows, or central; spines at the centroid of what they connect), improves the cheapest by moving single racks, and keeps the result only when all cables together cost less.
/// </remarks>
public static class FloorPlanner
{
    /// <summary>Links measured to compare two plans; more would only cost time.</summary>
    private const int SampleLinks = 200_000;

    /// <summary>Places all devices. What does not fit is reported as an infeasibility (LL59xx) and stands in an overflow hall, so that the rest can still be shown.</summary>
    public static Placement Place(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        var geometry = new FloorGeometry(spec);
        var planning = new FloorPlanning(geometry, spec, network, diagnostics);
        NetworkRackPosition asked = spec.Floor.NetworkRacks;
        FloorCandidate plain = planning.LayOut(asked == NetworkRackPosition.Auto ? NetworkRackPosition.MidRow : asked, upperAtCentroid: false);
        if (!spec.Floor.Optimize || network.LinkCount == 0 || !plain.Placement.IsComplete)
        {
            return plain.Placement;
        }

        var cost = new CableCost(spec.Catalogue);
        int stride = (int)Math.Max(1, network.LinkCount / SampleLinks);
        var steps = new List<string>();
        FloorCandidate best = plain;
        double bestDollars = Sampled(plain);
        steps.Add(FormattableString.Invariant($"plain: {Money.FromDollars(bestDollars)}"));
        NetworkRackPosition[] positions = asked == NetworkRackPosition.Auto ? [NetworkRackPosition.MidRow, NetworkRackPosition.EndOfRow, NetworkRackPosition.Central] : [asked];
        foreach (NetworkRackPosition position in positions)
        {
            FloorCandidate candidate = planning.LayOut(position, upperAtCentroid: true);
            if (!candidate.Placement.IsComplete)
            {
                steps.Add($"{Word(position)}, spines at the centroid: not enough room");
                continue;
            }

            double dollars = Sampled(candidate);
            steps.Add(FormattableString.Invariant($"{Word(position)}, spines at the centroid: {Money.FromDollars(dollars)}"));
            if (dollars < bestDollars)
            {
                (best, bestDollars) = (candidate, dollars);
            }
        }

        (double before, double lengthBefore) = cost.Total(network, new CableRouter(geometry, network, plain.Placement), 1);
        (double after, double lengthAfter) = ReferenceEquals(best, plain) ? (before, lengthBefore) : cost.Total(network, new CableRouter(geometry, network, best.Placement), 1);
        if (after > before)
        {
            // The sample misled: the plain placement is the cheaper one.
            (best, after, lengthAfter) = (plain, before, lengthBefore);
        }

        int moves = RackSearch.Improve(geometry, network, best, cost);
        if (moves > 0)
        {
            FloorCandidate moved = best.Redrawn();
            (double dollars, double length) = cost.Total(network, new CableRouter(geometry, network, moved.Placement), 1);
            steps.Add(FormattableString.Invariant($"{moves} racks moved: {Money.FromDollars(dollars)}"));
            if (dollars < after)
            {
                (best, after, lengthAfter) = (moved, dollars, length);
            }
            else
            {
                moves = 0;
            }
        }

        Placement placement = best.Placement with
        {
            Cost = new PlacementCost(Money.FromDollars(before), Money.FromDollars(after), Millimetres(lengthBefore), Millimetres(lengthAfter), best.Plan.Position, moves, steps),
        };
        diagnostics.Note(
            "LL5004",
            FormattableString.Invariant(
                $"the placement pass lowered the measured cable cost from {placement.Cost.Before} to {placement.Cost.After} ({Percent(before, after)} less) and the cable metres from {lengthBefore / 1000:#,0} to {lengthAfter / 1000:#,0}; racks of switches stand {Word(best.Plan.Position)}"),
            "floor");
        return placement;

        double Sampled(FloorCandidate candidate) => cost.Total(network, new CableRouter(geometry, network, candidate.Placement), stride).Dollars;
    }

    private static Length Millimetres(double millimetres) => Length.FromMillimetres((long)Math.Round(millimetres));

    private static string Percent(double before, double after) => FormattableString.Invariant($"{(before > 0 ? (before - after) / before * 100 : 0):0.#} %");

    private static string Word(NetworkRackPosition position) => position switch
    {
        NetworkRackPosition.EndOfRow => "end-of-row",
        NetworkRackPosition.Central => "central",
        _ => "mid-row",
    };
}
