namespace Lightloom.Experiments.Faults;

/// <summary>The most that can flow from one node of a directed graph to another (Dinic 1970). Exact in integers.</summary>
internal sealed class MaximumFlow(int nodes)
{
    private readonly List<int> _to = [];
    private readonly List<long> _left = [];
    private readonly List<int>[] _edges = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
    private readonly int[] _level = new int[nodes];
    private readonly int[] _next = new int[nodes];

    public void Add(int from, int to, long capacity)
    {
        _edges[from].Add(_to.Count);
        _to.Add(to);
        _left.Add(capacity);
        _edges[to].Add(_to.Count);
        _to.Add(from);
        _left.Add(0);
    }

    public long Between(int source, int sink)
    {
        long total = 0;
        while (Levels(source, sink))
        {
            Array.Clear(_next);
            while (Push(source, sink, long.MaxValue) is > 0 and long more)
            {
                total += more;
            }
        }

        return total;
    }

    private bool Levels(int source, int sink)
    {
        Array.Fill(_level, -1);
        _level[source] = 0;
        var queue = new Queue<int>([source]);
        while (queue.TryDequeue(out int node))
        {
            foreach (int edge in _edges[node])
            {
                if (_left[edge] > 0 && _level[_to[edge]] < 0)
                {
                    _level[_to[edge]] = _level[node] + 1;
                    queue.Enqueue(_to[edge]);
                }
            }
        }

        return _level[sink] >= 0;
    }

    // Depth is at most twice the tiers and a little more, as levels grow by one an edge; a few dozen even with detours.
    private long Push(int node, int sink, long most)
    {
        if (node == sink)
        {
            return most;
        }

        for (; _next[node] < _edges[node].Count; _next[node]++)
        {
            int edge = _edges[node][_next[node]];
            if (_left[edge] <= 0 || _level[_to[edge]] != _level[node] + 1)
            {
                continue;
            }

            long pushed = Push(_to[edge], sink, Math.Min(most, _left[edge]));
            if (pushed > 0)
            {
                _left[edge] -= pushed;
                _left[edge ^ 1] += pushed;
                return pushed;
            }
        }

        return 0;
    }
}
