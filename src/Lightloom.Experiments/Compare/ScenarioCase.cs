using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Topology;

namespace Lightloom.Experiments.Compare;

/// <summary>A scenario made ready for one network and one seed: what is sent, what breaks, and what counts.</summary>
/// <remarks>
/// Built from the number of hosts, their pools and rates and the seed alone, so that two designs of the same cluster get the same flows in
/// the same order. Immutable.
/// </remarks>
internal sealed record ScenarioCase
{
    /// <summary>
    /// A pool of one kind is split in two for the two-pool rows: the second half of the nodes runs at this share of its NIC rate.
    /// </summary>
    public const double SlowShare = 0.5;

    /// <summary>A round trip that no design of this size exceeds without load.</summary>
    private const double RoundTripSeconds = 12e-6;

    /// <summary>The network to run on.</summary>
    public required NetworkDescription Network { get; init; }

    /// <summary>What is sent.</summary>
    public required TrafficDescription Traffic { get; init; }

    /// <summary>How many of the flows, from the first, count.</summary>
    public required int Counted { get; init; }

    /// <summary>What breaks.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Seconds that no network can beat: the busiest counted card's payload at its rate.</summary>
    public required double BoundSeconds { get; init; }

    /// <summary>What to say of how it was made; empty when there is nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Makes a scenario; null with a reason when the design cannot run it.</summary>
    public static ScenarioCase? Of(
        string key,
        ClusterDesign design,
        DesignedNetwork designed,
        int xpus,
        ulong seed,
        CompareOptions options,
        out string reason
    )
    {
        reason = "";
        NetworkDescription network = designed.Network;
        // XPUs that share a card take part as one.
        int[] hosts = [.. designed.HostOfXpu.Take(xpus).Distinct()];
        if (hosts.Length < 2)
        {
            reason = "one network card has nobody to send to";
            return null;
        }

        // Equal terms: where XPUs share a card, it carries the data of all of them. Reduced data it carries once, as they reduce among
        // themselves first.
        int sharing = (Math.Min(xpus, designed.HostOfXpu.Count) + hosts.Length - 1) / hosts.Length;
        new Random((int)(seed * 2_654_435_761 % int.MaxValue)).Shuffle(hosts);
        long bytes = options.Bytes,
            carried = sharing * bytes;
        string note = "";
        IReadOnlyList<Fault> faults = [];
        List<TrafficDescription> parts = [];
        int counted = int.MaxValue;
        switch (key)
        {
            case "permutation":
                parts.Add(Workload.Create("permutation", hosts, carried, seed));
                break;
            case "incast":
                int senders = Math.Min(options.IncastSenders, hosts.Length - 1);
                parts.Add(Workload.Create("incast", hosts[..(senders + 1)], Math.Max(1, carried / 4)));
                note = FormattableString.Invariant($"{senders} to 1, {Size(carried / 4)} each");
                break;
            case "all-to-all":
                parts.AddRange(
                    Groups(hosts, options.AllToAllRanks)
                        .Select(g => Workload.Create("all-to-all", g, carried, window: Window(network, carried, g.Length)))
                );
                note = Grouped(parts, options.AllToAllRanks);
                break;
            case "all-reduce-ring":
                parts.AddRange(Groups(hosts, options.RingRanks).Select(g => Workload.Create("all-reduce-ring", g, Math.Max(1, bytes / 2))));
                note = Grouped(parts, options.RingRanks) + ", " + Size(bytes / 2);
                break;
            case "all-reduce-halving-doubling":
                parts.AddRange(HalvingDoubling(hosts, options, bytes));
                note = Grouped(parts, options.HalvingRanks) + ", " + Size(bytes / 2);
                break;
            case "one-job" or "two-jobs":
                int half = hosts.Length / 2;
                if (half < 2)
                {
                    reason = "too few network cards for two jobs";
                    return null;
                }

                parts.AddRange(HalvingDoubling(hosts[..half], options, bytes));
                counted = parts.Sum(p => p.Flows.Count);
                if (key == "two-jobs")
                {
                    // Twice the bytes, so that the neighbour is still busy when the counted job ends.
                    parts.AddRange(
                        Groups(hosts[half..], options.AllToAllRanks)
                            .Select(g => Workload.Create("all-to-all", g, 2 * carried, window: Window(network, 2 * carried, g.Length)))
                    );
                }

                break;
            case "two-pools" or "two-pools-by-rate" or "two-pools-all-reduce" or "two-pools-all-reduce-by-rate":
                if (TwoRates(design, designed, hosts, out note) is not { } uneven)
                {
                    reason = note;
                    return null;
                }

                network = uneven;
                double[] rates = network.HostRates();
                bool weighted = key.EndsWith("-by-rate", StringComparison.Ordinal);
                bool reduce = key.StartsWith("two-pools-all-reduce", StringComparison.Ordinal);
                foreach (int[] group in Groups(hosts, reduce ? options.RingRanks : options.AllToAllRanks))
                {
                    double[] mine = [.. group.Select(h => rates[h])];
                    double[] shares =
                        !weighted ? ShardShares.Equal(group.Length)
                        : reduce ? ShardShares.ForAllReduce(mine)
                        : ShardShares.ByRate(mine);
                    parts.Add(
                        reduce
                            ? ShardedWorkload.AllReduce(group, shares, Math.Max(1, bytes / 2))
                            : ShardedWorkload.AllToAll(group, shares, carried, Window(network, carried, group.Length))
                    );
                }

                break;
            case "cable-lost" or "spine-lost":
                parts.Add(Workload.Create("permutation", hosts, carried, seed));
                long at = (long)(1e12 / 3 * 8 * carried / network.HostBitsPerSecond());
                if (Break(key == "cable-lost", design, designed, at) is not { } fault)
                {
                    reason = "one leaf serves all: there is nothing above it to lose";
                    return null;
                }

                faults = [fault];
                note = FormattableString.Invariant(
                    $"{fault.Links.Count} of {network.Links.Count(l => !l.A.IsHost):#,0} fabric links die {at / 1e6:0.#} us in"
                );
                break;
            default:
                throw new ArgumentException($"unknown scenario '{key}'", nameof(key));
        }

        // On rail planes transfers between rails go through the node; that makes two flows of one.
        int whole =
            counted == int.MaxValue ? parts.Count : parts.TakeWhile((_, i) => parts.Take(i + 1).Sum(p => p.Flows.Count) <= counted).Count();
        try
        {
            parts = [.. parts.Select(designed.Routed)];
        }
        catch (ArgumentException e)
        {
            reason = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            return null;
        }

        counted = parts.Take(whole).Sum(p => p.Flows.Count);
        TrafficDescription traffic =
            parts.Count == 1
                ? parts[0]
                : TrafficDescription.Of([.. parts.Select((p, i) => (FormattableString.Invariant($"group-{i}"), p, 0L, 0))]);
        return new()
        {
            Network = network,
            Traffic = traffic,
            Counted = counted,
            Faults = faults,
            Note =
                sharing > 1
                    ? FormattableString.Invariant($"{note}{(note.Length > 0 ? "; " : "")}{sharing} XPUs share a card and take part as one")
                    : note,
            BoundSeconds = Bound(network, traffic, counted),
        };
    }

