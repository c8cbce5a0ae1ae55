using Lightloom.Cabling;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>Makes the parts of one scenario for one network: used once, then thrown away.</summary>
internal sealed class ScenarioMaker(Testbed bed, EqualTerms terms, Ranks ranks, ulong seed)
{
    /// <summary>
    /// A pool of one kind is split in two for the two-pool rows: the second half of the nodes runs at this share of its NIC rate.
    /// </summary>
    public const double SlowShare = 0.5;

    private readonly CompareOptions _options = terms.Options;
    private readonly int[] _hosts = [.. ranks.Hosts];

    /// <summary>The network to run on: the design's, or with half of its nodes slower.</summary>
    public Testbed Bed { get; private set; } = bed;

    /// <summary>Traffic of each group.</summary>
    public List<TrafficDescription> Parts { get; } = [];

    /// <summary>How many of the parts, from the first, count; null for all.</summary>
    public int? CountedParts { get; private set; }

    /// <summary>What breaks.</summary>
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>What to say of how it was made; empty when there is nothing.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Makes a scenario; why the network cannot run it, or empty.</summary>
    /// <exception cref="RefusedException">A pattern has no way through the network.</exception>
    public string Make(string key)
    {
        long bytes = _options.Bytes,
            half = Math.Max(1, bytes / 2);
        switch (key)
        {
            case "permutation":
                Parts.Add(Pattern("permutation", bytes, _hosts));
                return "";
            case "incast":
                int senders = Math.Min(_options.IncastSenders, _hosts.Length - 1);
                long each = Math.Max(1, bytes / 4);
                Parts.Add(Pattern("incast", each, _hosts[..(senders + 1)]));
                Note = FormattableString.Invariant($"{senders} to 1, {Size(Testbed.CarriedBytes("incast", each, ranks))} each");
                return "";
            case "all-to-all":
                AllToAll(_hosts, bytes);
                Note = Grouped(_options.AllToAllRanks);
                return "";
            case "all-reduce-ring":
                Parts.AddRange(Groups(_hosts, _options.RingRanks).Select(g => Pattern("all-reduce-ring", half, g)));
                Note = Grouped(_options.RingRanks) + ", " + Size(bytes / 2);
                return "";
            case "all-reduce-halving-doubling":
                HalvingDoubling(_hosts, half);
                Note = Grouped(_options.HalvingRanks) + ", " + Size(bytes / 2);
                return "";
            case "one-job" or "two-jobs":
                return Jobs(half, neighbour: key == "two-jobs");
            case "two-pools" or "two-pools-by-rate":
                return TwoPools("all-to-all", bytes, _options.AllToAllRanks, key.EndsWith("-by-rate", StringComparison.Ordinal));
            case "two-pools-all-reduce" or "two-pools-all-reduce-by-rate":
                return TwoPools("all-reduce", half, _options.RingRanks, key.EndsWith("-by-rate", StringComparison.Ordinal));
            case "cable-lost" or "spine-lost":
                return Broken(bytes, cable: key == "cable-lost");
            default:
                throw new ArgumentException($"unknown scenario '{key}'", nameof(key));
        }
    }

    private string Jobs(long bytes, bool neighbour)
    {
        int half = _hosts.Length / 2;
        if (half < 2)
        {
            return "too few network cards for two jobs";
        }

        HalvingDoubling(_hosts[..half], bytes);
        CountedParts = Parts.Count;
        if (neighbour)
        {
            // Twice the bytes, so that the neighbour is still busy when the counted job ends.
            AllToAll(_hosts[half..], 2 * _options.Bytes);
        }

        return "";
    }

    private string TwoPools(string name, long bytes, int most, bool byRate)
    {
        if (TwoRates() is not { } uneven)
        {
            return Note;
        }

        Bed = uneven;
        Parts.AddRange(Groups(_hosts, most).Select(g => Pattern(name, bytes, g, byRate ? ShardRule.ByRate : ShardRule.Equal)));
        return "";
    }

    private string Broken(long bytes, bool cable)
    {
        Parts.Add(Pattern("permutation", bytes, _hosts));
        NetworkDescription network = Bed.Network;
        long carried = Testbed.CarriedBytes("permutation", bytes, ranks);
        long at = (long)(1e12 / 3 * 8 * carried / network.CardRate().BitsPerSecond);
        if (Break(cable, SimTime.FromPicoseconds(at)) is not { } fault)
        {
            return "one leaf serves all: there is nothing above it to lose";
        }

        Faults = [fault];
        Note = FormattableString.Invariant(
            $"{fault.Links.Count} of {network.Links.Count(l => !l.A.IsHost):#,0} fabric links die {at / 1e6:0.#} us in"
        );
        return "";
    }

