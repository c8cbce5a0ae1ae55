namespace Lightloom.Simulation.Fluid;

/// <summary>
/// All shortest ways from leaf to leaf, up and down over living links with equal shares at every switch. Looks only at the switches above
/// the two leaves, so that its work does not grow with the network.
/// </summary>
/// <remarks>For graphs whose links join neighbouring tiers. Calls for one destination should follow each other. Not safe to share.</remarks>
internal sealed class LeafWays(LinkGraph graph)
{
    private readonly int[] _below = new int[graph.Switches];
    private readonly int[] _reaches = new int[graph.Switches];
    private readonly double[] _share = new double[graph.Switches];
    private readonly List<int>[] _above = [.. Enumerable.Range(0, graph.TopTier + 1).Select(_ => new List<int>())];
    private readonly List<int>[] _climbed = [.. Enumerable.Range(0, graph.TopTier + 1).Select(_ => new List<int>())];
    private readonly List<int> _order = [];
    private int _towards = -1;
    private int _stamp;

    /// <summary>Directed links of the ways found last.</summary>
    public List<int> Links { get; } = [];

    /// <summary>The share of the flow on each of them.</summary>
    public List<double> Shares { get; } = [];

    /// <summary>Finds the ways; false when there is none.</summary>
    public bool Find(int from, int to)
    {
        Links.Clear();
        Shares.Clear();
        if (from == to)
        {
            return true;
        }
        Aim(to);
        int top = Climb(from);
        if (top < 0)
        {
            return false;
        }
        Spread(from, to, top);
        return true;
    }

    // Which switches have the leaf below them: only those can send down to it. Stamps tell one aim from the next.
    private void Aim(int leaf)
    {
        if (_towards == leaf)
        {
            return;
        }
        _towards = leaf;
        foreach (List<int> tier in _above)
        {
            foreach (int s in tier)
            {
                _below[s] = 0;
            }
            tier.Clear();
        }
        _above[0].Add(leaf);
        _below[leaf] = 1;
        for (int tier = 0; tier < graph.TopTier; tier++)
        {
            foreach (int s in _above[tier])
            {
                foreach (int link in graph.UpOf(s))
                {
                    int upper = graph.Upper[link];
                    if (graph.IsAlive(link) && _below[upper] == 0)
                    {
                        _below[upper] = 1;
                        _above[tier + 1].Add(upper);
                    }
                }
            }
        }
    }

    // Climbs tier by tier until some switch has the leaf below it; the tier, or -1. Marks those that a shortest way passes.
    private int Climb(int from)
    {
        int visit = ++_stamp;
        int reach = ++_stamp;
        foreach (List<int> tier in _climbed)
        {
            tier.Clear();
        }
        _climbed[0].Add(from);
        for (int tier = 0; tier < graph.TopTier; tier++)
        {
            bool met = false;
            foreach (int s in _climbed[tier])
            {
                foreach (int link in graph.UpOf(s))
                {
                    int upper = graph.Upper[link];
                    if (graph.IsAlive(link) && _reaches[upper] < visit)
                    {
                        met |= _below[upper] != 0;
                        _reaches[upper] = _below[upper] != 0 ? reach : visit;
                        _climbed[tier + 1].Add(upper);
                    }
                }
            }
            if (met)
            {
                for (int below = tier; below >= 0; below--)
                {
                    foreach (int s in _climbed[below])
                    {
                        _reaches[s] = LeadsOn(s, reach) ? reach : visit;
                    }
                }
                return tier + 1;
            }
        }
        return -1;
    }

    private bool LeadsOn(int s, int reach)
    {
        foreach (int link in graph.UpOf(s))
        {
            if (graph.IsAlive(link) && _reaches[graph.Upper[link]] == reach)
            {
                return true;
            }
        }
        return false;
    }

    private void Spread(int from, int to, int top)
    {
        int reach = _stamp;
        _order.Clear();
        _order.Add(from);
        _share[from] = 1;
        for (int i = 0; i < _order.Count; i++)
        {
            int s = _order[i];
            if (s == to)
            {
                continue;
            }
            bool up = _below[s] == 0;
            ReadOnlySpan<int> links = up ? graph.UpOf(s) : graph.DownOf(s);
            int count = 0;
            foreach (int link in links)
            {
                count += Leads(link, up, reach) ? 1 : 0;
            }
            double share = _share[s] / count;
            foreach (int link in links)
            {
                if (!Leads(link, up, reach))
                {
                    continue;
                }
                int next = up ? graph.Upper[link] : ~graph.Lower[link];
                Links.Add(up ? 2 * link : 2 * link + 1);
                Shares.Add(share);
                if (_share[next] == 0)
                {
                    _order.Add(next);
                }
                _share[next] += share;
            }
        }
        foreach (int s in _order)
        {
            _share[s] = 0;
        }
    }

    private bool Leads(int link, bool up, int reach) =>
        graph.IsAlive(link) && (up ? _reaches[graph.Upper[link]] == reach : _below[~graph.Lower[link]] != 0);
}
