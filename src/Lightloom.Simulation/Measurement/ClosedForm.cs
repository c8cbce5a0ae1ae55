using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Measurement;

/// <summary>
/// How long a flow takes when nothing else is in the network, to its sender's last acknowledgement: the yardstick of its slowdown.
/// Store-and-forward along the shortest way, over all the ports of its card at once, on sound links.
/// </summary>
/// <remarks>
/// N packets over hops of rates R with delays d: <c>sum over hops (mtu/R + d) + ((N - 2) mtu + last)/R_card</c>, and 64 bytes and the same
/// delays back. On hops of one rate this is the published form, and the engine meets it to the picosecond. Not safe to share between
/// threads.
/// </remarks>
public sealed class ClosedForm
{
    private readonly NetworkDescription _network;
    private readonly SimulationOptions _options;
    private readonly int[][] _hostLinks;
    private readonly List<(int Upper, long Delay, double ByteTime)>[] _above;
    private readonly Dictionary<int, (int Top, Way Way)[][]> _ancestors = [];
    private readonly Dictionary<(int, int), Way?> _between = [];

    // While a leaf climbs: for which leaf and tier a switch was reached last, and the shortest way to it.
    private readonly (int Leaf, int Tier)[] _reached;
    private readonly Way[] _shortest;

    // Delay in picoseconds, picoseconds a byte takes over all links of the way together, and the number of links.
    private readonly record struct Way(long Delay, double ByteTime, int Links);

    /// <summary>Prepares for a network.</summary>
    public ClosedForm(NetworkDescription network, SimulationOptions options)
    {
        _network = network;
        _options = options;
        _hostLinks = network.HostLinks();
        _reached = new (int, int)[network.Switches.Count];
        _shortest = new Way[network.Switches.Count];
        _above = new List<(int, long, double)>[network.Switches.Count];
        var seen = new HashSet<(int, int)>();
        foreach (LinkDescription link in network.Links)
        {
            // The links of a bundle are alike.
            if (!link.A.IsHost && seen.Add((link.A.Index, link.Z.Index)))
            {
                (_above[link.A.Index] ??= []).Add((link.Z.Index, link.Delay.Picoseconds, 8e12 / link.Rate.BitsPerSecond));
            }
        }
    }

    /// <summary>The flow's time, rounded to the picosecond; zero when no way joins the two hosts.</summary>
    public SimTime Time(FlowDescription flow) => SimTime.FromPicoseconds((long)Math.Round(Picoseconds(flow)));

    /// <summary>The flow's time in picoseconds; 0 when no way joins the two hosts, and for a flow of no bytes.</summary>
    internal double Picoseconds(FlowDescription flow)
    {
        if (flow.Size == DataSize.Zero)
        {
            return 0;
        }
        if (_network.ScaleUp is { } domain && domain.Joins(flow.Source, flow.Destination))
        {
            return flow.Size.Bytes
                    * 8e12
                    / Math.Min(domain.RateOfHost[flow.Source].BitsPerSecond, domain.RateOfHost[flow.Destination].BitsPerSecond)
                + domain.Latency.Picoseconds;
        }
        LinkDescription first = _network.Links[_hostLinks[flow.Source][0]];
        Way? best = null;
        foreach (int port in _hostLinks[flow.Destination])
        {
            LinkDescription last = _network.Links[port];
            if (Between(first.Z.Index, last.Z.Index) is { } middle)
            {
                var way = new Way(
                    middle.Delay + first.Delay.Picoseconds + last.Delay.Picoseconds,
                    middle.ByteTime + 8e12 / first.Rate.BitsPerSecond + 8e12 / last.Rate.BitsPerSecond,
                    middle.Links + 2
                );
                best = best is { } known && known.Delay <= way.Delay ? best : way;
            }
        }
        if (best is not { } path)
        {
            return 0;
        }
        double Rate(int host) => _hostLinks[host].Sum(l => (double)_network.Links[l].Rate.BitsPerSecond);
        double card = 8e12 / Math.Min(Rate(flow.Source), Rate(flow.Destination));
        int payload = _options.MtuBytes - _options.HeaderBytes;
        long packets = (flow.Size.Bytes + payload - 1) / payload;
        long rest = flow.Size.Bytes - (packets - 1) * payload + _options.HeaderBytes;
        long full = packets > 1 ? _options.MtuBytes : rest;
        // A switch that cuts through waits for the header only.
        double pipeline = _options.CutThrough
            ? full * (8e12 / first.Rate.BitsPerSecond) + _options.HeaderBytes * (path.ByteTime - 8e12 / first.Rate.BitsPerSecond)
            : full * path.ByteTime;
        double behind = packets > 1 ? ((packets - 2) * (double)_options.MtuBytes + rest) * card : 0;
        return pipeline + behind + _options.HeaderBytes * path.ByteTime + 2.0 * path.Delay;
    }

    // From leaf to leaf, both leaves' own latencies included.
    private Way? Between(int a, int b)
    {
        if (a == b)
        {
            return new Way(_network.Switches[a].Latency.Picoseconds, 0, 0);
        }
        (int, int) key = a < b ? (a, b) : (b, a);
        if (_between.TryGetValue(key, out Way? known))
        {
            return known;
        }
        (int Top, Way Way)[][] left = AncestorsOf(a),
            right = AncestorsOf(b);
        Way? best = null;
        for (int tier = 0; tier < Math.Min(left.Length, right.Length) && best is null; tier++)
        {
            // Both are sorted by switch, so that those above both are found in one walk.
            (int Top, Way Way)[] mine = left[tier],
                others = right[tier];
            for (int i = 0, j = 0; i < mine.Length && j < others.Length; )
            {
                (int top, Way up) = mine[i];
                (int other, Way down) = others[j];
                if (top != other)
                {
                    _ = top < other ? i++ : j++;
                    continue;
                }
                long delay = up.Delay + down.Delay + _network.Switches[top].Latency.Picoseconds;
                if (!(best?.Delay <= delay))
                {
                    best = new Way(delay, up.ByteTime + down.ByteTime, up.Links + down.Links);
                }
                i++;
                j++;
            }
        }
        return _between[key] = best;
    }

    // By tiers climbed: every switch above a leaf with the shortest way to it, switches on the way included, itself not; sorted by switch.
    private (int Top, Way Way)[][] AncestorsOf(int leaf)
    {
        if (_ancestors.TryGetValue(leaf, out (int Top, Way Way)[][]? known))
        {
            return known;
        }
        List<(int Top, Way Way)[]> tiers = [];
        (int Top, Way Way)[] at = [(leaf, default)];
        while (true)
        {
            List<int> next = [];
            foreach ((int from, Way way) in at)
            {
                foreach ((int upper, long delay, double byteTime) in _above[from] ?? [])
                {
                    long longer = way.Delay + delay + _network.Switches[from].Latency.Picoseconds;
                    bool seen = _reached[upper] == (leaf, tiers.Count + 1);
                    if (!seen || longer < _shortest[upper].Delay)
                    {
                        _shortest[upper] = new Way(longer, way.ByteTime + byteTime, way.Links + 1);
                    }
                    if (!seen)
                    {
                        _reached[upper] = (leaf, tiers.Count + 1);
                        next.Add(upper);
                    }
                }
            }
            if (next.Count == 0)
            {
                return _ancestors[leaf] = [.. tiers];
            }
            next.Sort();
            tiers.Add(at = [.. next.Select(s => (s, _shortest[s]))]);
        }
    }
}
