using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Placing;

/// <summary>Gives every device of a network its rack and unit, and every rack its place on the floor.</summary>
/// <remarks>
/// A plain placement comes first: nodes in the order of the file, each unit's leaves with it, everything above after all nodes. The
/// placement pass then tries other plans (racks of switches in mid-row, at the end of rows, or central; spines at the centroid of what they
/// connect), improves the cheapest by moving single racks, and keeps the result only when all cables together cost less.
/// </remarks>
public static class FloorPlanner
{
    /// <summary>Links measured to compare two plans.</summary>
    private const int SampleLinks = 200_000;

    /// <summary>Up to as many links every plan is improved by moves, above it only the best one.</summary>
    private const int SearchAllPlans = 20_000;

    /// <summary>A plan that needs more floor than the smallest by this factor is not taken for the sake of its cables.</summary>
    private const double MostFloor = 1.1;

    /// <summary>
    /// Places all devices. What does not fit is reported as an infeasibility (LL59xx) and stands in an overflow hall, so that the rest can
    /// still be shown.
    /// </summary>
    public static Placement Place(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        var geometry = new FloorGeometry(spec);
        var planning = new FloorPlanning(geometry, spec, network, diagnostics);
        NetworkRackPosition asked = spec.Floor.NetworkRacks;
        FloorCandidate plain = planning.LayOut(
            asked == NetworkRackPosition.Auto ? NetworkRackPosition.MidRow : asked,
            upperAtCentroid: false
        );
        if (!spec.Floor.Optimize || network.LinkCount == 0 || !plain.Placement.IsComplete)
        {
            return plain.Placement;
        }

        var cost = new CableCost(spec.Catalogue);
        var steps = new List<string>();
        (double before, double lengthBefore) = Exact(plain);
        var trials = new List<(FloorCandidate Candidate, string Name, double Dollars)>();
        steps.Add(FormattableString.Invariant($"plain: {Money.FromDollars(before)}"));

        // In large designs a sample of the links decides between the plans; what it decides is measured in full afterwards.
        int stride = (int)Math.Max(1, network.LinkCount / SampleLinks);
        trials.Add((plain, "plain", Sampled(plain)));
        NetworkRackPosition[] positions =
            asked == NetworkRackPosition.Auto
                ? [NetworkRackPosition.MidRow, NetworkRackPosition.EndOfRow, NetworkRackPosition.Central]
                : [asked];
        var laidOut = new (FloorCandidate Candidate, double Dollars)[positions.Length];
        Parallel.For(
            0,
            positions.Length,
            i =>
            {
                FloorCandidate candidate = planning.LayOut(positions[i], upperAtCentroid: true);
                laidOut[i] = (candidate, candidate.Placement.IsComplete ? Sampled(candidate) : double.PositiveInfinity);
            }
        );
        for (int i = 0; i < positions.Length; i++)
        {
            string name = $"{positions[i].ToWord()}, spines at the centroid";
            if (!laidOut[i].Candidate.Placement.IsComplete)
            {
                steps.Add($"{name}: not enough room");
                continue;
            }

            steps.Add(FormattableString.Invariant($"{name}: {Money.FromDollars(laidOut[i].Dollars)}"));
            trials.Add((laidOut[i].Candidate, name, laidOut[i].Dollars));
        }

        long floor = trials.Min(trial => Positions(trial.Candidate));
        trials.RemoveAll(trial => Positions(trial.Candidate) > floor * MostFloor);
        trials.Sort((a, b) => a.Dollars.CompareTo(b.Dollars));
        (FloorCandidate Candidate, double Dollars, double Length, int Moves) best = (plain, before, lengthBefore, 0);
        int improved = network.LinkCount <= SearchAllPlans ? trials.Count : Math.Min(1, trials.Count);
        for (int i = 0; i < improved; i++)
        {
            (FloorCandidate candidate, string name, double dollars) = trials[i];
            int moves = RackSearch.Improve(geometry, network, candidate, cost);
            if (moves > 0)
            {
                FloorCandidate moved = candidate.Redrawn();
                double after = Sampled(moved);
                steps.Add(FormattableString.Invariant($"{name}, {moves} moves: {Money.FromDollars(after)}"));
                if (after < dollars)
                {
                    Keep(moved, moves);
                    continue;
                }
            }

            Keep(candidate, 0);
        }

        Placement placement = best.Candidate.Placement with
        {
            Cost = new PlacementCost(
                Money.FromDollars(before),
                Money.FromDollars(best.Dollars),
                Millimetres(lengthBefore),
                Millimetres(best.Length),
                best.Candidate.Plan.Position,
                best.Moves,
                steps
            ),
        };
        string where = $"racks of switches stand {best.Candidate.Plan.Position.ToWord()}";
        diagnostics.Note(
            "LL5004",
            best.Dollars < before
                ? FormattableString.Invariant(
                    $"the placement pass lowered the cost of cables, by the planner's own measure, from {placement.Cost.Before} to {placement.Cost.After} ({Percent(before, best.Dollars)} less); cables went from {lengthBefore / 1e6:#,0.0} to {best.Length / 1e6:#,0.0} km; {where}"
                )
                : FormattableString.Invariant(
                    $"the placement pass found nothing cheaper than the plain placement ({lengthBefore / 1e6:#,0.0} km of cables); {where}"
                ),
            "floor"
        );
        return placement;

        (double Dollars, double Length) Exact(FloorCandidate candidate) =>
            cost.Total(network, new CableRouter(geometry, network, candidate.Placement), 1);

        double Sampled(FloorCandidate candidate) =>
            cost.Total(network, new CableRouter(geometry, network, candidate.Placement), stride).Dollars;

        void Keep(FloorCandidate candidate, int moves)
        {
            (double dollars, double length) = ReferenceEquals(candidate, plain) ? (before, lengthBefore) : Exact(candidate);
            if (dollars < best.Dollars)
            {
                best = (candidate, dollars, length, moves);
            }
        }
    }

    private static long Positions(FloorCandidate candidate) => candidate.Placement.Halls.Sum(hall => (long)hall.Rows * hall.RacksPerRow);

    private static Length Millimetres(double millimetres) => Length.FromMillimetres((long)Math.Round(millimetres));

    private static string Percent(double before, double after) =>
        FormattableString.Invariant($"{(before > 0 ? (before - after) / before * 100 : 0):0.#} %");
}