    // Transfers that each rank of an all-to-all has under way: two round trips of RoundTripSeconds at line rate. From the rate alone, so
    // that every design gets the same.
    private static int Window(NetworkDescription network, long bytes, int ranks) =>
        (int)
            Math.Clamp(
                Math.Ceiling(2 * RoundTripSeconds * network.HostBitsPerSecond() / 8 / Math.Max(1, bytes / (double)ranks)),
                8,
                Math.Max(8, ranks - 1)
            );

    private static double Bound(NetworkDescription network, TrafficDescription traffic, int counted)
    {
        double[] rates = network.HostRates();
        var sent = new long[network.HostCount];
        var received = new long[network.HostCount];
        for (int f = 0; f < counted; f++)
        {
            sent[traffic.Flows[f].Source] += traffic.Flows[f].Bytes;
            received[traffic.Flows[f].Destination] += traffic.Flows[f].Bytes;
        }

        double worst = 0;
        for (int h = 0; h < rates.Length; h++)
        {
            worst = Math.Max(worst, 8 * Math.Max(sent[h], received[h]) / rates[h]);
        }

        return worst;
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

    private static IEnumerable<TrafficDescription> HalvingDoubling(int[] hosts, CompareOptions options, long bytes)
    {
        int size = Math.Min(options.HalvingRanks, 1 << System.Numerics.BitOperations.Log2((uint)Math.Max(2, hosts.Length)));
        for (int g = 0; g < hosts.Length / size; g++)
        {
            yield return Workload.Create("all-reduce-halving-doubling", hosts[(g * size)..((g + 1) * size)], Math.Max(1, bytes / 2));
        }
    }

    private static string Grouped(List<TrafficDescription> parts, int most) =>
        parts.Count == 1
            ? FormattableString.Invariant($"{parts[0].CollectiveHosts} ranks")
            : FormattableString.Invariant(
                $"{parts.Count} groups of {(parts.All(p => p.CollectiveHosts == most) ? "" : "up to ")}{parts.Max(p => p.CollectiveHosts)}"
            );

    private static string Size(long bytes) => Units.DataSize.FromBytes(Math.Max(1, bytes)).ToString();

    /// <summary>
    /// The network as it is when those who take part differ in rate; else, in one pool, with the second half of their nodes at half their
    /// rate, as an older generation would be. Null, with the reason in the note, when there are no two rates to be had.
    /// </summary>
    private static NetworkDescription? TwoRates(ClusterDesign design, DesignedNetwork designed, int[] hosts, out string note)
    {
        NetworkDescription network = designed.Network;
        double[] rates = network.HostRates();
        double least = hosts.Min(h => rates[h]),
            most = hosts.Max(h => rates[h]);
        if (least < most)
        {
            note = FormattableString.Invariant($"NICs of {least / 1e9:0.#} and {most / 1e9:0.#} Gb/s");
            return network;
        }

        int[] nodes = [.. hosts.Select(h => designed.NodeOfHost[h]).Distinct().Order()];
        if (nodes.Select(n => design.Network.GroupOf(n).Pool).Distinct().Count() > 1)
        {
            note = FormattableString.Invariant($"both pools have NICs of {most / 1e9:0.#} Gb/s");
            return null;
        }

        if (nodes.Length < 2)
        {
            note = "one node has cards of one rate";
            return null;
        }

        note = FormattableString.Invariant($"half of the nodes at {SlowShare:0.#} of their NIC rate");
        int first = nodes[nodes.Length / 2];
        return network.With([
            .. network.Links.Select(l => l.A.IsHost && designed.NodeOfHost[l.A.Index] >= first ? l with { RateFraction = SlowShare } : l),
        ]);
    }

    /// <summary>A cable between leaf and spine with all that it carries, or a whole spine.</summary>
    private static Fault? Break(bool cable, ClusterDesign design, DesignedNetwork designed, long at)
    {
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

        LinkClass? uplinks = designed.Fabric.LinkClasses.FirstOrDefault(c => c.From == Tier.Leaf && c.Links.Length > 0);
        if (uplinks is null)
        {
            return null;
        }

        CablePlan plan = design.Cables;
        int first = plan.CableOfLink[uplinks.Index][0];
        return new(at, first < 0 ? [designed.LinkOf(uplinks.Index, 0)] : designed.LinksOfCable(first), 0);
    }
}
