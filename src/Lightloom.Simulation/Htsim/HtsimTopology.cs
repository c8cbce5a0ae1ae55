using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Htsim;

/// <summary>htsim's <c>.topo</c> file: a fat tree of two or three tiers.</summary>
public sealed class HtsimTopology
{
    /// <summary>One tier of the tree: 0 the leaves, 1 the spines, 2 the cores.</summary>
    public sealed class TierBlock
    {
        /// <summary>The rate of the links below this tier; 0 when the file leaves it open.</summary>
        public long DownlinkGbps { get; set; }

        /// <summary>Links below each switch.</summary>
        public int RadixDown { get; set; }

        /// <summary>Links above each switch.</summary>
        public int RadixUp { get; set; }

        /// <summary>Propagation of the links below.</summary>
        public long DownlinkLatencyNanoseconds { get; set; }

        /// <summary>Latency of a switch.</summary>
        public long SwitchLatencyNanoseconds { get; set; }

        /// <summary>Capacity below over capacity above.</summary>
        public int Oversubscribed { get; set; } = 1;

        /// <summary>Parallel links between each pair of switches, one on this tier and one on the tier below.</summary>
        public int Bundle { get; set; } = 1;

        /// <summary>Bytes of the queues towards the tier above; 0 when open. A run's own queue setting goes before it.</summary>
        public long QueueUpBytes { get; set; }

        /// <summary>Bytes of the queues towards the tier below; 0 when open. A run's own queue setting goes before it.</summary>
        public long QueueDownBytes { get; set; }
    }

    /// <summary>Hosts in all.</summary>
    public int Nodes { get; private set; }

    /// <summary>2 or 3.</summary>
    public int TierCount { get; private set; }

    /// <summary>Hosts in a pod; all of them when there are two tiers.</summary>
    public int PodSize { get; private set; }

    /// <summary>The tiers, leaves first.</summary>
    public IReadOnlyList<TierBlock> Tiers => _tiers;

    // Where queues are named and what they hold, to be looked at once the size of a packet is known.
    private readonly List<(string Keyword, int Line, int Column, long Bytes)> _queues = [];

    private readonly TierBlock[] _tiers = [new(), new(), new()];
    private readonly bool[] _given = new bool[3];

    private HtsimTopology() { }

    /// <summary>Reads a file's text; null when it has an error, and then <paramref name="diagnostics"/> says which.</summary>
    public static HtsimTopology? Read(string file, string text, List<SourceDiagnostic> diagnostics)
    {
        int before = CountErrors(diagnostics);
        if (OtherTopology(file, text) is { } other)
        {
            // One message: nothing else in the file is for this reader.
            diagnostics.Add(other);
            return null;
        }
        var topology = new HtsimTopology();
        var reader = new WordReader(file, text, diagnostics);
        TierBlock? block = null;
        while (reader.NextLine())
        {
            ReadOnlySpan<char> keyword = reader.Word();
            topology.ReadLine(ref reader, keyword, ref block);
            ReadOnlySpan<char> rest = reader.Word();
            if (!rest.IsEmpty && CountErrors(diagnostics) == before)
            {
                reader.Error("LL3005", $"'{WordReader.Clip(rest)}' is more than this line needs; remove it");
            }
        }
        if (CountErrors(diagnostics) == before)
        {
            topology.Check(ref reader);
        }
        return CountErrors(diagnostics) == before ? topology : null;
    }

    /// <summary>Complains about queues of the file that hold no packet.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="packet">A full packet.</param>
    /// <param name="diagnostics">Takes an error (LL3011) for each.</param>
    /// <returns>Whether every queue holds one.</returns>
    public bool CheckQueues(string file, DataSize packet, List<SourceDiagnostic> diagnostics)
    {
        bool good = true;
        foreach ((string keyword, int line, int column, long bytes) in _queues)
        {
            if (bytes < packet.Bytes)
            {
                good = false;
                diagnostics.Add(
                    new SourceDiagnostic(
                        file,
                        line,
                        column,
                        "LL3011",
                        $"{keyword} is {bytes} bytes and holds no packet of {packet.Bytes}; write {packet.Bytes} or more, or give --queue-bytes"
                    )
                );
            }
        }
        return good;
    }

    private static readonly string[] Keywords =
    [
        "nodes",
        "tiers",
        "podsize",
        "tier",
        "downlink_speed_gbps",
        "radix_down",
        "radix_up",
        "downlink_latency_ns",
        "switch_latency_ns",
        "oversubscribed",
        "bundle",
        "queue_up",
        "queue_down",
    ];

