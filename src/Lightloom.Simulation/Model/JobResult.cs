namespace Lightloom.Simulation.Model;

/// <summary>What one of several jobs got out of the network.</summary>
/// <param name="Job">The job.</param>
/// <param name="Completed">Flows that finished.</param>
/// <param name="FinishPicoseconds">When its last flow finished; -1 when not all did.</param>
/// <param name="CompletionTimes">Completion times of its finished flows, in picoseconds, smallest first.</param>
/// <param name="Bytes">Bytes of all its flows.</param>
public sealed record JobResult(JobDescription Job, int Completed, long FinishPicoseconds, IReadOnlyList<long> CompletionTimes, long Bytes)
{
    /// <summary>From the job's start to its last flow's end; -1 when not all finished.</summary>
    public long TimePicoseconds => FinishPicoseconds < 0 ? -1 : FinishPicoseconds - Job.Start.Picoseconds;

    /// <summary>The collective's size over its time, in bits a second; 0 for no collective or one that did not finish.</summary>
    public double AlgorithmBitsPerSecond =>
        Job.CollectiveHosts == 0 || TimePicoseconds <= 0 ? 0 : Job.CollectiveSize.Bytes * 8e12 / TimePicoseconds;

    /// <summary>The bus bandwidth of the collective, in bits a second; 0 for no collective or one that did not finish.</summary>
    public double BusBitsPerSecond => AlgorithmBitsPerSecond * Collective.BusFactor(Job.Workload, Job.CollectiveHosts);

    /// <summary>Sums up the flows of each job.</summary>
    internal static IReadOnlyList<JobResult> Of(TrafficDescription traffic, FlowResult[] flows)
    {
        var results = new List<JobResult>();
        foreach (JobDescription job in traffic.Jobs)
        {
            var times = new List<long>(job.FlowCount);
            long finish = 0,
                bytes = 0;
            for (int f = job.FirstFlow; f < job.FirstFlow + job.FlowCount; f++)
            {
                bytes += traffic.Flows[f].Size.Bytes;
                if (flows[f].FinishPicoseconds >= 0)
                {
                    times.Add(flows[f].FinishPicoseconds - flows[f].StartPicoseconds);
                    finish = Math.Max(finish, flows[f].FinishPicoseconds);
                }
            }
            times.Sort();
            results.Add(new JobResult(job, times.Count, times.Count == job.FlowCount ? finish : -1, times, bytes));
        }
        return results;
    }
}
