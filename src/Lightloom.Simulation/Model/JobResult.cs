using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What one of several jobs got out of the network.</summary>
/// <param name="Job">The job.</param>
/// <param name="Completed">Flows that finished.</param>
/// <param name="Finish">When its last flow finished; null when not all did.</param>
/// <param name="CompletionTimes">Completion times of its finished flows, shortest first.</param>
/// <param name="Size">What all its flows carry, without headers.</param>
public sealed record JobResult(JobDescription Job, int Completed, SimTime? Finish, IReadOnlyList<SimTime> CompletionTimes, DataSize Size)
{
    /// <summary>From the job's start to its last flow's end; null when not all finished.</summary>
    public SimTime? Time => Finish - Job.Start;

    /// <summary>The collective's size over its time; zero for no collective or one that did not finish.</summary>
    public DataRate AlgorithmRate => DataRate.FromGbps(AlgorithmGbps);

    /// <summary>The bus bandwidth of the collective; zero for no collective or one that did not finish.</summary>
    public DataRate BusRate => DataRate.FromGbps(AlgorithmGbps * Collective.BusFactor(Job.Workload, Job.CollectiveHosts));

    private double AlgorithmGbps =>
        Job.CollectiveHosts == 0 || Time is not { Picoseconds: > 0 } time ? 0 : Job.CollectiveSize.Bytes * 8e3 / time.Picoseconds;

    /// <summary>Sums up the flows of each job.</summary>
    internal static IReadOnlyList<JobResult> Of(TrafficDescription traffic, FlowResult[] flows)
    {
        var results = new List<JobResult>();
        foreach (JobDescription job in traffic.Jobs)
        {
            var times = new List<SimTime>(job.FlowCount);
            SimTime finish = SimTime.Zero;
            DataSize size = DataSize.Zero;
            for (int f = job.FirstFlow; f < job.FirstFlow + job.FlowCount; f++)
            {
                size += traffic.Flows[f].Size;
                if (flows[f] is { CompletionTime: { } time, Finish: { } done })
                {
                    times.Add(time);
                    finish = SimTime.Max(finish, done);
                }
            }
            times.Sort();
            results.Add(new JobResult(job, times.Count, times.Count == job.FlowCount ? finish : null, times, size));
        }
        return results;
    }
}
