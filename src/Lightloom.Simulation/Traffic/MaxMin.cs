namespace Lightloom.Simulation.Traffic;

/// <summary>
/// Max-min fair rates: all flows grow alike until a resource is full; the flows through it keep that rate, the others grow on. A flow may
/// load a resource by a share of its rate, as a sprayed flow loads one of many links.
/// </summary>
/// <remarks>Reusable, so that a run of many solutions allocates once. Not safe to share.</remarks>
internal sealed class MaxMin(int resources)
{
    private readonly double[] _frozen = new double[resources];
    private readonly double[] _weight = new double[resources];
    private readonly int[] _first = new int[resources];
    private readonly int[] _count = new int[resources];
    private readonly PriorityQueue<int, double> _next = new();
    private readonly List<int> _touched = [];
    private int[] _members = [];

    /// <summary>Solves.</summary>
    /// <param name="flows">The flows that are under way.</param>
    /// <param name="start">By flow: its first entry; the next flow's ends the run.</param>
    /// <param name="resource">By entry: the resource.</param>
    /// <param name="share">By entry: the share of the flow's rate that it carries.</param>
    /// <param name="capacity">By resource.</param>
    /// <param name="rates">By flow: receives the rate, in the unit of the capacities.</param>
    public void Solve(ReadOnlySpan<int> flows, int[] start, int[] resource, float[] share, double[] capacity, double[] rates)
    {
        foreach (int r in _touched)
        {
            _count[r] = 0;
        }
        _touched.Clear();
        _next.Clear();
        int entries = 0;
        foreach (int f in flows)
        {
            rates[f] = -1;
            for (int e = start[f]; e < start[f + 1]; e++)
            {
                int r = resource[e];
                if (_count[r]++ == 0)
                {
                    _touched.Add(r);
                    _weight[r] = 0;
                    _frozen[r] = 0;
                }
                _weight[r] += share[e];
                entries++;
            }
        }
        if (_members.Length < entries)
        {
            _members = new int[Math.Max(entries, 2 * _members.Length)];
        }
        int at = 0;
        foreach (int r in _touched)
        {
            _first[r] = at;
            at += _count[r];
            _count[r] = _first[r];
        }
        foreach (int f in flows)
        {
            for (int e = start[f]; e < start[f + 1]; e++)
            {
                _members[_count[resource[e]]++] = f;
            }
        }
        foreach (int r in _touched)
        {
            _count[r] -= _first[r];
            _next.Enqueue(r, Level(r, capacity));
        }
        int left = flows.Length;
        while (left > 0 && _next.TryDequeue(out int full, out double level))
        {
            // A resource's level only rises while flows of it freeze elsewhere: look again before believing it.
            double now = Level(full, capacity);
            if (now > level * (1 + 1e-12) + 1e-9)
            {
                if (now < double.MaxValue)
                {
                    _next.Enqueue(full, now);
                }
                continue;
            }
            for (int i = _first[full]; i < _first[full] + _count[full]; i++)
            {
                int f = _members[i];
                if (rates[f] >= 0)
                {
                    continue;
                }
                rates[f] = level;
                left--;
                for (int e = start[f]; e < start[f + 1]; e++)
                {
                    _weight[resource[e]] -= share[e];
                    _frozen[resource[e]] += share[e] * level;
                }
            }
        }
        foreach (int f in flows)
        {
            rates[f] = Math.Max(0, rates[f]);
        }
    }

    private double Level(int r, double[] capacity) =>
        _weight[r] < 1e-9 ? double.MaxValue : Math.Max(0, capacity[r] - _frozen[r]) / _weight[r];
}
