using Lightloom.Simulation.Collectives;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Timing;

/// <summary>
/// Collectives between scale-up domains by max-min fair rates on every link of the designed network, all groups of the kind at once; inside
/// a domain, and for the share that cards and software leave of a rate, as in closed form.
/// </summary>
/// <param name="machine">The XPUs and what software leaves of their rates.</param>
/// <param name="network">The network.</param>
/// <param name="ranks">Where ranks are.</param>
/// <param name="rule">How they were placed.</param>
/// <param name="calibrated">Whether the cluster's transport and load balancing add what was measured of them.</param>
/// <remarks>Safe to share between threads.</remarks>
public sealed class FluidTimer(Machine machine, FluidNetwork network, RankMap ranks, PlacementRule rule, bool calibrated = false)
    : ICollectiveTimer
{
    private readonly ClosedFormTimer _closed = new(machine);

    /// <inheritdoc/>
    public string Name => "fluid";

    /// <inheritdoc/>
    public CollectiveTime Time(Collective collective, GroupShape group, double bytes)
    {
        CollectiveTime closed = _closed.Time(collective, group, bytes);
        // A ragged group has no rails of its own; it is rare, and the closed form takes its worst domain.
        bool ragged = group.Size % group.Local != 0;
        if (group.IsInside || bytes <= 0 || group.Size <= 1 || ragged)
        {
            return closed;
        }

        bool rails = collective is Collective.AllReduce or Collective.AllGather or Collective.ReduceScatter;
        double carried =
            rails ? bytes / group.Local
            : collective == Collective.AllToAll ? bytes * group.Size / (group.Size - 1)
            : bytes;
        (double fixedTime, double perByte) = network.RateOf(KindOf(collective), group, ranks, rule, rails, calibrated ? carried : null);
        double between = fixedTime + (carried * perByte / machine.Xpu.Generation.NetworkShare.Value);
        double software =
            machine.Xpu.Generation.Message.Value.Seconds * (rails ? Math.Min(group.Domains - 1, 2 * Math.Log2(group.Domains)) : 1);
        double inside = rails ? _closed.Inside(group, bytes) : 0;
        double time = (Math.Max(between, inside) + software) * (collective == Collective.AllReduce ? 2 : 1);
        return closed with { Seconds = time, Binds = inside > between ? LinkKind.ScaleUp : closed.Binds };
    }

    private static CollectiveKind KindOf(Collective collective) =>
        collective switch
        {
            Collective.AllToAll => CollectiveKind.AllToAll,
            Collective.Send => CollectiveKind.SendReceive,
            _ => CollectiveKind.AllGather,
        };
}
