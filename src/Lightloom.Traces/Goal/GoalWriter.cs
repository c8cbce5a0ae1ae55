using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Goal;

/// <summary>Writes GOAL text: of a traffic of flows and triggers, or of a trace.</summary>
public static class GoalWriter
{
    /// <summary>
    /// Writes traffic: a send and a receive for each flow, and for what a trigger starts a requirement on what activates it.
    /// </summary>
    /// <param name="traffic">The traffic.</param>
    /// <param name="hosts">The hosts that take part, in the order of their ranks.</param>
    /// <param name="to">Where to.</param>
    /// <returns>What the format could not say, as sentences.</returns>
    /// <exception cref="RefusedException">The format cannot hold it.</exception>
    public static IReadOnlyList<string> Write(TrafficDescription traffic, IReadOnlyList<int> hosts, TextWriter to)
    {
        if (traffic.Operations is not null)
        {
            throw new RefusedException("a replayed trace is a trace already; lightloom import writes it as goal");
        }

        Dictionary<int, int> rankOf = [];
        foreach (int host in hosts)
        {
            rankOf.TryAdd(host, rankOf.Count);
        }

        Waits waits = new(traffic);
        var flowsOf = new List<(int Flow, bool Sends)>[rankOf.Count];
        for (int r = 0; r < flowsOf.Length; r++)
        {
            flowsOf[r] = [];
        }

        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            flowsOf[rankOf[flow.Source]].Add((f, true));
            flowsOf[rankOf[flow.Destination]].Add((f, false));
        }

        to.Write(FormattableString.Invariant($"num_ranks {rankOf.Count}\n"));
        for (int rank = 0; rank < flowsOf.Length; rank++)
        {
            to.Write(FormattableString.Invariant($"\nrank {rank} {{\n"));
            foreach ((int f, bool sends) in flowsOf[rank])
            {
                FlowDescription flow = traffic.Flows[f];
                if (sends && flow.Start.Picoseconds > 0)
                {
                    to.Write(FormattableString.Invariant($"c{f}: calc {flow.Start.Picoseconds / 1000}\n"));
                }

                to.Write(
                    sends
                        ? FormattableString.Invariant($"s{f}: send {flow.Size.Bytes}b to {rankOf[flow.Destination]} tag {f}\n")
                        : FormattableString.Invariant($"r{f}: recv {flow.Size.Bytes}b from {rankOf[flow.Source]} tag {f}\n")
                );
                if (sends && flow.Start.Picoseconds > 0)
                {
                    to.Write(FormattableString.Invariant($"s{f} requires c{f}\n"));
                }
            }

            foreach ((int f, bool sends) in flowsOf[rank])
            {
                foreach (string on in sends ? waits.Of(f, rank, rankOf) : [])
                {
                    to.Write(FormattableString.Invariant($"s{f} requires {on}\n"));
                }
            }

            to.Write("}\n");
        }

        return waits.HasWindows
            ? ["a window of transfers lets the next go whenever any of it is done; in GOAL the k-th waits for the one a window before it"]
            : [];
    }

    // What starts a flow, as labels of its sender's operations.
    private sealed class Waits
    {
        private readonly TrafficDescription _traffic;
        private readonly List<(int Flow, bool Done)>[] _activators;
        private readonly Dictionary<int, int> _place = [];

        public Waits(TrafficDescription traffic)
        {
            _traffic = traffic;
            _activators = new List<(int, bool)>[traffic.Triggers.Count];
            int[] waiting = new int[traffic.Triggers.Count];
            for (int f = 0; f < traffic.Flows.Count; f++)
            {
                FlowDescription flow = traffic.Flows[f];
                Put(flow.DoneTrigger, f, true);
                Put(flow.ReceivedTrigger, f, false);
                if (flow.StartTrigger >= 0 && traffic.Triggers[flow.StartTrigger].Kind == TriggerKind.Multishot)
                {
                    _place[f] = waiting[flow.StartTrigger]++;
                    HasWindows = true;
                }
            }

            if (traffic.Triggers.Any(t => t.Delay.Picoseconds > 0))
            {
                throw new RefusedException(
                    "the traffic computes between its flows for a time that no operation stands for; export a collective"
                );
            }
        }

        public bool HasWindows { get; }

        private void Put(int trigger, int flow, bool done)
        {
            if (trigger >= 0)
            {
                (_activators[trigger] ??= []).Add((flow, done));
            }
        }

        public IEnumerable<string> Of(int flow, int rank, Dictionary<int, int> rankOf)
        {
            int trigger = _traffic.Flows[flow].StartTrigger;
            if (trigger < 0 || _activators[trigger] is not { } by)
            {
                yield break;
            }

            IEnumerable<(int Flow, bool Done)> those = _place.TryGetValue(flow, out int place) ? by.Skip(place).Take(1) : by;
            foreach ((int on, bool done) in those)
            {
                FlowDescription other = _traffic.Flows[on];
                int at = rankOf[done ? other.Source : other.Destination];
                if (at != rank)
                {
                    throw new RefusedException(
                        $"rank {rank} starts a flow when one of rank {at} ends, which no message tells it; GOAL cannot say that"
                    );
                }

                yield return FormattableString.Invariant($"{(done ? 's' : 'r')}{on}");
            }
        }
    }
}
