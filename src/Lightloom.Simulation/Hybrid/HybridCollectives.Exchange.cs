using System.Numerics;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Hybrid;

/// <summary>Exchanges of every rank with every other: the first rounds in packets, the others as those.</summary>
public sealed partial class HybridCollectives
{
    /// <summary>Ranks that began together have spread over some rounds by a quarter of these; what still changes then shows by their half.</summary>
    private const int FirstRounds = 256;

    /// <summary>At least so many times the transfers that a rank has under way.</summary>
    private const int WindowsShown = 8;

    /// <summary>
    /// Where more packets than that share are sent again, some rank waits for a timeout now and then, which no part of the rounds foretells.
    /// </summary>
    private const double MostSentAgain = 0.02;

    /// <summary>By how much the rate of later rounds differed from that of the first at most, where both were measured.</summary>
    private const double LaterRounds = 0.02;

    private CollectiveTiming Exchange(long bytes)
    {
        int n = _hosts[0].Length,
            window = WindowOf(bytes, n);
        long piece = (bytes + n - 1) / n;
        long shown = Math.Max(FirstRounds, BitOperations.RoundUpToPowerOf2((uint)Math.Min(n, WindowsShown * (long)window)));
        // Large transfers say more by a part of their bytes than by a part of the rounds.
        for (bool again = _extrapolates && piece * WorthIt <= SmallestFlow; again && shown * WorthIt <= n; shown *= 2)
        {
            (double time, double error, again) = FromRounds(piece, (int)shown, window);
            if (error > 0)
            {
                RanAll = false;
                return new CollectiveTiming(SimTime.FromPicoseconds((long)time), SimTime.Zero, CollectiveAlgorithm.Pairwise, "")
                {
                    Error = error,
                };
            }
        }
        return BySize(CollectiveKind.AllToAll, bytes, CollectiveAlgorithm.Pairwise);
    }

    // The answer of so many rounds and how good it is, 0 where they say nothing; and whether more rounds could.
    private (double Time, double Error, bool Again) FromRounds(long piece, int rounds, int window)
    {
        int n = _hosts[0].Length;
        SimulationResult result = Run(Rounds(piece, rounds, window));
        if (result.Packets.Retransmitted > MostSentAgain * result.Packets.Sent)
        {
            return (0, 0, false);
        }
        double time = 0,
            rate = 0,
            late = 0;
        for (int g = 0; g < _hosts.Length; g++)
        {
            var starts = new long[n * rounds];
            var ends = new long[n];
            for (int i = 0; i < starts.Length; i++)
            {
                FlowResult flow = result.Flows[g * starts.Length + i];
                starts[i] = flow.Start!.Value.Picoseconds;
                ends[i / rounds] = Math.Max(ends[i / rounds], flow.Finish!.Value.Picoseconds);
            }
            ExchangePace pace = ExchangePace.Of(starts, ends, rounds, n - 1);
            (time, rate, late) = (Math.Max(time, pace.Finish), Math.Max(rate, pace.RateError), Math.Max(late, pace.LateError));
        }
        return rate <= 2 * Steady && late <= 2 * Steady ? (time, LaterRounds + rate + late, false) : (0, 0, true);
    }

    private TrafficDescription Rounds(long piece, int rounds, int window)
    {
        int n = _hosts[0].Length;
        long flowsInAll = checked((long)n * rounds * _hosts.Length),
            triggersInAll = (long)n * _hosts.Length;
        Ask(new(flowsInAll, triggersInAll, triggersInAll * Math.Min(window, rounds), DataSize.FromBytes(piece)));
        var flows = new List<FlowDescription>((int)flowsInAll);
        var triggers = new List<TriggerDescription>((int)triggersInAll);
        foreach (int[] hosts in _hosts)
        {
            for (int r = 0; r < n; r++)
            {
                triggers.Add(new TriggerDescription(TriggerKind.Multishot, Id: triggers.Count + 1));
                for (int k = 1; k <= rounds; k++)
                {
                    flows.Add(
                        new FlowDescription(
                            hosts[r],
                            hosts[(r + k) % n],
                            DataSize.FromBytes(piece),
                            StartTrigger: k <= window ? -1 : triggers.Count - 1,
                            DoneTrigger: triggers.Count - 1,
                            Id: flows.Count + 1
                        )
                    );
                }
            }
        }
        return new TrafficDescription(flows, triggers) { Name = "all-to-all" };
    }
}
