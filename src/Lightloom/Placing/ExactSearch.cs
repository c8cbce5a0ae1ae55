using Lightloom.Exact;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>
/// Puts racks of switches where their cables cost least, as assignment problems for a solver: which rack stands at which position, how the
/// racks of a row follow each other, and how rows do.
/// </summary>
/// <remarks>
/// Nodes keep their order, as in <see cref="RackSearch"/>. Where it is small enough, racks of switches take any position of the rows at
/// once and nodes make room: the answer is then the least of all that these moves reach. Else the three questions are asked by turns, each
/// answered exactly, until none of them gains.
/// </remarks>
internal sealed class ExactSearch
{
    /// <summary>Terms of the largest problem that is handed to the solver.</summary>
    public const long MostTerms = 120_000;

    /// <summary>Deterministic time for one problem.</summary>
    private const double Work = 40;

    /// <summary>Deterministic time for one row of racks, of which there may be many.</summary>
    private const double RowWork = 4;

    private const int Rounds = 3;

    private readonly RackPairCost _cost;
    private readonly RackGrid _grid;

    /// <summary>Prepares a search.</summary>
    /// <param name="geometry">Measures of the floor.</param>
    /// <param name="network">The network.</param>
    /// <param name="candidate">The layout.</param>
    /// <param name="cost">What a cable costs by its length.</param>
    /// <param name="exchangesOnly">True where the file says where racks of switches stand, so that they only change places.</param>
    public ExactSearch(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost, bool exchangesOnly)
    {
        _cost = new(geometry, network, candidate, cost);
        _grid = new(candidate, _cost.Links, exchangesOnly);
    }

    /// <summary>Moves that were made.</summary>
    public int Moves { get; private set; }

    /// <summary>What was solved, in words.</summary>
    public string Steps { get; private set; } = "";

    /// <summary>Why nothing was solved, in words; null when something was.</summary>
    public string? TooLarge { get; private set; }

    /// <summary>Improves the candidate in place.</summary>
    public void Run()
    {
        int[] switches =
        [
            .. Enumerable.Range(0, _grid.Racks).Where(r => _grid.IsMovable(r) && _grid.Places[r].Right - _grid.Places[r].Left == 1),
        ];
        if (switches.Length == 0)
        {
            Steps = "no rack of switches may move";
            return;
        }

        Dictionary<int, int> places = switches.ToDictionary(r => r, _grid.CountPlacesFor);
        long terms = Terms(switches, places);
        if (terms > MostTerms)
        {
            TooLarge =
                $"which of {Racks(switches.Length)} stands at which of "
                + Say($"{places.Values.Max():#,0} positions has {terms:#,0} terms, and {MostTerms:#,0} can be solved, in about a minute");
            return;
        }

        if (!_grid.ExchangesOnly && Joint(switches) is { } joint && joint.Terms <= MostTerms)
        {
            Assignment answer = Solve(joint, Work);
            Steps = Say($"{Racks(switches.Length)} among all positions of their rows, {joint.Terms:#,0} terms: {InWords(answer)}");
        }
        else
        {
            RunByTurns(switches, terms);
        }

        _grid.Save();
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);

    private static string Racks(int count) => Say($"{count:#,0} rack{(count == 1 ? "" : "s")} of switches");

    private static string InWords(Assignment answer) =>
        answer.IsLeast ? "proven the least"
        : answer.Bound > 0 ? Say($"at most {100.0 * (answer.Cost - answer.Bound) / answer.Bound:0.#} % above the least")
        : "not proven the least";

    private void RunByTurns(int[] switches, long terms)
    {
        string places = "";
        for (int round = 0; round < Rounds; round++)
        {
            int before = Moves;
            places = InWords(Solve(Positions(switches), Work));
            for (int hall = 0; hall < _grid.Halls && !_grid.ExchangesOnly; hall++)
            {
                OrderRows(hall);
                for (int row = 0; row < _grid.RowsOf(hall); row++)
                {
                    OrderRow(hall, row);
                }
            }

            if (Moves == before)
            {
                break;
            }
        }

        string asked = _grid.ExchangesOnly ? "each other's positions" : "positions, order in rows and order of rows by turns";
        Steps = Say($"{Racks(switches.Length)}, {asked}, {terms:#,0} terms: {places}");
    }

