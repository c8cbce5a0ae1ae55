using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Placing;

/// <summary>One run of the placement pass: looks for a layout whose cables cost less than those of the plain one.</summary>
internal sealed class PlacementPass
{
    /// <summary>Links measured to compare two plans.</summary>
    private const int SampleLinks = 200_000;

    /// <summary>Up to as many links every plan is improved by moves, above it only the best one.</summary>
    private const int SearchAllPlans = 20_000;

    /// <summary>A plan that needs more floor than the smallest by this factor is not taken for the sake of its cables.</summary>
    private const double MostFloor = 1.1;

    private readonly FloorGeometry _geometry;
    private readonly Network _network;
    private readonly FloorPlanning _planning;
    private readonly CableCost _cost;
    private readonly CandidateCost _plain;
    private readonly List<string> _steps = [];

    /// <summary>In large designs a sample of the links decides between the plans; what it decides is measured in full afterwards.</summary>
    private readonly int _stride;

    /// <summary>Prepares the pass.</summary>
    /// <param name="geometry">Measures of the floor.</param>
    /// <param name="network">The network.</param>
    /// <param name="planning">Lays out the other plans.</param>
    /// <param name="plain">The plain placement, complete.</param>
    /// <param name="cost">What a cable costs by its length.</param>
    public PlacementPass(FloorGeometry geometry, Network network, FloorPlanning planning, FloorCandidate plain, CableCost cost)
    {
        _geometry = geometry;
        _network = network;
        _planning = planning;
        _cost = cost;
        _stride = (int)Math.Max(1, network.LinkCount / SampleLinks);
        _plain = Exact(plain, moves: 0);
    }

    /// <summary>The cheapest placement found, with what it gained; the plain one when nothing is cheaper.</summary>
    /// <param name="asked">Where the file wants racks of switches.</param>
    /// <param name="exact">Whether the cheapest is then improved by a solver.</param>
    /// <param name="diagnostics">Receives a note about what was gained.</param>
    public Placement Run(NetworkRackPosition asked, bool exact, DiagnosticBag diagnostics)
    {
        _steps.Add(FormattableString.Invariant($"plain: {Money.FromDollars(_plain.Dollars)}"));
        bool exchangesOnly = asked != NetworkRackPosition.Auto;
        CandidateCost best = Improve(Plans(asked), exchangesOnly);
        best = exact ? Solved(best, exchangesOnly, diagnostics) : best;
        Placement placement = best.Candidate.Placement with
        {
            Cost = new PlacementCost(
                Money.FromDollars(_plain.Dollars),
                Money.FromDollars(best.Dollars),
                Length.FromMillimetres((long)Math.Round(_plain.Millimetres)),
                Length.FromMillimetres((long)Math.Round(best.Millimetres)),
                best.Candidate.Plan.Position,
                best.Moves,
                _steps
            ),
        };
        diagnostics.Note("LL5004", Gained(placement.Cost, best), "floor");
        return placement;
    }

    /// <summary>Where racks of switches may stand by what the file says (<c>floor.network_racks</c>): the plain plan's place first.</summary>
    public static IReadOnlyList<NetworkRackPosition> PositionsOf(NetworkRackPosition asked) =>
        asked == NetworkRackPosition.Auto
            ? [NetworkRackPosition.MidRow, NetworkRackPosition.EndOfRow, NetworkRackPosition.Central]
            : [asked];

    /// <summary>The plain plan and the others, without those that need much more floor; the cheapest first.</summary>
    private List<(FloorCandidate Candidate, string Name, double Dollars)> Plans(NetworkRackPosition asked)
    {
        List<(FloorCandidate Candidate, string Name, double Dollars)> plans = [(_plain.Candidate, "plain", Sampled(_plain.Candidate))];
        IReadOnlyList<NetworkRackPosition> positions = PositionsOf(asked);
        var laidOut = new (FloorCandidate Candidate, double Dollars)[positions.Count];
        Parallel.For(
            0,
            positions.Count,
            i =>
            {
                FloorCandidate candidate = _planning.LayOut(positions[i], upperAtCentroid: true);
                laidOut[i] = (candidate, candidate.Placement.IsComplete ? Sampled(candidate) : double.PositiveInfinity);
            }
        );
        for (int i = 0; i < positions.Count; i++)
        {
            string name = $"{positions[i].ToWord()}, spines at the centroid";
            if (!laidOut[i].Candidate.Placement.IsComplete)
            {
                _steps.Add($"{name}: not enough room");
                continue;
            }

            _steps.Add(FormattableString.Invariant($"{name}: {Money.FromDollars(laidOut[i].Dollars)}"));
            plans.Add((laidOut[i].Candidate, name, laidOut[i].Dollars));
        }

        long floor = plans.Min(plan => Positions(plan.Candidate));
        plans.RemoveAll(plan => Positions(plan.Candidate) > floor * MostFloor);
        plans.Sort((a, b) => a.Dollars.CompareTo(b.Dollars));
        return plans;
    }

