using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Experiments;

/// <summary>Several jobs that share the network. Immutable.</summary>
/// <param name="Jobs">The jobs, in the words of <see cref="JobList"/>.</param>
/// <param name="Placement">How jobs that ask for a number of XPUs get them.</param>
/// <param name="Classes">Names of the traffic classes, in order; empty for one class.</param>
public sealed record JobsRequest(IReadOnlyList<string> Jobs, JobPlacement Placement, IReadOnlyList<string> Classes) : TrafficRequest
{
    /// <summary>How unevenly ranks are asked for in jobs of experts; the others have no use for it.</summary>
    public ExpertLoad Experts { get; init; } = ExpertLoad.Even;

    /// <summary>Whether a job is of experts.</summary>
    public bool HasExperts => Jobs.Any(j => j.Split(':') is { Length: > 1 } parts && Workload.IsUneven(parts[1]));

    /// <inheritdoc/>
    public override TrafficDescription On(Testbed bed, ulong seed) =>
        JobList.Create(
            Jobs,
            bed.XpuCount,
            Placement,
            seed,
            (name, places, size, jobSeed) =>
                bed.Workload(
                    new()
                    {
                        Name = name,
                        Bytes = size.Bytes,
                        Experts = Experts,
                    },
                    bed.RanksOf(places),
                    jobSeed
                ),
            Classes
        );
}