    private static readonly string[] OtherFamilies =
    [
        "dragonfly",
        "slimfly",
        "torus",
        "mesh",
        "hypercube",
        "hyperx",
        "jellyfish",
        "xpander",
        "bcube",
        "camcube",
        "dcell",
        "vl2",
        "star",
        "generic",
    ];

    private static bool IsKeyword(string word) => Array.Exists(Keywords, k => word.Equals(k, StringComparison.OrdinalIgnoreCase));

    // A file that names another family, or begins with a word that no fat tree has.
    private static SourceDiagnostic? OtherTopology(string file, string text)
    {
        bool saysTiers = text.Contains("Tiers", StringComparison.OrdinalIgnoreCase);
        return OtherTopology(file, text, word => Family(word) is { } family ? $"this is a {family}" : null)
            ?? (
                saysTiers ? null : OtherTopology(file, text, word => IsKeyword(word) ? "" : $"'{WordReader.Clip(word)}' begins no fat tree")
            );
    }

    private static string? Family(string word)
    {
        string name = word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Array.Find(OtherFamilies, f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase));
    }

    // The first word that something is said of; nothing where that is nothing.
    private static SourceDiagnostic? OtherTopology(string file, string text, Func<string, string?> say)
    {
        List<SourceDiagnostic> found = [];
        var reader = new WordReader(file, text, found);
        while (reader.NextLine())
        {
            for (ReadOnlySpan<char> word = reader.Word(); !word.IsEmpty; word = reader.Word())
            {
                if (say(word.ToString()) is { } what)
                {
                    reader.Error(
                        "LL3010",
                        what
                            + "; only fat trees of two or three tiers are read here, with Nodes, Tiers, Podsize and a block for each Tier. "
                            + "Give other graphs as a cluster file"
                    );
                    return what.Length == 0 ? null : found[0];
                }
            }
        }
        return null;
    }

    private static int CountErrors(List<SourceDiagnostic> diagnostics) => diagnostics.Count(d => !d.IsWarning);

    private void ReadLine(ref WordReader reader, ReadOnlySpan<char> keyword, ref TierBlock? block)
    {
        Span<char> lower = stackalloc char[Math.Min(keyword.Length, 32)];
        keyword[..lower.Length].ToLowerInvariant(lower);
        long value;
        switch (lower)
        {
            case "nodes":
                if (reader.Number("Nodes", 1, 1 << 24, out value))
                {
                    Nodes = (int)value;
                }
                return;
            case "tiers":
                if (reader.Number("Tiers", 2, 3, out value))
                {
                    TierCount = (int)value;
                }
                return;
            case "podsize":
                if (reader.Number("Podsize", 1, 1 << 24, out value))
                {
                    PodSize = (int)value;
                }
                return;
            case "tier":
                if (reader.Number("Tier", 0, 2, out value))
                {
                    block = _tiers[value];
                    _given[value] = true;
                }
                return;
        }
        if (block is null)
        {
            reader.Error("LL3006", $"'{WordReader.Clip(keyword)}' comes before any tier; start the block with a line 'Tier 0'");
            SkipRest(ref reader);
            return;
        }
        ReadTierLine(ref reader, keyword, lower, block);
    }

    private void ReadTierLine(ref WordReader reader, ReadOnlySpan<char> keyword, scoped ReadOnlySpan<char> lower, TierBlock block)
    {
        long value;
        switch (lower)
        {
            case "downlink_speed_gbps":
                if (reader.Number("Downlink_speed_Gbps", 1, 1_000_000, out value))
                {
                    block.DownlinkGbps = value;
                }
                break;
            case "radix_down":
                if (reader.Number("Radix_Down", 1, 65536, out value))
                {
                    block.RadixDown = (int)value;
                }
                break;
            case "radix_up":
                if (reader.Number("Radix_Up", 1, 65536, out value))
                {
                    block.RadixUp = (int)value;
                }
                break;
            case "downlink_latency_ns":
                if (reader.Number("Downlink_Latency_ns", 1, 1_000_000_000, out value))
                {
                    block.DownlinkLatencyNanoseconds = value;
                }
                break;
            case "switch_latency_ns":
                if (reader.Number("Switch_Latency_ns", 0, 1_000_000_000, out value))
                {
                    block.SwitchLatencyNanoseconds = value;
                }
                break;
            case "oversubscribed":
                if (reader.Number("Oversubscribed", 1, 4096, out value))
                {
                    block.Oversubscribed = (int)value;
                }
                break;
            case "bundle":
                if (reader.Number("Bundle", 1, 4096, out value))
                {
                    block.Bundle = (int)value;
                }
                break;
            case "queue_up":
                if (reader.Number("Queue_Up", 1, int.MaxValue, out value))
                {
                    block.QueueUpBytes = value;
                    _queues.Add(("Queue_Up", reader.Line, reader.Column, value));
                }
                break;
            case "queue_down":
                if (reader.Number("Queue_Down", 1, int.MaxValue, out value))
                {
                    block.QueueDownBytes = value;
                    _queues.Add(("Queue_Down", reader.Line, reader.Column, value));
                }
                break;
            default:
                reader.Error(
                    "LL3001",
                    $"unknown keyword '{WordReader.Clip(keyword)}'; known are Nodes, Tiers, Podsize, Tier, Downlink_speed_Gbps, "
                        + "Radix_Down, Radix_Up, Downlink_Latency_ns, Switch_Latency_ns, Oversubscribed, Bundle, Queue_Up, Queue_Down"
                );
                SkipRest(ref reader);
                break;
        }
    }

    private static void SkipRest(ref WordReader reader)
    {
        while (!reader.Word().IsEmpty) { }
    }

    private void Check(ref WordReader reader)
    {
        if (Nodes == 0)
        {
            reader.Error("LL3007", "the file names no number of hosts; add a line 'Nodes N'");
            return;
        }
        if (TierCount == 0)
        {
            reader.Error("LL3007", "the file names no number of tiers; add a line 'Tiers 2' or 'Tiers 3'");
            return;
        }
        if (PodSize == 0)
        {
            if (TierCount == 3)
            {
                reader.Error("LL3007", "three tiers need a pod size; add a line 'Podsize N'");
                return;
            }
            PodSize = Nodes;
        }
        for (int t = 0; t < TierCount; t++)
        {
            if (!_given[t])
            {
                reader.Error("LL3007", $"tier {t} is missing; add a block that starts with 'Tier {t}'");
                return;
            }
            if (_tiers[t].RadixDown == 0)
            {
                reader.Error("LL3007", $"tier {t} has no Radix_Down; add it");
                return;
            }
            if (t < TierCount - 1 && _tiers[t].RadixUp == 0)
            {
                reader.Error("LL3007", $"tier {t} has no Radix_Up; add it");
                return;
            }
            if (_tiers[t].DownlinkLatencyNanoseconds == 0)
            {
                reader.Error("LL3007", $"tier {t} has no Downlink_Latency_ns; add it, at least 1");
                return;
            }
            if (_tiers[t].RadixDown % _tiers[t].Bundle != 0)
            {
                reader.Error(
                    "LL3008",
                    $"tier {t}: Radix_Down {_tiers[t].RadixDown} is not a multiple of Bundle {_tiers[t].Bundle}; change one of them"
                );
                return;
            }
        }
        if (TierCount == 2 && PodSize != Nodes)
        {
            reader.Error("LL3008", $"two tiers make one pod, so Podsize {PodSize} must equal Nodes {Nodes}");
            return;
        }
        if (_tiers[0].Bundle != 1)
        {
            reader.Error("LL3008", "tier 0 has a Bundle, but a host has one link; remove it");
            return;
        }
        if (Nodes % PodSize != 0)
        {
            reader.Error("LL3008", $"Nodes {Nodes} is not a multiple of Podsize {PodSize}; change one of them");
            return;
        }
        if (PodSize % _tiers[0].RadixDown != 0)
        {
            reader.Error(
                "LL3008",
                $"Podsize {PodSize} is not a multiple of the leaf's Radix_Down {_tiers[0].RadixDown}; change one of them"
            );
            return;
        }
        int leaves = PodSize / _tiers[0].RadixDown;
        if (!CheckTier(ref reader, 0, leaves))
        {
            return;
        }
        if (TierCount == 3)
        {
            CheckTier(ref reader, 1, Nodes / PodSize);
        }
    }

    // Every switch of a tier has `bundle` links to each switch of the tier above in its group, so the counts below fix the counts above.
    private bool CheckTier(ref WordReader reader, int tier, int groupBelow)
    {
        TierBlock lower = _tiers[tier];
        TierBlock upper = _tiers[tier + 1];
        if (lower.RadixUp % upper.Bundle != 0)
        {
            reader.Error(
                "LL3008",
                $"tier {tier}: Radix_Up {lower.RadixUp} is not a multiple of the Bundle {upper.Bundle} of tier {tier + 1}; "
                    + $"change one of them"
            );
            return false;
        }
        if (upper.RadixDown != groupBelow * upper.Bundle)
        {
            reader.Error(
                "LL3008",
                $"tier {tier + 1}: Radix_Down {upper.RadixDown} does not serve the {groupBelow} "
                    + $"{(tier == 0 ? "leaves of a pod" : "pods")} below it with {upper.Bundle} link(s) each; "
                    + $"write {groupBelow * upper.Bundle}"
            );
            return false;
        }
        long down = lower.RadixDown * Math.Max(1, lower.DownlinkGbps);
        long up = lower.RadixUp * Math.Max(1, upper.DownlinkGbps == 0 ? lower.DownlinkGbps : upper.DownlinkGbps);
        if (down != up * lower.Oversubscribed && lower.RadixDown != lower.RadixUp * lower.Oversubscribed)
        {
            reader.Warning(
                "LL3009",
                $"tier {tier}: {lower.RadixDown} links down over {lower.RadixUp} up is not the Oversubscribed {lower.Oversubscribed} "
                    + "that the file names; the links are built as listed"
            );
        }
        return true;
    }

    /// <summary>Builds the network.</summary>
    /// <param name="linkGbps">The rate of the links whose tier leaves it open, in Gb/s; 0 when there is none.</param>
    /// <param name="degradedSpines">
    /// Two tiers: every link of the first this many spines; three tiers: the downlinks of this many core ports of the first aggregation
    /// switches, as htsim's <c>-failed</c>.
    /// </param>
    /// <param name="degradedFraction">The share of the rate they keep.</param>
    /// <exception cref="RefusedException">A tier leaves the rate open and <paramref name="linkGbps"/> is 0.</exception>
    public NetworkDescription Build(double linkGbps = 0, int degradedSpines = 0, double degradedFraction = 0.25)
    {
        var switches = new Rows<SwitchDescription>();
        int leafRadix = _tiers[0].RadixDown;
        int leaves = Nodes / leafRadix;
        int pods = Nodes / PodSize;
        int leavesPerPod = PodSize / leafRadix;
        int spinesPerPod = _tiers[0].RadixUp / _tiers[1].Bundle;
        int spines = spinesPerPod * pods;
        int coresPerSpine = TierCount == 3 ? _tiers[1].RadixUp / _tiers[2].Bundle : 0;
        int cores = coresPerSpine * spinesPerPod;
        AddSwitches(switches, leaves, 0, "leaf");
        AddSwitches(switches, spines, 1, "spine");
        AddSwitches(switches, cores, 2, "core");

        var links = new Rows<LinkDescription>(Nodes + leaves * _tiers[0].RadixUp + spines * _tiers[1].RadixUp);
        for (int h = 0; h < Nodes; h++)
        {
            links.Add(Link(NodeId.Host(h), NodeId.Switch(h / leafRadix), 0, linkGbps));
        }
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            int pod = leaf / leavesPerPod;
            for (int k = 0; k < spinesPerPod; k++)
            {
                double fraction = TierCount == 2 && k < degradedSpines ? degradedFraction : 1;
                for (int b = 0; b < _tiers[1].Bundle; b++)
                {
                    links.Add(
                        Link(NodeId.Switch(leaf), NodeId.Switch(leaves + pod * spinesPerPod + k), 1, linkGbps) with
                        {
                            RateFraction = fraction,
                        }
                    );
                }
            }
        }
        for (int spine = 0; spine < spines && TierCount == 3; spine++)
        {
            int position = spine % spinesPerPod;
            for (int l = 0; l < coresPerSpine; l++)
            {
                bool degraded = l + spine * spinesPerPod < degradedSpines;
                for (int b = 0; b < _tiers[2].Bundle; b++)
                {
                    LinkDescription link = Link(
                        NodeId.Switch(leaves + spine),
                        NodeId.Switch(leaves + spines + l * spinesPerPod + position),
                        2,
                        linkGbps
                    );
                    links.Add(degraded ? link with { RateFraction = degradedFraction, DegradedDownwardsOnly = true } : link);
                }
            }
        }
        return new NetworkDescription(Nodes, switches, links);
    }

    private void AddSwitches(Rows<SwitchDescription> switches, int count, int tier, string name)
    {
        for (int i = 0; i < count; i++)
        {
            switches.Add(new SwitchDescription(tier, 0, SimTime.FromNanoseconds(_tiers[tier].SwitchLatencyNanoseconds), $"{name}-{i}"));
        }
    }

    private LinkDescription Link(NodeId a, NodeId z, int tier, double linkGbps)
    {
        double gbps = _tiers[tier].DownlinkGbps != 0 ? _tiers[tier].DownlinkGbps : linkGbps;
        if (gbps <= 0)
        {
            throw new RefusedException("the topology leaves the link rate open; give it with --linkspeed-gbps");
        }
        return new LinkDescription(a, z, DataRate.FromGbps(gbps), SimTime.FromNanoseconds(_tiers[tier].DownlinkLatencyNanoseconds))
        {
            QueueUp = tier == 0 ? DataSize.Zero : DataSize.FromBytes(_tiers[tier - 1].QueueUpBytes),
            QueueDown = DataSize.FromBytes(_tiers[tier].QueueDownBytes),
        };
    }
}
