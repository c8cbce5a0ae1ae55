using Lightloom.Training.Machines;

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
public sealed class ClosedFormTimer(Machine machine) : ICollectiveTimer
{
    private readonly double _scaleUp = machine.Xpu.ScaleUpRate * machine.Xpu.Generation.ScaleUpShare.Value * machine.Speeds.ScaleUp;
    private readonly double _nic = machine.Xpu.NicRate * machine.Xpu.Generation.NetworkShare.Value * machine.Network.NicShare;
    private readonly double _start = machine.Xpu.Generation.ScaleUpStart.Value.Seconds / machine.Speeds.Latency;
    private readonly double _near = (machine.Xpu.Generation.Message.Value.Seconds + machine.Network.NearLatency) / machine.Speeds.Latency;
    private readonly double _far = (machine.Xpu.Generation.Message.Value.Seconds + machine.Network.FarLatency) / machine.Speeds.Latency;

    /// <inheritdoc/>
    public string Name => "closed-form";

    /// <inheritdoc/>
    public CollectiveTime Time(Collective collective, GroupShape group, double bytes)
    {
        if (group.Size <= 1 || bytes <= 0)
        {
            return CollectiveTime.None;
        }

        double n = group.Size,
            k = group.Local;
        return collective switch
        {
            Collective.AllReduce => Sum(Ring(group, bytes), 2),
            Collective.AllGather or Collective.ReduceScatter => Ring(group, bytes),
            Collective.AllToAll => Slowest(
                bytes * (k - 1) / (n - 1),
                bytes * (n - k) / (n - 1),
                group,
                group.AllLeafShare,
                group.AllPodShare,
                1
            ),
            _ => Slowest(group.IsInside ? bytes : 0, group.IsInside ? 0 : bytes, group, group.RingLeafShare, group.RingPodShare, 1),
        };
    }

    /// <summary>Seconds that the scale-up domain takes of an all-gather or reduce-scatter.</summary>
    internal double Inside(GroupShape group, double bytes) => group.Local == 1 ? 0 : bytes * (group.Local - 1) / group.Local / _scaleUp;

    private CollectiveTime Ring(GroupShape group, double bytes)
    {
        double n = group.Size,
            domains = group.Domains;
        double inside = group.Local == 1 ? 0 : bytes * (group.Local - 1) / group.Local;
        double between = group.IsInside ? 0 : bytes * (domains - 1) / domains / group.Local;
        double steps = group.IsInside ? 0 : Math.Min(domains - 1, 2 * Math.Log2(domains));
        return Slowest(n == group.Local ? bytes * (n - 1) / n : inside, between, group, group.RingLeafShare, group.RingPodShare, steps);
    }

    private CollectiveTime Slowest(double inside, double between, GroupShape group, double leafShare, double podShare, double steps)
    {
        double latency = (group.Local > 1 ? _start : 0) + (group.IsInside ? 0 : steps * (leafShare > 0 ? _far : _near));
        double most = 0;
        LinkKind binds = LinkKind.Latency;
        Consider(inside, _scaleUp, LinkKind.ScaleUp);
        Consider(between, _nic * machine.Speeds.HostLeaf, LinkKind.HostLeaf);
        NetworkShape network = machine.Network;
        if (network.LeafOversubscription > 0)
        {
            Consider(between * leafShare, _nic / network.LeafOversubscription * machine.Speeds.LeafSpine, LinkKind.LeafSpine);
        }

        if (network.SpineOversubscription > 0)
        {
            Consider(
                between * podShare,
                _nic / network.SpineOversubscription / Math.Max(1e-9, network.LeafOversubscription) * machine.Speeds.SpineSuperSpine,
                LinkKind.SpineSuperSpine
            );
        }

        return new(most + latency, latency > most ? LinkKind.Latency : binds, !group.IsInside);

        void Consider(double bytes, double rate, LinkKind kind)
        {
            double time = bytes <= 0 ? 0 : bytes / rate;
            if (time > most)
            {
                (most, binds) = (time, kind);
            }
        }
    }

    private static CollectiveTime Sum(CollectiveTime one, int times) => one with { Seconds = one.Seconds * times };
}
