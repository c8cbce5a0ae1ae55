using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Hybrid;

/// <summary>Rings: the first steps in packets, the others as those.</summary>
public sealed partial class HybridCollectives
{
    private const int FirstSteps = 32;

    /// <summary>Where ranks of a ring that began together have got away from one another.</summary>
    private const int StepsToSpread = 256;

    /// <summary>Where more transfers than that are under way beside the one before of the same rank, a rank's times say little.</summary>
    private const double MostOverlaps = 0.05;

    /// <summary>There at least so many steps are run.</summary>
    private const int OverlappingSteps = 128;

    /// <summary>Steps of the runs that begin there but the first, which begins at rest to show where that is.</summary>
    private static readonly int[] SpreadRuns = [4, 8, 16, 16, 32];

    private CollectiveTiming Ring(CollectiveKind kind, long bytes)
    {
        int n = _hosts[0].Length;
        long steps = (kind == CollectiveKind.AllReduce ? 2L : 1L) * (n - 1);
        long piece = (bytes + n - 1) / n;
        (double Time, double Error)? found =
            !_extrapolates || FirstSteps * WorthIt / 2 > steps ? (Last(Run(Steps(piece, checked((int)steps), null))), 0)
            : _hosts.Max(h => Wire(piece, h)) < _network.DiameterLatency().Picoseconds ? SpreadOut(piece, steps)
            : null;
        RanAll = found is { Error: 0 };
        (double time, double error) = found ?? FromRest(piece, steps);
        return new CollectiveTiming(SimTime.FromPicoseconds((long)time), SimTime.Zero, CollectiveAlgorithm.Ring, "")
        {
            Steps = steps,
            Flows = checked(steps * n * _among),
            Error = error,
        };
    }

    private (double Time, double Error) FromRest(long piece, long steps)
    {
        bool holds = true;
        for (int shown = FirstSteps; ; shown = holds ? 2 * shown : Math.Max(2 * shown, OverlappingSteps))
        {
            RanAll = (long)shown * WorthIt / 2 > steps;
            SimulationResult result = Run(Steps(piece, RanAll ? (int)steps : shown, null));
            if (RanAll)
            {
                return (Last(result), 0);
            }
            double paced = 0,
                before = 0,
                replayed = 0,
                overlaps = 0;
            for (int g = 0; g < _hosts.Length; g++)
            {
                int n = _hosts[g].Length;
                (long[] starts, long answer) = StartsOf(result, g, shown);
                paced = Math.Max(paced, RingPace.Of(starts, n, shown / 2 - 1, shown - 1).Finish(steps) + answer);
                before = Math.Max(before, RingPace.Of(starts, n, shown / 4 - 1, shown / 2 - 1).Finish(steps) + answer);
                replayed = Math.Max(replayed, new RingReplay(starts, n, Wire(piece, _hosts[g])).Finish(steps, Cancellation) + answer);
                overlaps = Math.Max(overlaps, SpreadRing.Of(starts, n, Wire(piece, _hosts[g])).Overlaps);
            }
            // The replay errs on either side of the pace, and does not hold where transfers overlap: there more steps are asked of the pace.
            holds = overlaps <= MostOverlaps;
            double error = Math.Max(Math.Abs(paced / before - 1), holds ? Math.Abs(paced / replayed - 1) / 2 : 0);
            if (error <= Steady && (holds || shown >= OverlappingSteps))
            {
                return (paced, Math.Max(error, double.Epsilon));
            }
        }
    }

    // Transfers that are shorter than their way: ranks that begin together meet on links as they never do again once each has its own
    // rhythm, which takes hundreds of steps. So packets are run from where the ranks would then be.
    private (double Time, double Error)? SpreadOut(long piece, long steps)
    {
        long[][]? starts = null;
        double before = -1;
        foreach (int run in SpreadRuns)
        {
            if (run * WorthIt > steps)
            {
                break;
            }
            SimulationResult result = Run(Steps(piece, run, starts));
            double time = 0;
            starts ??= new long[_hosts.Length][];
            for (int g = 0; g < starts.Length; g++)
            {
                (long[] shown, long answer) = StartsOf(result, g, run);
                SpreadRing ring = SpreadRing.Of(shown, _hosts[g].Length, Wire(piece, _hosts[g]));
                if (ring.Overlaps > MostOverlaps)
                {
                    return null;
                }
                starts[g] = ring.StartsOf(Math.Min(steps / 2, StepsToSpread), Cancellation);
                time = Math.Max(time, RingPace.Of(shown, _hosts[g].Length, run / 4, run - 1).FinishOfAll(steps) + answer);
            }
            if (before > 0 && Math.Abs(time / before - 1) is var error and <= Steady)
            {
                return (time, Math.Max(error, double.Epsilon));
            }
            before = time;
        }
        return null;
    }

    // When each rank of a group began each of the first steps, and the least from a receipt to the sender's last acknowledgement.
    private (long[] Starts, long Answer) StartsOf(SimulationResult packets, int group, int run)
    {
        int n = _hosts[group].Length,
            first = group * run * n;
        var starts = new long[run * n];
        long answer = long.MaxValue;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = packets.Flows[first + i].Start!.Value.Picoseconds;
        }
        for (int i = 0; i < (run - 1) * n; i++)
        {
            long received = starts[(i / n + 1) * n + (i % n + 1) % n];
            answer = Math.Min(answer, packets.Flows[first + i].Finish!.Value.Picoseconds - received);
        }
        return (starts, Math.Max(0, answer));
    }

    private TrafficDescription Steps(long piece, int steps, long[][]? starts)
    {
        int n = _hosts[0].Length;
        long flowsInAll = checked((long)steps * n * _hosts.Length),
            waiting = flowsInAll - (long)n * _hosts.Length;
        Ask(new(flowsInAll, waiting, (long)n * _hosts.Length, DataSize.FromBytes(piece)));
        var flows = new List<FlowDescription>((int)flowsInAll);
        var triggers = new List<TriggerDescription>((int)waiting);
        for (int g = 0; g < _hosts.Length; g++)
        {
            int first = triggers.Count;
            for (int step = 0; step < steps; step++)
            {
                for (int r = 0; r < n; r++)
                {
                    flows.Add(
                        new FlowDescription(
                            _hosts[g][r],
                            _hosts[g][(r + 1) % n],
                            DataSize.FromBytes(piece),
                            SimTime.FromPicoseconds(step == 0 && starts is not null ? starts[g][r] : 0),
                            StartTrigger: step == 0 ? -1 : first + (step - 1) * n + r,
                            ReceivedTrigger: step == steps - 1 ? -1 : first + step * n + (r + 1) % n,
                            Id: flows.Count + 1
                        )
                    );
                    if (step < steps - 1)
                    {
                        triggers.Add(new TriggerDescription(TriggerKind.Oneshot, Id: triggers.Count + 1));
                    }
                }
            }
        }
        return new TrafficDescription(flows, triggers) { Name = "all-reduce-ring" };
    }

    // What a piece takes at the rate of the fastest host.
    private long Wire(long piece, int[] hosts)
    {
        _rates ??= _network.HostRates();
        return (long)(_options.WireSizeOf(DataSize.FromBytes(piece)).Bytes * 8e12 / hosts.Max(h => _rates[h]));
    }

    private double[]? _rates;
}
