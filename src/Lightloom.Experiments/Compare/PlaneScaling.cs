using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>
/// Grows a cluster plane by plane, each plane as large as the file's cluster and joined above, and measures whether bandwidth grows with it
/// and faults stay at home.
/// </summary>
public static class PlaneScaling
{
    /// <summary>One point a count of planes, in order. Deterministic whatever the number of threads.</summary>
    /// <param name="spec">The file: one plane.</param>
    /// <param name="counts">Counts of planes, 1 to 16.</param>
    /// <param name="options">Bytes a XPU, threads.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="RefusedException">The file's backend is switch-scheduled.</exception>
    public static IReadOnlyList<PlanePoint> Run(
        ClusterSpec spec,
        IReadOnlyList<int> counts,
        CompareOptions options,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (spec.Backend.Paradigm == Paradigm.SwitchScheduled)
        {
            throw new RefusedException("--planes grows endpoint-scheduled clusters; the file's backend is switch-scheduled");
        }

        var points = new PlanePoint[counts.Count];
        int done = 0;
        Parallel.For(
            0,
            counts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancel },
            i =>
            {
                points[i] = Point(spec, counts[i], options, cancel);
                progress?.Report(new($"{counts[i]} planes", (double)Interlocked.Increment(ref done) / counts.Count));
            }
        );