    /// <summary>Moves racks of the cheapest plans, and returns the cheapest layout of all.</summary>
    private CandidateCost Improve(List<(FloorCandidate Candidate, string Name, double Dollars)> plans, bool exchangesOnly)
    {
        CandidateCost best = _plain;
        int improved = _network.LinkCount <= SearchAllPlans ? plans.Count : Math.Min(1, plans.Count);
        foreach ((FloorCandidate candidate, string name, double dollars) in plans.Take(improved))
        {
            FloorCandidate kept = candidate;
            int moves = RackSearch.Improve(_geometry, _network, candidate, _cost, exchangesOnly);
            if (moves > 0)
            {
                FloorCandidate moved = candidate.Redrawn();
                double after = Sampled(moved);
                _steps.Add(FormattableString.Invariant($"{name}, {moves} moves: {Money.FromDollars(after)}"));
                (kept, moves) = after < dollars ? (moved, moves) : (candidate, 0);
                if (moves == 0)
                {
                    candidate.PutBack();
                }
            }

            CandidateCost cost = ReferenceEquals(kept, _plain.Candidate) ? _plain : Exact(kept, moves);
            best = cost.Dollars < best.Dollars ? cost : best;
        }

        return best;
    }

    /// <summary>The cheapest layout after a solver has moved its racks; unchanged when that gains nothing or is too large to solve.</summary>
    private CandidateCost Solved(in CandidateCost best, bool exchangesOnly, DiagnosticBag diagnostics)
    {
        ExactSearch search = new(_geometry, _network, best.Candidate, _cost, exchangesOnly);
        search.Run();
        if (search.TooLarge is { } why)
        {
            diagnostics.Warning(
                "LL5014",
                $"floor.optimize: exact is not solved: {why}; the heuristic's floor stands. Say floor.optimize: heuristic, or give racks of "
                    + "switches their positions (fixed_racks)",
                "floor.optimize"
            );
            return best;
        }

        CandidateCost after = best;
        if (search.Moves > 0)
        {
            CandidateCost moved = Exact(best.Candidate.Redrawn(), best.Moves + search.Moves);
            after = moved.Dollars < best.Dollars ? moved : best;
        }

        string gained =
            after.Dollars < best.Dollars ? $"{Percent(best.Dollars, after.Dollars)} less than the heuristic" : "no gain over the heuristic";
        _steps.Add(FormattableString.Invariant($"exact: {Money.FromDollars(after.Dollars)}"));
        diagnostics.Note("LL5015", $"floor.optimize: exact: {search.Steps}; {gained}", "floor.optimize");
        return after;
    }

    private CandidateCost Exact(FloorCandidate candidate, int moves)
    {
        (double dollars, double millimetres) = _cost.Total(_network, new CableRouter(_geometry, _network, candidate.Placement), 1);
        return new CandidateCost(candidate, dollars, millimetres, moves);
    }

    private double Sampled(FloorCandidate candidate) =>
        _cost.Total(_network, new CableRouter(_geometry, _network, candidate.Placement), _stride).Dollars;

    private string Gained(PlacementCost cost, in CandidateCost best)
    {
        string where = $"racks of switches stand {best.Candidate.Plan.Position.ToWord()}";
        return best.Dollars < _plain.Dollars
            ? FormattableString.Invariant(
                $"the placement pass lowered the cost of cables, by the planner's own measure, from {cost.Before} to {cost.After} "
            )
                + FormattableString.Invariant(
                    $"({Percent(_plain.Dollars, best.Dollars)} less); cables went from {_plain.Millimetres / 1e6:#,0.0} "
                )
                + FormattableString.Invariant($"to {best.Millimetres / 1e6:#,0.0} km; {where}")
            : "the placement pass found nothing cheaper than the plain placement "
                + FormattableString.Invariant($"({_plain.Millimetres / 1e6:#,0.0} km of cables); {where}");
    }

    private static long Positions(FloorCandidate candidate) => candidate.Placement.Halls.Sum(hall => (long)hall.Rows * hall.RacksPerRow);

    private static string Percent(double before, double after) =>
        FormattableString.Invariant($"{(before > 0 ? (before - after) / before * 100 : 0):0.#} %");
}