    // Switches anywhere among themselves, the empty positions and those of nodes of ordinary rows; nodes in their row and order.
    private RackProblem? Joint(int[] switches)
    {
        RackProblem problem = new(_grid, _cost);
        HashSet<(int Hall, int Row)> rows = [];
        List<RackPlace> open = [];
        for (int hall = 0; hall < _grid.Halls; hall++)
        {
            for (int row = 0; row < _grid.RowsOf(hall); row++)
            {
                List<int> racks = _grid.RowToOrder(hall, row);
                if (racks.Exists(_grid.IsOfSwitches) && racks.Exists(r => !_grid.IsOfSwitches(r)))
                {
                    rows.Add((hall, row));
                    AddNodes(problem, racks);
                    open.AddRange(racks.Where(r => !_grid.IsOfSwitches(r)).Select(r => _grid.Places[r]));
                }
            }
        }

        foreach (int rack in switches)
        {
            RackPlace at = _grid.Places[rack];
            // Another hall's nodes stay as they are: its rows would have one rack more.
            problem.Add(rack, [.. _grid.PlacesFor(rack).Concat(open.Where(p => p.Hall == at.Hall))]);
        }

        return problem;
    }

    private static void AddNodes(RackProblem problem, List<int> racks)
    {
        RackGrid grid = problem.Grid;
        RackPlace[] slots = [.. racks.Select(r => grid.Places[r])];
        int spare = racks.Count(r => grid.IsMovable(r));
        List<int> run = [];
        foreach (int rack in racks.Where(r => !grid.IsMovable(r)))
        {
            // The nth of them has n before it, and all that make room may stand before or behind it.
            problem.Add(rack, [.. slots.Skip(run.Count).Take(spare + 1)]);
            run.Add(rack);
        }

        problem.KeepOrder(run);
    }

    private RackProblem Positions(int[] switches)
    {
        RackProblem problem = new(_grid, _cost);
        foreach (int rack in switches)
        {
            problem.Add(rack, _grid.PlacesFor(rack));
        }

        return problem;
    }

    private void OrderRow(int hall, int row)
    {
        List<int> racks = _grid.RowToOrder(hall, row);
        if (!racks.Exists(_grid.IsMovable) || racks.TrueForAll(_grid.IsMovable))
        {
            return;
        }

        RackProblem problem = new(_grid, _cost);
        AddNodes(problem, racks);
        List<RackPlace> all = [.. racks.Select(r => _grid.Places[r])];
        foreach (int rack in racks.Where(_grid.IsMovable))
        {
            problem.Add(rack, all);
        }

        if (problem.Terms <= MostTerms)
        {
            Solve(problem, RowWork);
        }
    }

    // Whole rows change places; those with nodes keep their order.
    private void OrderRows(int hall)
    {
        List<int> rows = _grid.RowsToOrder(hall);
        if (!rows.Exists(IsOfSwitches) || rows.TrueForAll(IsOfSwitches))
        {
            return;
        }

        RowProblem problem = new(_grid, _cost, hall, rows, [.. rows.Select(IsOfSwitches)]);
        if (problem.Terms <= MostTerms)
        {
            List<RackMove> moves = problem.Solve(Work);
            Commit(moves);
        }

        bool IsOfSwitches(int row) => _grid.RacksIn(hall, row).TrueForAll(_grid.IsOfSwitches);
    }

    private Assignment Solve(RackProblem problem, double work)
    {
        Assignment answer = problem.Solve(work, out List<RackMove> moves);
        Commit(moves);
        return answer;
    }

    private void Commit(List<RackMove> moves)
    {
        if (moves.Count > 0)
        {
            _grid.Commit(moves);
            Moves += moves.Count;
        }
    }

    private long Terms(int[] racks, Dictionary<int, int> places)
    {
        long terms = places.Values.Sum(n => (long)n);
        foreach (int rack in racks)
        {
            int last = -1;
            foreach (ref readonly RackLink link in _cost.Links.Of(rack))
            {
                if (link.Other > rack && link.Other != last && places.TryGetValue(link.Other, out int there))
                {
                    last = link.Other;
                    terms += (long)places[rack] * there;
                }
            }
        }

        return terms;
    }
}
