using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Experiments.Faults;

/// <summary>
/// What runs while faults strike: what was asked, else the collectives of the cluster file, else an all-reduce, which waits for its slowest
/// member, and a permutation, which shows each card's share. Immutable.
/// </summary>
/// <param name="Workloads">Names of <see cref="Workload"/> and bytes for one XPU.</param>
/// <param name="Xpus">XPUs that take part; null for all that a study takes.</param>
public sealed record StudyTraffic(IReadOnlyList<(string Name, long Bytes)> Workloads, int? Xpus)
{
    /// <summary>Works it out.</summary>
    /// <param name="file">The cluster file's own traffic.</param>
    /// <param name="names">The patterns that were asked for; empty for the file's.</param>
    /// <param name="size">What one XPU has; null for the file's, else the usual.</param>
    /// <param name="xpus">XPUs that take part; null for those of the file's first collective where the file's are run, else all.</param>
    public static StudyTraffic Of(WorkloadSpec file, IReadOnlyList<string> names, DataSize? size, int? xpus)
    {
        IReadOnlyList<CollectiveSpec> own = names.Count > 0 ? [] : file.Collectives;
        IReadOnlyList<(string Name, long? Bytes)> found =
            names.Count > 0 ? [.. names.Select(n => (n, (long?)null))]
            : own.Count > 0 ? [.. own.Select(c => (Workload.NameOf(c.Name, c.Algorithm), c.Size?.Bytes))]
            : [("all-reduce", null), ("permutation", null)];
        return new(
            [.. found.Select(w => (w.Name, size?.Bytes ?? w.Bytes ?? UsualBytes(w.Name)))],
            xpus ?? (own is [{ Xpus: { } some }, ..] ? some : null)
        );
    }

    // A permutation is over too soon to be struck half-way with what a collective moves in many steps.
    private static long UsualBytes(string name) => name == "permutation" ? 2 * TrafficRequest.UsualBytes : TrafficRequest.UsualBytes;
}
