using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Htsim;

/// <summary>
/// A network as htsim's <c>.topo</c>, and its traffic as <c>.cm</c>. The format describes fat trees whose leaves, spines and cores are
/// alike; what is not one is refused in words.
/// </summary>
public sealed class HtsimExport
{
    private readonly NetworkDescription _network;
    private readonly int[] _leafOfHost;
    private readonly List<int>[] _tiers;
    private readonly List<string> _notes = [];
    private readonly List<string> _lines = [];

    // By switch, by switch above: links.
    private readonly Dictionary<int, SortedDictionary<int, int>> _up = [];

    /// <summary>Looks at a network.</summary>
    /// <exception cref="RefusedException">It is no fat tree of two or three tiers, or one whose switches differ.</exception>
    public HtsimExport(NetworkDescription network)
    {
        _network = network;
        _leafOfHost = new int[network.HostCount];
        if (network.PlaneCount > 1)
        {
            throw Refused($"{network.PlaneCount} planes", "htsim stops at more than one; export a design with planes: 1");
        }

        if (network.ScaleUp is not null)
        {
            _notes.Add("the scale-up domains are left out: htsim has none");
        }

        int top = network.Switches.Max(s => s.Tier);
        if (network.Routes != RouteRule.UpDown || top is < 1 or > 2)
        {
            throw Refused(top == 0 ? "one tier" : "another shape", "htsim reads fat trees of two or three tiers");
        }

        _tiers =
        [
            .. Enumerable
                .Range(0, top + 1)
                .Select(t => Enumerable.Range(0, network.Switches.Count).Where(s => network.Switches[s].Tier == t).ToList()),
        ];
        Attach();
        Hosts = Numbered();
        Describe();
    }

    /// <summary>How htsim numbers the hosts.</summary>
    public HtsimHosts Hosts { get; }

    /// <summary>What the format could not say, as sentences.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Writes the topology.</summary>
    public void WriteTopology(TextWriter to)
    {
        foreach (string line in _lines)
        {
            to.Write(line + "\n");
        }
    }

    /// <summary>Writes traffic as a connection matrix for this topology.</summary>
    /// <exception cref="RefusedException">The format cannot hold it.</exception>
    public void WriteMatrix(TrafficDescription traffic, TextWriter to)
    {
        if (traffic.Operations is not null || traffic.Triggers.Any(t => t.Delay.Picoseconds > 0))
        {
            throw new RefusedException("a connection matrix has no computation between flows; export the traffic as goal");
        }

        if (traffic.Flows.FirstOrDefault(f => f.Start.Picoseconds % 1_000_000 != 0) is { Size.Bytes: > 0 } odd)
        {
            throw new RefusedException(
                $"htsim starts flows at whole microseconds, and one starts at {ExportText.Of(odd.Start.Microseconds)} us; "
                    + $"export patterns that start at once"
            );
        }

        to.Write(FormattableString.Invariant($"Nodes {Hosts.Count}\nConnections {traffic.Flows.Count}\n"));
        if (traffic.Triggers.Count > 0)
        {
            to.Write(FormattableString.Invariant($"Triggers {traffic.Triggers.Count}\n"));
        }

        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            string begin =
                flow.StartTrigger < 0
                    ? FormattableString.Invariant($"start {flow.Start.Picoseconds / 1_000_000}")
                    : FormattableString.Invariant($"trigger {flow.StartTrigger + 1}");
            string done = flow.DoneTrigger < 0 ? "" : FormattableString.Invariant($" send_done_trigger {flow.DoneTrigger + 1}");
            string received = flow.ReceivedTrigger < 0 ? "" : FormattableString.Invariant($" recv_done_trigger {flow.ReceivedTrigger + 1}");
            string ends = FormattableString.Invariant($"{Hosts.Number[flow.Source]}->{Hosts.Number[flow.Destination]} id {f + 1}");
            to.Write(ends + FormattableString.Invariant($" {begin} size {flow.Size.Bytes}{done}{received}\n"));
        }

