namespace Lightloom.Simulation.Model;

/// <summary>The switches of a network as a graph, host links and dead links left out, for paths that know no tiers.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
internal sealed class SwitchGraph
{
    /// <summary>The distance of a switch that cannot be reached.</summary>
    public const int Far = int.MaxValue;

    private readonly int[] _start;
    private readonly (int Link, int Other)[] _edges;

    /// <param name="network">The network.</param>
    /// <param name="deadLinks">By link; null when all live.</param>
    public SwitchGraph(NetworkDescription network, bool[]? deadLinks)
    {
        Count = network.Switches.Count;
        _start = new int[Count + 1];
        bool Counts(int link) => !network.Links[link].A.IsHost && (deadLinks is null || !deadLinks[link]);
        for (int i = 0; i < network.Links.Count; i++)
        {
            if (Counts(i))
            {
                _start[network.Links[i].A.Index + 1]++;
                _start[network.Links[i].Z.Index + 1]++;
            }
        }
        for (int s = 0; s < Count; s++)
        {
            _start[s + 1] += _start[s];
        }
        _edges = new (int, int)[_start[Count]];
        var fill = (int[])_start.Clone();
        for (int i = 0; i < network.Links.Count; i++)
        {
            if (Counts(i))
            {
                int a = network.Links[i].A.Index;
                int z = network.Links[i].Z.Index;
                _edges[fill[a]++] = (i, z);
                _edges[fill[z]++] = (i, a);
            }
        }
    }

    /// <summary>Switches.</summary>
    public int Count { get; }

    /// <summary>The living links of a switch, in the order of the description, with the switch at the other end.</summary>
    public ReadOnlySpan<(int Link, int Other)> Edges(int node) => _edges.AsSpan(_start[node], _start[node + 1] - _start[node]);

    /// <summary>Links from every switch to <paramref name="target"/> on a shortest path, into <paramref name="hops"/>.</summary>
    /// <param name="target">Where the paths end.</param>
    /// <param name="hops">By switch: links, or <see cref="Far"/>.</param>
    /// <param name="queue">Scratch, as long as there are switches.</param>
    /// <returns>The most links of any switch that can be reached.</returns>
    public int HopsTo(int target, int[] hops, int[] queue)
    {
        Array.Fill(hops, Far);
        hops[target] = 0;
        queue[0] = target;
        int most = 0;
        for (int head = 0, tail = 1; head < tail; head++)
        {
            int at = queue[head];
            most = hops[at];
            foreach ((_, int other) in Edges(at))
            {
                if (hops[other] == Far)
                {
                    hops[other] = hops[at] + 1;
                    queue[tail++] = other;
                }
            }
        }
        return most;
    }
}
