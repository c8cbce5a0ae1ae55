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
        DataRate rate = request.Groups[0].Rate;
        if (request.Groups.Any(g => g.Rate != rate))
        {
            why = new(RejectionCode.MixedRates, "hosts of several rates do not share one pair of leaves");
            return null;
        }

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

        if (cache.AllDown(leaf, rate, PortPurpose.Network, _heldOfPair, out string reason) is not { } ports)
        {
            why = new(RejectionCode.Ports, reason);
            return null;
        }

        List<PlanUnit> units = [];
        List<LeafShare> shares = [];
        int[] used = [0, 0];
        for (int g = 0; g < request.Groups.Count; g++)
        {
            EndpointGroup group = request.Groups[g];
            int built = request.BuiltNodes(group);
            units.Add(new(g, group.FirstNode, group.Nodes, built));
            (LeafShare first, LeafShare second, int onFirst, int onSecond) = ShareOfPair(g, group, built);
            shares.Add(first with { FirstPort = used[0] });
            shares.Add(second with { Leaf = 1, FirstPort = used[1] });
            used[0] += onFirst;
            used[1] += onSecond;
        }

        OutwardPorts peers = ports.Outward[0];
        if (used.Max() > ports.DownPorts)
        {
            why = new(
                RejectionCode.Radix,
                $"two leaves of {leaf.Id} have {ports.DownPorts} ports of {rate} each beside {peers.Ports} peer links{Beside(ports)}, and "
                    + $"{used.Max()} are needed"
            );
            return null;
        }

        double below = used.Max() * rate.Gbps / (peers.Ports * peers.Division.Rate.Gbps);
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
            MaxXpus = Math.Max(XpusOf(2.0 * ports.DownPorts), XpusOf(_ports)),
            Explain = () =>
                [
                    FormattableString.Invariant(
                        $"two leaves without a spine: {used[0]} and {used[1]} ports of {rate} on {ports.DownPorts} of {leaf.Id} each{Beside(ports)}, "
                    )
                        + FormattableString.Invariant(
                            $"joined by {peers.Ports} links of {peers.Division.Rate}: {below:0.##} to 1 for traffic between them"
                        ),
                ],
        };
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