        // Against one plane alone, or the smallest count that there is.
        PlanePoint? first = points.Where(p => p.Reason.Length == 0).MinBy(p => p.Planes);
        return first is null
            ? points
            :
            [
                .. points.Select(p =>
                    p.Reason.Length > 0
                        ? p
                        : p with
                        {
                            WithinEfficiency = first.WithinUs / p.WithinUs,
                            AcrossEfficiency = first.WithinUs / p.AcrossUs,
                        }
                ),
            ];
    }

    /// <summary>The file's cluster, so many times over.</summary>
    private static ClusterSpec Grown(ClusterSpec spec, int planes)
    {
        int xpus = spec.Pools.Sum(p => p.Xpus ?? 0);
        BackendSpec backend = spec.Backend with { Paradigm = Paradigm.EndpointScheduled };
        backend =
            planes == 1
                ? backend with
                {
                    PlaneLayout = PlaneLayout.NicSplit,
                    Planes = new AutoInt(1),
                    PlaneXpus = null,
                }
                : backend with
                {
                    PlaneLayout = PlaneLayout.Pods,
                    Planes = new AutoInt(planes),
                    PlaneXpus = xpus,
                    Tiers = AutoInt.Auto,
                };
        return spec with
        {
            Backend = backend,
            Pools = [.. spec.Pools.Select(p => p with { Nodes = p.Nodes * planes, Xpus = p.Xpus * planes })],
            Objectives = spec.Objectives with { Limits = new() },
        };
    }

    private static PlanePoint Point(ClusterSpec spec, int planes, CompareOptions options, CancellationToken cancel)
    {
        ClusterSpec asked = Grown(spec, planes);
        PlanePoint point = new() { Planes = planes, Xpus = asked.Pools.Sum(p => (long)(p.Xpus ?? 0)) };
        DiagnosticBag diagnostics = new();
        if (Designer.Design(asked, diagnostics, null, cancel) is not { } design)
        {
            return point with { Reason = diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "no design was found" };
        }

        Testbed bed = Testbed.Of(design);
        DesignedNetwork designed = bed.Designed!;
        NetworkDescription network = designed.Network;
        ContenderFigures figures = ContenderFigures.Of(design, new());
        int[] planeOf = PlaneOfHost(design, designed);
        int[][] members =
        [
            .. Enumerable
                .Range(0, planeOf.Max() + 1)
                .Select(p => Enumerable.Range(0, network.HostCount).Where(h => planeOf[h] == p).ToArray()),
        ];
        if (members.Any(m => m.Length < 2))
        {
            return point with { Reason = "a plane has a single network card, which has nobody to send to" };
        }

        DataSize size = DataSize.FromBytes(options.Bytes);
        TrafficDescription within = TrafficDescription.Of([
            .. members.Select(
                (m, p) =>
                    (FormattableString.Invariant($"plane-{p}"), Workload.Create("permutation", m, size, (ulong)p + 1), SimTime.Zero, 0)
            ),
        ]);
        TrafficDescription across = Workload.Create("permutation", [.. Enumerable.Range(0, network.HostCount)], size, 1);
        SimulationOptions run = new EngineChoices { Constants = options.Constants }.On(bed);
        SimulationResult sound = Experiment.Of(bed, run, within).Run(null, cancel);
        SimulationResult wide = Experiment.Of(bed, run, across).Run(null, cancel);
        int spine = Enumerable
            .Range(0, network.Switches.Count)
            .FirstOrDefault(s => network.Switches[s].Tier == 1 && Serves(network, s, planeOf, 0), -1);
        double? faulty = null;
        int unfinished = 0;
        int touched = 0;
        if (spine >= 0)
        {
            long at = (long)(8e12 * options.Bytes / network.CardRate().BitsPerSecond / 3);
            SimulationOptions broken = run with
            {
                Faults = [Fault.OfSwitch(network, spine, SimTime.FromPicoseconds(at))],
                End = SimTime.FromPicoseconds(Math.Max(20_000_000_000, 300 * at)),
            };
            SimulationResult hurt = Experiment.Of(bed, broken, within).Run(null, cancel);
            unfinished = Enumerable.Range(0, members[0].Length).Count(f => hurt.Flows[f].Finish is null);
            faulty = unfinished > 0 ? null : LastOf(hurt, 0, members[0].Length) / LastOf(sound, 0, members[0].Length);
            for (int f = members[0].Length; f < within.Flows.Count; f++)
            {
                touched += hurt.Flows[f].Finish != sound.Flows[f].Finish ? 1 : 0;
            }
        }

        cancel.ThrowIfCancellationRequested();
        if (sound.Unfinished.Length > 0 || wide.Unfinished.Length > 0)
        {
            return point with { Reason = sound.Unfinished.Length > 0 ? sound.Unfinished : wide.Unfinished };
        }

        return point with
        {
            BackendSwitches = figures.BackendTiers.Sum(t => t.Count),
            Power = figures.Power,
            LatencyUs = figures.LatencyUs?.Longest,
            WithinUs = LastOf(sound, 0, within.Flows.Count).Microseconds,
            AcrossUs = LastOf(wide, 0, across.Flows.Count).Microseconds,
            FaultyPlane = faulty,
            FaultyPlaneUnfinished = unfinished,
            OthersTouched = touched,
        };
    }

    private static SimTime LastOf(SimulationResult result, int first, int count)
    {
        SimTime last = SimTime.Zero;
        for (int f = first; f < first + count; f++)
        {
            last = SimTime.Max(last, result.Flows[f].Finish ?? result.SimulatedTime);
        }

        return last;
    }

    // A pod is a plane: hosts are on the plane of the leaf that they hang on.
    private static int[] PlaneOfHost(ClusterDesign design, DesignedNetwork designed)
    {
        var plane = new int[designed.Network.HostCount];
        foreach (LinkDescription link in designed.Network.Links)
        {
            if (link.A.IsHost)
            {
                DeviceGroup leaf = design.Network.GroupOf(designed.DeviceOfSwitch[link.Z.Index]);
                plane[link.A.Index] = designed.Fabric.PlaneLayout == PlaneLayout.Pods ? Math.Max(0, leaf.Plane) : 0;
            }
        }

        return plane;
    }

    private static bool Serves(NetworkDescription network, int spine, int[] planeOf, int plane)
    {
        HashSet<int> leaves = [.. network.Links.Where(l => l.A.IsHost && planeOf[l.A.Index] == plane).Select(l => l.Z.Index)];
        return network.Links.Any(l => !l.A.IsHost && l.Z.Index == spine && leaves.Contains(l.A.Index));
    }
}
