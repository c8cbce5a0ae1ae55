using System.Runtime.InteropServices;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// Max-min fair rates that are found anew only for flows that a change can reach: those that share a link which could be full with a flow
/// that began or ended, or whose links changed, and so on from flow to flow. All others keep their rates, as the whole solution would leave
/// them. Where changes reach most of what is under way again and again, whom they reach is not asked for a while, and all are solved. Not safe
/// to share.
/// </summary>
/// <remarks>
/// A link could be full when its flows together want more than its capacity, each as much as its narrowest link gives. Links that could not,
/// as those above the leaves of a fabric without oversubscription, join nobody.
/// </remarks>
internal sealed class ChangedRates
{
    // A link that its flows would exactly fill joins nobody either: their own links hold them to what they have. Sums of shares in single
    // precision are no nearer than this.
    private const double Full = 1 + 1e-6;

    // Capacities that differ by less are the same figure, added up in another order.
    private const double Same = 1e-9;

    // A change that reaches more than this share of the flows is solved as quickly with all of them.
    private const double Most = 0.5;

    // So many solutions in a row that reached so much end the asking: for FirstWhole solutions, and for twice as many each time that one
    // asked again and it was no different. Fewer flows are not worth it.
    private const int InARow = 4;
    private const int FirstWhole = 16;
    private const int LongestWhole = 4096;
    private const int Few = 64;

    private readonly MaxMin _solver;
    private readonly int[] _start;
    private readonly int[] _resource;
    private readonly float[] _share;
    private readonly double[] _capacity;

    // By resource: the first of its entries whose flows are under way; by entry: the next and the one before, and its flow.
    private readonly int[] _first;
    private readonly int[] _next;
    private readonly int[] _before;
    private readonly int[] _flowOf;

    // By resource: what its flows want together. By flow: what it could get at most, and when it began, by number.
    private readonly double[] _wanted;
    private readonly double[] _most;
    private readonly int[] _began;
    private int _beginnings;

    private readonly int[] _flowSeen;
    private readonly int[] _resourceSeen;
    private int _round;
    private readonly List<int> _reached = [];
    private readonly List<int> _open = [];
    private int[] _flows = [];
    private int _crowded;
    private int _wholeLeft;
    private int _nextWhole = FirstWhole;

    /// <summary>Prepares for a network and all flows that may ever be under way on it.</summary>
    /// <param name="solver">Solves what is reached.</param>
    /// <param name="paths">The flows' links.</param>
    /// <param name="capacity">By directed link.</param>
    public ChangedRates(MaxMin solver, FluidPaths paths, double[] capacity)
    {
        _solver = solver;
        (_start, _resource, _share) = (paths.Start, paths.Resource, paths.Share);
        _capacity = [.. capacity];
        _first = new int[capacity.Length];
        Array.Fill(_first, -1);
        _next = new int[_resource.Length];
        _before = new int[_resource.Length];
        _flowOf = new int[_resource.Length];
        _wanted = new double[capacity.Length];
        _most = new double[_start.Length - 1];
        _began = new int[_most.Length];
        _flowSeen = new int[_most.Length];
        _resourceSeen = new int[capacity.Length];
        _round = 1;
    }

    /// <summary>Flows whose rates the last solution looked at.</summary>
    public long Looked { get; private set; }

    /// <summary>A flow begins.</summary>
    public void Begin(int flow)
    {
        _began[flow] = _beginnings++;
        if (_wholeLeft > 0)
        {
            return;
        }
        Enlist(flow);
        Reach(flow);
    }

    private void Enlist(int flow)
    {
        double most = MostOf(flow);
        _most[flow] = most;
        for (int e = _start[flow]; e < _start[flow + 1]; e++)
        {
            int r = _resource[e];
            _flowOf[e] = flow;
            _before[e] = -1;
            _next[e] = _first[r];
            if (_first[r] >= 0)
            {
                _before[_first[r]] = e;
            }
            _first[r] = e;
            _wanted[r] += most * _share[e];
        }
    }

    /// <summary>A flow has ended.</summary>
    public void End(int flow)
    {
        if (_wholeLeft > 0)
        {
            return;
        }
        for (int e = _start[flow]; e < _start[flow + 1]; e++)
        {
            // What was full with it may not be without it.
            ReachThrough(_resource[e]);
        }
        for (int e = _start[flow]; e < _start[flow + 1]; e++)
        {
            int r = _resource[e];
            if (_before[e] >= 0)
            {
                _next[_before[e]] = _next[e];
            }
            else
            {
                _first[r] = _next[e];
            }
            if (_next[e] >= 0)
            {
                _before[_next[e]] = _before[e];
            }
            _wanted[r] = _first[r] < 0 ? 0 : _wanted[r] - _most[flow] * _share[e];
        }
        _flowSeen[flow] = 0;
    }

