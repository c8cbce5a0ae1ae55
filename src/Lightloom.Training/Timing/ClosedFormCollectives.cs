using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// Collectives in closed form on a design's own figures: NIC rate, oversubscription of each tier, latency, and which of the bytes pass
/// which tier by the placement of the ranks.
/// </summary>
/// <remarks>
/// Hierarchical rings: a group with k ranks in a domain moves its bytes between domains over the k NICs of those ranks at once, while the
/// scale-up domain moves them inside. Every group of the kind runs at the same time, so a leaf's uplinks carry the share of each NIC's
/// bytes that leaves the leaf. Immutable; safe to share between threads.
/// </remarks>
public sealed class ClosedFormCollectives(Machine machine) : ICollectiveTime
{
    private readonly double _scaleUp = machine.Xpu.ScaleUpRate * machine.Xpu.Generation.ScaleUpShare.Value * machine.Speeds.ScaleUp;
    private readonly double _nic = machine.Xpu.NicRate * machine.Xpu.Generation.NetworkShare.Value * machine.Network.NicShare;
    private readonly double _start = machine.Xpu.Generation.ScaleUpStart.Value.Seconds / machine.Speeds.Latency;
    private readonly double _near = (machine.Xpu.Generation.Message.Value.Seconds + machine.Network.NearLatency) / machine.Speeds.Latency;
    private readonly double _far = (machine.Xpu.Generation.Message.Value.Seconds + machine.Network.FarLatency) / machine.Speeds.Latency;

    /// <inheritdoc/>
    public int Ranks => machine.Network.Xpus;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        CollectiveAlgorithm own = AlgorithmOf(request.Kind);
        return request.Algorithm is { } asked && asked != own
            ? throw new RefusedException(
                $"the closed form runs {CollectiveWords.Kinds.Of(request.Kind)} as {CollectiveWords.Algorithms.Of(own)} only; "
                    + "leave the algorithm open, or ask the fluid engine"
            )
            : Of(request.Kind, ShapeOf(request), request.Size.Bytes);
    }

    /// <summary>The time over groups that lie like that.</summary>
    internal CollectiveTiming Of(CollectiveKind kind, GroupShape group, double bytes)
    {
        double n = group.Size,
            k = group.Local;
        return kind switch
        {
            CollectiveKind.AllReduce => Ring(kind, group, bytes, 2),
            CollectiveKind.AllGather or CollectiveKind.ReduceScatter => Ring(kind, group, bytes, 1),
            CollectiveKind.AllToAll => Slowest(
                kind,
                bytes * (k - 1) / n,
                bytes * (n - k) / n,
                group,
                (group.AllLeafShare, group.AllPodShare),
                1
            ),
            _ => Slowest(kind, group.IsInside ? bytes : 0, group.IsInside ? 0 : bytes, group, (group.RingLeafShare, group.RingPodShare), 1),
        };
    }

    /// <summary>How the ranks of a request lie in the network.</summary>
    internal GroupShape ShapeOf(CollectiveRequest request) =>
        request.Groups is RankGroups known ? known.Shape : GroupShape.Of(machine.Network, request.Groups);

    /// <summary>Seconds that the scale-up domain takes of an all-gather or reduce-scatter.</summary>
    internal double Inside(GroupShape group, double bytes) => group.Local == 1 ? 0 : bytes * (group.Local - 1) / group.Local / _scaleUp;

    private static CollectiveAlgorithm AlgorithmOf(CollectiveKind kind) =>
        kind switch
        {
            CollectiveKind.AllToAll => CollectiveAlgorithm.Pairwise,
            CollectiveKind.SendReceive => CollectiveAlgorithm.Direct,
            CollectiveKind.Broadcast => throw new RefusedException(
                "the closed form has no broadcast; it has all-reduce, all-gather, reduce-scatter, all-to-all and send-recv"
            ),
            _ => CollectiveAlgorithm.Hierarchical,
        };

    private CollectiveTiming Ring(CollectiveKind kind, GroupShape group, double bytes, int times)
    {
        double n = group.Size,
            domains = group.Domains;
        double inside = group.Local == 1 ? 0 : bytes * (group.Local - 1) / group.Local;
        double between = group.IsInside ? 0 : bytes * (domains - 1) / domains / group.Local;
        double steps = group.IsInside ? 0 : Math.Min(domains - 1, 2 * Math.Log2(domains));
        return Slowest(
            kind,
            n == group.Local ? bytes * (n - 1) / n : inside,
            between,
            group,
            (group.RingLeafShare, group.RingPodShare),
            steps,
            times
        );
    }

    private CollectiveTiming Slowest(
        CollectiveKind kind,
        double inside,
        double between,
        GroupShape group,
        (double Leaf, double Pod) shares,
        double steps,
        int times = 1
    )
    {
        double latency = (group.Local > 1 ? _start : 0) + (group.IsInside ? 0 : steps * (shares.Leaf > 0 ? _far : _near));
        double most = 0;
        LinkKind binds = LinkKind.Latency;
        Consider(inside, _scaleUp, LinkKind.ScaleUp);
        Consider(between, _nic * machine.Speeds.HostLeaf, LinkKind.HostLeaf);
        NetworkShape network = machine.Network;
        if (network.LeafOversubscription > 0)
        {
            Consider(between * shares.Leaf, _nic / network.LeafOversubscription * machine.Speeds.LeafSpine, LinkKind.LeafSpine);
        }

        if (network.SpineOversubscription > 0)
        {
            Consider(
                between * shares.Pod,
                _nic / network.SpineOversubscription / Math.Max(1e-9, network.LeafOversubscription) * machine.Speeds.SpineSuperSpine,
                LinkKind.SpineSuperSpine
            );
        }

        return new(
            SimTime.FromSeconds((most + latency) * times),
            SimTime.FromSeconds(latency * times),
            AlgorithmOf(kind),
            LinkKinds.InWords(binds)
        );

        void Consider(double bytes, double rate, LinkKind kind)
        {
            double time = bytes <= 0 ? 0 : bytes / rate;
            if (time > most)
            {
                (most, binds) = (time, kind);
            }
        }
    }
}
