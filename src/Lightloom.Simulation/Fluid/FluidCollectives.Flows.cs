using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>Collectives whose steps overlap, flow by flow on the paths that packets are hashed to.</summary>
public sealed partial class FluidCollectives
{
    // Ranks go on to the next partner as soon as the last has reached them: where they get how far depends on each one's paths.
    private CollectiveTiming WithFlows(CollectiveTiming timing, CollectiveKind kind, DataSize size)
    {
        bool chained = kind == CollectiveKind.AllReduce && timing.Algorithm == CollectiveAlgorithm.HalvingDoubling;
        if (Terms is null || !chained || timing.Flows > MostFlows || _dead is not null || size == DataSize.Zero || CardsAreShared())
        {
            return timing;
        }
        if (!_inFlows.TryGetValue(size.Bytes, out SimTime? real))
        {
            real = _inFlows[size.Bytes] = InFlows(size);
        }
        return real is { } time ? timing with { Calibrated = SimTime.Max(timing.Time, time) } : timing;
    }

    private readonly Dictionary<long, SimTime?> _inFlows = [];

    // A flow between two ranks of one card takes no link, and the pattern knows no rank that waits for another
    // rank's flow of its own card.
    private bool CardsAreShared() => Array.Exists(_hosts, h => h.Distinct().Count() != h.Length);

    private SimTime? InFlows(DataSize size)
    {
        TrafficDescription traffic = TrafficDescription.Of([
            .. _hosts.Select((h, g) => ($"{g}", Workload.Create("all-reduce-halving-doubling", h, size), SimTime.Zero, 0)),
        ]);
        if (FluidSimulator.Last(_network, traffic, _options, Terms!, Cancellation) is not { } end)
        {
            return null;
        }
        double real = end.Picoseconds;
        // The last flow ends when its sender knows; a step when its receiver has it.
        StepLoad last = Solve(Pattern.Exchange, _hosts[0].Length / 2);
        real -= last.Latency + _options.HeaderBytes * (last.PacketByteTime + last.HostByteTime);
        real *= 1 + (Terms!.Overlap - 1) * HostShare();
        return SimTime.FromPicoseconds((long)Math.Round(real));
    }

    // Of the time of a halving-doubling that which hosts' links would take: hosts that the fabric holds up have room for two steps' flows.
    private double HostShare()
    {
        (double host, double all) = (0, 0);
        for (int distance = _hosts[0].Length / 2, part = 2; distance >= 1; distance /= 2, part *= 2)
        {
            StepLoad load = Solve(Pattern.Exchange, distance);
            host += load.HostByteTime / part;
            all += load.ByteTime / part;
        }
        return all <= 0 ? 1 : Math.Min(1, host / all);
    }
}
