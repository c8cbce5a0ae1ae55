using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <content>Two leaves without a spine, joined by peer links: every node has ports on both.</content>
internal sealed partial class PlaneSizer
{
    private readonly HeldPorts _heldOfPair =
        request.PeerLinks > 0
            ? request.Held.Leaf.Holding([new(null, request.PeerLinks, OwnPlugs: false), .. request.Held.Leaf.Outward])
            : HeldPorts.None;

    private PlanePlan? PairOfLeaves(SwitchModel leaf, out Rejection? why)
    {
        why = null;
        if (request.Scheduled || request.Redundancy.Leaf > 2)
        {
            why = new(
                RejectionCode.Tiers,
                request.Scheduled
                    ? "leaves of a switch-scheduled fabric are joined by fabric elements, not by peer_links"
                    : $"peer_links join two leaves, and redundancy asks for {request.Redundancy.Leaf}"
            );
            return null;
        }

        List<PlanUnit> units = [];
        List<LeafShare> shares = [];
        List<(DataRate Rate, DataRate? Lane, int[] Used)> divisions = [];
        for (int g = 0; g < request.Groups.Count; g++)
        {
            EndpointGroup group = request.Groups[g];
            DataRate? lane = request.LaneFor(group, leaf);
            int division = divisions.FindIndex(d => d.Rate == group.Rate && d.Lane == lane);
            if (division < 0)
            {
                division = divisions.Count;
                divisions.Add((group.Rate, lane, [0, 0]));
            }

            int[] used = divisions[division].Used;
            int built = request.BuiltNodes(group);
            units.Add(new(g, group.FirstNode, group.Nodes, built));
            (LeafShare first, LeafShare second, int onFirst, int onSecond) = ShareOfPair(g, group, built);
            shares.Add(first with { FirstPort = used[0], Division = division });
            shares.Add(second with { Leaf = 1, FirstPort = used[1], Division = division });
            used[0] += onFirst;
            used[1] += onSecond;
        }

        // Both leaves are divided alike, for the one that has more of a rate.
        (DataRate Rate, DataRate? Lane, int Ports)[] wanted = [.. divisions.Select(d => (d.Rate, d.Lane, d.Used.Max()))];
        if (
            (wanted.Length == 1 ? PairOfOneRate(leaf, wanted[0], out why) : PairOfSeveral(leaf, wanted, out why))
            is not
            (var ports, var most)
        )
        {
            return null;
        }

        OutwardPorts peers = ports.Outward[0];
        double below =
            Enumerable.Range(0, 2).Max(l => divisions.Sum(d => d.Used[l] * d.Rate.Gbps)) / (peers.Ports * peers.Division.Rate.Gbps);
        return new()
        {
            Leaves = new()
            {
                Groups = request.Groups,
                Units = units,
                Shares = [.. shares.Where(s => s.Count(units) > 0)],
                Ports = [ports, ports],
            },
            Tiers = 1,
            PeerLinks = peers.Ports,
            PeerRatio = Math.Round(below, 4),
            MaxXpus = Math.Max(XpusOf(most), XpusOf(_ports)),
            Explain = () =>
                [
                    $"two leaves without a spine: {Listed.InWords(divisions.Select(d => FormattableString.Invariant($"{d.Used[0]} and {d.Used[1]} ports of {d.Rate}")))} on "
                        + (
                            divisions.Count == 1
                                ? FormattableString.Invariant($"{ports.DownPorts} of {leaf.Id} each{Beside(ports)}, ")
                                : $"{leaf.Id}, with cages of their own for each rate, "
                        )
                        + FormattableString.Invariant(
                            $"joined by {peers.Ports} links of {peers.Division.Rate}: {below:0.##} to 1 for traffic between them"
                        ),
                ],
        };
    }

    /// <summary>Leaves of a pair with all their cages for hosts of one rate, and the ports of both.</summary>
    private (PortPlan Ports, double Most)? PairOfOneRate(
        SwitchModel leaf,
        (DataRate Rate, DataRate? Lane, int Ports) wanted,
        out Rejection? why
    )
    {
        (DataRate rate, DataRate? lane, int needed) = wanted;
        if (cache.AllDown(leaf, rate, PortPurpose.Network, _heldOfPair, out string reason, lane) is not { } ports)
        {
            why = new(RejectionCode.Ports, reason);
            return null;
        }

        why =
            needed <= ports.DownPorts
                ? null
                : new(
                    RejectionCode.Radix,
                    $"two leaves of {leaf.Id} have {ports.DownPorts} ports of {rate} each beside {ports.Outward[0].Ports} peer links{Beside(ports)}, and "
                        + $"{needed} are needed"
                );
        return why is null ? (ports, 2.0 * ports.DownPorts) : null;
    }

    /// <summary>The same with cages of their own for hosts of each rate and lane.</summary>
    private (PortPlan Ports, double Most)? PairOfSeveral(
        SwitchModel leaf,
        IReadOnlyList<(DataRate Rate, DataRate? Lane, int Ports)> wanted,
        out Rejection? why
    )
    {
        if (CagesOfEach(leaf, wanted, _heldOfPair, out int times, out string reason) is not { } ports)
        {
            why = new(RejectionCode.Radix, $"two leaves do not serve hosts of several rates: {reason}");
            return null;
        }

        why = null;
        return (ports, _ports * times);
    }

    /// <summary>What each of the two leaves serves of a group, as on the first leaf, and how many ports that takes.</summary>
    private (LeafShare First, LeafShare Second, int OnFirst, int OnSecond) ShareOfPair(int g, EndpointGroup group, int built)
    {
        LeafShare all = new(0, g, g, 0, group.FirstRail, group.Rails, 0, group.Rails, -1, -1);
        int larger = (group.Rails + 1) / 2,
            smaller = group.Rails / 2;
        if (group.Rails == 1 || (request is { Sides: 1, RailOptimized: false }))
        {
            // Whole nodes on either leaf, half and half.
            int half = (built + 1) / 2 * group.Rails;
            int present = Math.Min(half, (int)group.Endpoints);
            LeafShare run = all with { RailTo = 0, EndpointFrom = 0, EndpointTo = present };
            return (run, run with { EndpointFrom = present, EndpointTo = (int)group.Endpoints }, half, (built * group.Rails) - half);
        }

        if (request.RailOptimized || group.Rails % 2 == 0)
        {
            return (all with { RailTo = larger }, all with { RailFrom = larger }, larger * built, smaller * built);
        }

        // Neighbouring nodes bring their odd port to either leaf in turn.
        int pairs = group.Nodes / 2 * group.Rails,
            odd = group.Nodes % 2;
        LeafShare turn = all with { RailTo = 0, EndpointFrom = 0, Side = 1, EndpointTo = pairs + (odd * larger) };
        return (
            turn,
            turn with
            {
                Side = 2,
                EndpointTo = pairs + (odd * smaller),
            },
            (built / 2 * group.Rails) + (built % 2 * larger),
            (built / 2 * group.Rails) + (built % 2 * smaller)
        );
    }
}
