using Lightloom.Simulation.Collectives;
using Lightloom.Training.Machines;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// Collectives between scale-up domains as the designed network carries them, all groups of the kind at once; inside a domain, and for the
/// share that cards and software leave of a rate, as in closed form.
/// </summary>
/// <param name="machine">The XPUs and what software leaves of their rates.</param>
/// <param name="network">What answers for the network.</param>
/// <remarks>Reductions and gathers run one group a rail between domains. Safe to share between threads where the network's answer is.</remarks>
public sealed class DeliveredCollectives(Machine machine, ICollectiveTime network) : ICollectiveTime
{
    private readonly ClosedFormCollectives _closed = new(machine);

    /// <inheritdoc/>
    public int Ranks => network.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        CollectiveTiming closed = _closed.Of(request);
        // A ragged group has no rails of its own; it is rare, and the closed form takes its worst domain.
        if (request.Groups is not RankGroups { Shape: { IsInside: false } group } groups || group.Size % group.Local != 0)
        {
            return closed;
        }

        bool rails = request.Kind is CollectiveKind.AllReduce or CollectiveKind.AllGather or CollectiveKind.ReduceScatter;
        CollectiveTiming between = network.Of(
            rails
                ? new(
                    CollectiveKind.AllGather,
                    DataSize.FromBytes(Math.Max(1, request.Size.Bytes / group.Local)),
                    groups.Rails,
                    CollectiveAlgorithm.Ring
                )
                : request with
                {
                    Algorithm = closed.Algorithm,
                }
        );
        double fixedTime = between.Fixed.Seconds;
        double moving = fixedTime + ((between.Time.Seconds - fixedTime) / machine.Xpu.Generation.NetworkShare.Value);
        double software =
            machine.Xpu.Generation.Message.Value.Seconds * (rails ? Math.Min(group.Domains - 1, 2 * Math.Log2(group.Domains)) : 1);
        double inside = rails ? _closed.Inside(group, request.Size.Bytes) : 0;
        int times = request.Kind == CollectiveKind.AllReduce ? 2 : 1;
        return closed with
        {
            Time = SimTime.FromSeconds((Math.Max(moving, inside) + software) * times),
            Fixed = SimTime.FromSeconds((fixedTime + software) * times),
            Bound = inside > moving ? LinkKinds.InWords(LinkKind.ScaleUp) : closed.Bound,
            Error = between.Error,
        };
    }
}
