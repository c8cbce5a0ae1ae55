using Lightloom.Traces.Goal;
using Lightloom.Traces.Graph;
using Lightloom.Training.Timing;

namespace Lightloom.Cli.Output;

/// <summary>Writes a training step as a GOAL schedule, rank r for XPU r.</summary>
internal static class StepGoal
{
    /// <summary>Writes all ranks, one at a time.</summary>
    public static void Write(StepSchedule schedule, TextWriter to, CancellationToken cancellation)
    {
        GoalTextSink sink = new(to);
        sink.Begin(schedule.Xpus, gatherCountsShards: false);
        for (int xpu = 0; xpu < schedule.Xpus; xpu++)
        {
            cancellation.ThrowIfCancellationRequested();
            sink.BeginRank(xpu, "", isBinary: false);
            IReadOnlyList<StepOperation> operations = schedule.Of(xpu);
            for (int i = 0; i < operations.Count; i++)
            {
                StepOperation o = operations[i];
                sink.Operation(
                    o.Kind switch
                    {
                        StepOperationKind.Send => new(i, TraceKind.Send, i, Bytes: o.Bytes, Peer: o.Peer, Tag: o.Tag),
                        StepOperationKind.Receive => new(i, TraceKind.Receive, i, Bytes: o.Bytes, Peer: o.Peer, Tag: o.Tag),
                        _ => new(i, TraceKind.Compute, i, Nanoseconds: (long)Math.Round(o.Seconds * 1e9)),
                    }
                );
                foreach ((int on, bool start) in o.Waits)
                {
                    sink.Requires(i, on, start, i);
                }
            }

            sink.EndRank();
        }
    }
}