        for (int t = 0; t < traffic.Triggers.Count; t++)
        {
            TriggerDescription trigger = traffic.Triggers[t];
            string kind = trigger.Kind switch
            {
                TriggerKind.Barrier => FormattableString.Invariant($"barrier count {trigger.Count}"),
                TriggerKind.Multishot => "multishot",
                _ => "oneshot",
            };
            to.Write(FormattableString.Invariant($"trigger id {t + 1} {kind}\n"));
        }
    }

    private static RefusedException Refused(string what, string why) => new($"htsim's topology cannot hold {what}: {why}");

    private void Attach()
    {
        Array.Fill(_leafOfHost, -1);
        foreach (LinkDescription link in _network.Links)
        {
            if (!link.A.IsHost)
            {
                if (!_up.TryGetValue(link.A.Index, out SortedDictionary<int, int>? above))
                {
                    _up[link.A.Index] = above = [];
                }

                above[link.Z.Index] = above.GetValueOrDefault(link.Z.Index) + 1;
                continue;
            }

            if (_leafOfHost[link.A.Index] >= 0)
            {
                throw Refused("hosts with several links", "a host has one; export a design whose cards have one port each");
            }

            _leafOfHost[link.A.Index] = link.Z.Index;
            if (_network.Switches[link.Z.Index].Tier != 0)
            {
                throw Refused("hosts above the leaves", "a host hangs on a leaf");
            }
        }
    }

    private HtsimHosts Numbered()
    {
        int[] filled = new int[_network.Switches.Count];
        foreach (int leaf in _leafOfHost)
        {
            filled[leaf]++;
        }

        // A leaf without hosts would be one with free places only.
        _tiers[0].RemoveAll(l => filled[l] == 0);
        if (_tiers.Length == 3)
        {
            SortByPod();
        }

        int radix = filled.Max();
        int[] first = new int[_network.Switches.Count];
        for (int i = 0; i < _tiers[0].Count; i++)
        {
            first[_tiers[0][i]] = i * radix;
        }

        int[] number = [.. _leafOfHost.Select(l => first[l]++)];
        int count = _tiers[0].Count * radix;
        if (count > number.Length)
        {
            _notes.Add($"{count - number.Length} places on leaves that are not full become hosts that send nothing");
        }

        return new(number, count);
    }

    // Leaves that share a spine are a pod.
    private void SortByPod()
    {
        Dictionary<int, int> podOfSpine = [];
        List<(int Pod, int Leaf)> leaves = [];
        foreach (int leaf in _tiers[0])
        {
            IEnumerable<int> above = Above(leaf).Keys;
            int pod = above.Select(s => podOfSpine.GetValueOrDefault(s, -1)).FirstOrDefault(p => p >= 0, -1);
            pod =
                pod >= 0 ? pod
                : podOfSpine.Count == 0 ? 0
                : podOfSpine.Values.Max() + 1;
            foreach (int spine in above)
            {
                podOfSpine[spine] = pod;
            }

            leaves.Add((pod, leaf));
        }

        _tiers[0] = [.. leaves.OrderBy(l => l.Pod).Select(l => l.Leaf)];
        _tiers[1] = [.. _tiers[1].Where(podOfSpine.ContainsKey).OrderBy(s => podOfSpine[s])];
    }

    private SortedDictionary<int, int> Above(int node) => _up.GetValueOrDefault(node, []);

    private void Describe()
    {
        int radix = Hosts.Count / _tiers[0].Count;
        int[] bundles = [1, .. _tiers.Skip(1).Select((_, t) => BundleAbove(t))];
        int[] up = [.. _tiers.SkipLast(1).Select(tier => Same(tier.Select(s => Above(s).Values.Sum()), "links up"))];
        int pods = _tiers.Length == 2 ? 1 : PodsOf();
        int podSize = Hosts.Count / pods;
        _lines.Add(FormattableString.Invariant($"# {_network.HostCount} hosts in {Hosts.Count} places of {_tiers[0].Count} leaves"));
        _lines.Add(FormattableString.Invariant($"Nodes {Hosts.Count}"));
        _lines.Add(FormattableString.Invariant($"Tiers {_tiers.Length}"));
        _lines.Add(FormattableString.Invariant($"Podsize {podSize}"));
        double rateBelow = 0;
        for (int t = 0; t < _tiers.Length; t++)
        {
            LinkDescription[] below = [.. _network.Links.Where(l => IsBelow(l, t))];
            double rate = Same(below.Select(l => l.Rate.Gbps * l.RateFraction), "rates of one tier");
            int down = t switch
            {
                0 => radix,
                1 => podSize / radix * bundles[1],
                _ => pods * bundles[2],
            };
            if (rate != Math.Floor(rate))
            {
                throw Refused($"links of {ExportText.Of(rate)} Gb/s", "rates are whole numbers of Gb/s");
            }

            _lines.Add("");
            _lines.Add(FormattableString.Invariant($"Tier {t}"));
            _lines.Add(FormattableString.Invariant($"Downlink_speed_Gbps {rate}"));
            _lines.Add(FormattableString.Invariant($"Radix_Down {down}"));
            if (t < _tiers.Length - 1)
            {
                _lines.Add(FormattableString.Invariant($"Radix_Up {up[t]}"));
                Oversubscription(t, down, up[t], rate);
            }

            _lines.Add(FormattableString.Invariant($"Downlink_Latency_ns {Latency(below, t)}"));
            _lines.Add(FormattableString.Invariant($"Switch_Latency_ns {SwitchLatency(t)}"));
            if (bundles[t] > 1)
            {
                _lines.Add(FormattableString.Invariant($"Bundle {bundles[t]}"));
            }

            rateBelow = rate;
        }

        _ = rateBelow;
    }

    private bool IsBelow(LinkDescription link, int tier) =>
        link.A.IsHost ? tier == 0 : _network.Switches[link.Z.Index].Tier == tier && tier > 0;

    private int BundleAbove(int tier)
    {
        int bundle = Same(_tiers[tier].SelectMany(s => Above(s).Values), "parallel links");
        if (tier == 0 && _tiers.Length == 2 && _tiers[0].Any(l => Above(l).Count != _tiers[1].Count))
        {
            throw Refused("leaves that do not reach every spine", "every leaf has links to every spine");
        }

        return bundle;
    }

    // In three tiers a core serves one spine of every pod, and spines of one place share their cores.
    private int PodsOf()
    {
        List<int[]> pods = [.. _tiers[0].Select(l => Above(l).Keys.ToArray()).DistinctBy(s => string.Join(',', s))];
        bool disjoint = pods.SelectMany(p => p).Distinct().Count() == pods.Sum(p => p.Length);
        bool alike = pods.All(p => p.Length == pods[0].Length) && _tiers[0].Count % pods.Count == 0;
        Dictionary<string, int> places = [];
        foreach (int spine in _tiers[1])
        {
            string cores = string.Join(',', Above(spine).Keys);
            places[cores] = places.GetValueOrDefault(cores) + 1;
        }

        bool shared = places.Values.All(n => n == pods.Count) && places.Count == pods[0].Length;
        bool apart = places.Keys.SelectMany(p => p.Split(',')).Distinct().Count() == places.Keys.Sum(p => p.Split(',').Length);
        return disjoint && alike && shared && apart
            ? pods.Count
            : throw Refused(
                "these three tiers",
                "its pods are alike, and a core joins one spine of every pod, the same one; here cores join several spines of "
                    + "a pod or pods differ"
            );
    }

    private void Oversubscription(int tier, int down, int up, double rate)
    {
        double above = Same(_network.Links.Where(l => IsBelow(l, tier + 1)).Select(l => l.Rate.Gbps * l.RateFraction), "rates of one tier");
        double ratio = down * rate / (up * above);
        if (ratio != Math.Floor(ratio) && Math.Floor(ratio) < 1)
        {
            ratio = 1;
        }

        if (ratio < 1 || ratio != Math.Floor(ratio) || down != up * ratio)
        {
            _notes.Add(
                $"tier {tier} has {down} links of {ExportText.Of(rate)} Gb/s down and {up} of {ExportText.Of(above)} up: "
                    + $"htsim takes only counts that divide by "
                    + "its Oversubscribed, and may refuse the file"
            );
        }

        _lines.Add(FormattableString.Invariant($"Oversubscribed {Math.Max(1, (int)Math.Round(ratio))}"));
    }

    private long Latency(LinkDescription[] links, int tier)
    {
        double least = links.Min(l => l.Delay.Nanoseconds),
            most = links.Max(l => l.Delay.Nanoseconds),
            mean = links.Average(l => l.Delay.Nanoseconds);
        long rounded = Math.Max(1, (long)Math.Round(mean));
        if (most - least > 1 || Math.Abs(mean - rounded) > 0.01)
        {
            _notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"links below tier {tier} take {least:0.#} to {most:0.#} ns; the format has one whole number for all of "
                        + $"them, and gets their mean, {rounded} ns"
                )
            );
        }

        return rounded;
    }

    private long SwitchLatency(int tier) =>
        (long)Math.Round(Same(_tiers[tier].Select(s => _network.Switches[s].Latency.Nanoseconds), "latencies of switches"));

    private static T Same<T>(IEnumerable<T> values, string what)
        where T : struct, IEquatable<T>
    {
        T[] different = [.. values.Distinct().Take(2)];
        return different.Length switch
        {
            0 => default,
            1 => different[0],
            _ => throw Refused($"{what} that differ ({different[0]} and {different[1]})", "a tier's switches are alike"),
        };
    }
}