    // Flat: the scenarios ask what the network does, and a scale-up domain would take a part of the traffic away from it.
    private TrafficDescription Pattern(string name, long bytes, int[] hosts, ShardRule? shards = null) =>
        Bed.Workload(
            new()
            {
                Name = name,
                Bytes = bytes,
                Shards = shards,
                Window = name == "all-to-all" ? terms.Window(Testbed.CarriedBytes(name, bytes, ranks), hosts.Length) : null,
                InLevels = false,
            },
            ranks.On(hosts),
            seed
        );

    private void AllToAll(int[] hosts, long bytes) =>
        Parts.AddRange(Groups(hosts, _options.AllToAllRanks).Select(g => Pattern("all-to-all", bytes, g)));

    private void HalvingDoubling(int[] hosts, long bytes)
    {
        int size = Math.Min(_options.HalvingRanks, 1 << System.Numerics.BitOperations.Log2((uint)Math.Max(2, hosts.Length)));
        for (int g = 0; g < hosts.Length / size; g++)
        {
            Parts.Add(Pattern("all-reduce-halving-doubling", bytes, hosts[(g * size)..((g + 1) * size)]));
        }
    }

    // Near-equal groups of at most so many, each drawn from all over: member i of group g is host g + i * groups of the shuffled list.
    private static IEnumerable<int[]> Groups(int[] hosts, int most)
    {
        int groups = Math.Max(1, Math.Min((hosts.Length + most - 1) / most, hosts.Length / 2));
        for (int g = 0; g < groups; g++)
        {
            int[] members = [.. hosts.Where((_, i) => i % groups == g)];
            if (members.Length >= 2)
            {
                yield return members;
            }
        }
    }

    private string Grouped(int most) =>
        Parts.Count == 1
            ? FormattableString.Invariant($"{Parts[0].CollectiveHosts} ranks")
            : FormattableString.Invariant(
                $"{Parts.Count} groups of {(Parts.All(p => p.CollectiveHosts == most) ? "" : "up to ")}{Parts.Max(p => p.CollectiveHosts)}"
            );

    private static string Size(long bytes) => Units.DataSize.FromBytes(Math.Max(1, bytes)).ToString();

    /// <summary>
    /// The network as it is when those who take part differ in rate; else, in one pool, with the second half of their nodes at half their
    /// rate, as an older generation would be. Null, with the reason in the note, when there are no two rates to be had.
    /// </summary>
    private Testbed? TwoRates()
    {
        (DesignedNetwork designed, NetworkDescription network, int[] hosts) = (Bed.Designed!, Bed.Network, _hosts);
        double[] rates = network.HostRates();
        double least = hosts.Min(h => rates[h]),
            most = hosts.Max(h => rates[h]);
        if (least < most)
        {
            Note = FormattableString.Invariant($"NICs of {least / 1e9:0.#} and {most / 1e9:0.#} Gb/s");
            return Bed;
        }

        int[] nodes = [.. hosts.Select(h => designed.NodeOfHost[h]).Distinct().Order()];
        if (nodes.Select(n => Bed.Design!.Network.GroupOf(n).Pool).Distinct().Count() > 1)
        {
            Note = FormattableString.Invariant($"both pools have NICs of {most / 1e9:0.#} Gb/s");
            return null;
        }

        if (nodes.Length < 2)
        {
            Note = "one node has cards of one rate";
            return null;
        }

        Note = FormattableString.Invariant($"half of the nodes at {SlowShare:0.#} of their NIC rate");
        int first = nodes[nodes.Length / 2];
        return Bed.With(
            network.With([
                .. network.Links.Select(l =>
                    l.A.IsHost && designed.NodeOfHost[l.A.Index] >= first ? l with { RateFraction = SlowShare } : l
                ),
            ])
        );
    }

    /// <summary>A cable between leaf and spine with all that it carries, or a whole spine.</summary>
    private Fault? Break(bool cable, SimTime at)
    {
        DesignedNetwork designed = Bed.Designed!;
        if (!cable)
        {
            for (int s = 0; s < designed.Network.Switches.Count; s++)
            {
                if (designed.Network.Switches[s].Tier == 1)
                {
                    return Fault.OfSwitch(designed.Network, s, at);
                }
            }

            return null;
        }

        LinkClass? uplinks = designed.Fabric.LinkClasses.FirstOrDefault(c =>
            c is { From: Tier.Leaf, To: not Tier.External, Links.Length: > 0 }
        );
        if (uplinks is null)
        {
            return null;
        }

        CablePlan plan = Bed.Design!.Cables;
        int first = plan.CableOfLink[uplinks.Index][0];
        return new(at, first < 0 ? [designed.LinkOf(uplinks.Index, 0)] : designed.LinksOfCable(first), 0);
    }
}