    /// <summary>Finds the rates anew.</summary>
    /// <param name="active">The flows under way, in the order in which they began.</param>
    /// <param name="capacity">By directed link; null where none has changed.</param>
    /// <param name="rates">By flow: receives the rates of those that the changes since the last time reach.</param>
    public void Solve(ReadOnlySpan<int> active, double[]? capacity, double[] rates)
    {
        if (_wholeLeft > 0)
        {
            SolveAll(active, capacity, rates);
            return;
        }
        if (capacity is not null)
        {
            Adopt(capacity);
        }
        while (_open.Count > 0)
        {
            int flow = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            for (int e = _start[flow]; e < _start[flow + 1]; e++)
            {
                ReachThrough(_resource[e]);
            }
        }
        ReadOnlySpan<int> reached = Reached(active);
        Looked += reached.Length;
        _solver.Solve(reached, _start, _resource, _share, _capacity, rates);
        _reached.Clear();
        _round++;
        _crowded = active.Length >= Few && reached.Length > Most * active.Length ? _crowded + 1 : 0;
        if (_crowded >= InARow)
        {
            _wholeLeft = _nextWhole;
            _nextWhole = Math.Min(LongestWhole, 2 * _nextWhole);
        }
        else if (_crowded == 0)
        {
            _nextWhole = FirstWhole;
        }
    }

    // Those that were reached and have not ended since, in the order in which they began: sums do not hang on who was reached first.
    private ReadOnlySpan<int> Reached(ReadOnlySpan<int> active)
    {
        if (_flows.Length < _reached.Count)
        {
            _flows = new int[Math.Max(_reached.Count, 2 * _flows.Length)];
        }
        int count = 0;
        bool few = _reached.Count < active.Length / 16;
        foreach (int flow in few ? CollectionsMarshal.AsSpan(_reached) : active)
        {
            if (_flowSeen[flow] == _round)
            {
                _flows[count++] = flow;
                _flowSeen[flow] = 0;
            }
        }
        Span<int> flows = _flows.AsSpan(0, count);
        if (few)
        {
            flows.Sort((a, b) => _began[a].CompareTo(_began[b]));
        }
        return flows;
    }

    private void SolveAll(ReadOnlySpan<int> active, double[]? capacity, double[] rates)
    {
        for (int r = 0; capacity is not null && r < capacity.Length; r++)
        {
            _capacity[r] = Math.Abs(capacity[r] - _capacity[r]) <= Same * _capacity[r] ? _capacity[r] : capacity[r];
        }
        Looked += active.Length;
        _solver.Solve(active, _start, _resource, _share, _capacity, rates);
        if (--_wholeLeft > 0)
        {
            return;
        }
        // From now on who shares what is known again, and one solution that reaches most is enough to stop asking.
        Array.Fill(_first, -1);
        Array.Clear(_wanted);
        foreach (int flow in active)
        {
            Enlist(flow);
        }
        _crowded = InARow - 1;
    }

    private double MostOf(int flow)
    {
        double most = double.MaxValue;
        for (int e = _start[flow]; e < _start[flow + 1]; e++)
        {
            most = _share[e] > 0 ? Math.Min(most, _capacity[_resource[e]] / _share[e]) : most;
        }
        return most == double.MaxValue ? 0 : most;
    }

    private bool CouldBeFull(int r) => _wanted[r] > _capacity[r] * Full || _capacity[r] <= 0;

    private void Reach(int flow)
    {
        if (_flowSeen[flow] != _round)
        {
            _flowSeen[flow] = _round;
            _reached.Add(flow);
            _open.Add(flow);
        }
    }

    private void ReachThrough(int r)
    {
        if (_resourceSeen[r] == _round || !CouldBeFull(r))
        {
            return;
        }
        _resourceSeen[r] = _round;
        for (int e = _first[r]; e >= 0; e = _next[e])
        {
            Reach(_flowOf[e]);
        }
    }

    // Whoever uses a link whose capacity changed is reached, and what it could get at most is no longer what it was.
    private void Adopt(double[] capacity)
    {
        for (int r = 0; r < capacity.Length; r++)
        {
            if (_first[r] < 0)
            {
                _capacity[r] = capacity[r];
                continue;
            }
            if (Math.Abs(capacity[r] - _capacity[r]) <= Same * _capacity[r])
            {
                continue;
            }
            _capacity[r] = capacity[r];
            for (int e = _first[r]; e >= 0; e = _next[e])
            {
                Reach(_flowOf[e]);
            }
        }
        for (int i = 0; i < _reached.Count; i++)
        {
            int flow = _reached[i];
            double most = MostOf(flow);
            if (_flowSeen[flow] != _round || most == _most[flow])
            {
                continue;
            }
            for (int e = _start[flow]; e < _start[flow + 1]; e++)
            {
                ReachThrough(_resource[e]);
                _wanted[_resource[e]] += (most - _most[flow]) * _share[e];
            }
            _most[flow] = most;
        }
    }
}
