using Lightloom.Design;
using Lightloom.Experiments;
using Lightloom.Experiments.Faults;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>
/// A month of training: XPUs and parts of the network fail at the rates that <c>faults</c> uses; a part that cuts a node off interrupts the
/// job, any other slows it until it is repaired; checkpoints are written as often as costs least.
/// </summary>
public static class GoodputStudy
{
    private const double SecondsPerMonth = GoodputModel.HoursPerYear * 3600 / 12;
    private const double SecondsPerYear = GoodputModel.HoursPerYear * 3600;

    /// <summary>The month of a plan.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="sound">Its step without faults.</param>
    /// <param name="options">Restart and repair times.</param>
    public static Goodput Of(Cluster cluster, TrainingPlan plan, StepTime sound, GoodputOptions options)
    {
        Catalogue catalogue = cluster.Design.Spec.Catalogue;
        List<FaultClassCost> faults = [Xpus(catalogue, plan)];
        faults.AddRange(Network(cluster, plan, options));
        double stops = faults.Where(f => f.Interrupts).Sum(f => f.PerMonth ?? 0);
        double between = stops > 0 ? SecondsPerMonth / stops : double.PositiveInfinity;
        double bytes = plan.Model.Parameters * catalogue.Fact("checkpoint-bytes-per-parameter").Value;
        (double rate, string network) = StorageRate(cluster);
        double write = rate > 0 ? bytes / rate : double.PositiveInfinity;
        double interval = Math.Max(write, Math.Sqrt(2 * write * between));
        double restart = options.RestartMinutes * 60;
        double lost = double.IsInfinity(between) ? 0 : (write / interval) + (((interval / 2) + restart) / between);
        double share = Math.Max(0, 1 - lost - faults.Sum(f => f.Lost));
        double each = double.IsInfinity(between) ? 0 : ((interval / 2) + restart) / between;
        return new()
        {
            Share = share,
            MeanTimeBetweenInterruptions = between,
            CheckpointSize = bytes,
            CheckpointTime = write,
            CheckpointInterval = interval,
            CheckpointNetwork = network,
            Restart = restart,
            Faults = [.. faults.Select(f => f.Interrupts ? f with { Lost = each * (f.PerMonth ?? 0) / stops } : f)],
            TokensPerMonth = sound.TokensPerSecond * share * SecondsPerMonth,
        };
    }

    private static FaultClassCost Xpus(Catalogue catalogue, TrainingPlan plan)
    {
        Fact fact = catalogue.Fact("xpu-interruptions-per-year");
        long xpus = plan.Parallelism.Xpus;
        return new(
            "XPU and its node",
            xpus,
            xpus * fact.Value / 12,
            true,
            1,
            0,
            string.Join(", ", fact.SourceIds.Select(id => catalogue.Sources[id].Title))
        );
    }

    private static IEnumerable<FaultClassCost> Network(Cluster cluster, TrainingPlan plan, GoodputOptions options)
    {
        Testbed bed = Testbed.Of(cluster.Design);
        FaultInventory inventory = new(cluster.Design, bed.Designed!);
        FailureRates rates = new(cluster.Design, []);
        // The closed form against itself: what a fault costs does not hang on the engine that timed the sound step.
        double whole = Slowest(cluster, plan);
        double repairDefault(FaultClass c) => options.RepairHours.GetValueOrDefault(c, GoodputOptions.AssumedRepairHours(c));
        foreach (FaultKind kind in inventory.Kinds)
        {
            IReadOnlyList<FaultComponent> parts = inventory.Of(kind);
            if (kind.Class == FaultClass.Plane || parts.Count == 0)
            {
                continue;
            }

            FaultComponent first = parts[0];
            FailureRate rate = rates.Of(first);
            double? perYear = rate.PerYear * parts.Count;
            FaultyNetwork struck = FaultyNetwork.Of(cluster, bed, [new Fault(Units.SimTime.Zero, first.Links, 0)]);
            bool stops = struck.NodesCutOff > 0;
            double factor = stops ? 1 : Slowest(cluster.With(struck.Network), plan) / whole;
            double down = (perYear ?? 0) * repairDefault(kind.Class) * 3600 / SecondsPerYear;
            yield return new(
                kind.Word(bed.Designed!.Fabric),
                parts.Count,
                perYear / 12,
                stops,
                factor,
                stops ? 0 : Math.Min(1, down) * (1 - (1 / Math.Max(1, factor))),
                rate.Basis
            );
        }
    }

    /// <summary>The step at the pace of the slowest pool.</summary>
    public static double Slowest(Cluster cluster, TrainingPlan plan) =>
        cluster
            .Pools.Where(p => p.First < plan.Parallelism.Xpus)
            .Select(p => p.Xpu)
            .Distinct()
            .Max(x => StepModel.Of(plan, new() { Xpu = x, Network = cluster.Network }).Step);

    // All nodes write at once: over the network named storage where they have ports on it, else over the frontend; no faster than the
    // service nodes read, where there are any.
    private static (double Rate, string Network) StorageRate(Cluster cluster)
    {
        ClusterSpec spec = cluster.Design.Spec;
        bool apart = cluster.Pools.All(p => spec.Catalogue.Nodes[p.Node].PortsOf("storage") is { Nics.Value: > 0 });
        string network = apart ? "storage" : "frontend";
        double nodes = 0,
            services = 0;
        foreach (PoolSpec pool in spec.Pools)
        {
            nodes += Count(pool) * Rate(pool);
        }

        foreach (PoolSpec pool in spec.Services)
        {
            services += Count(pool) * Rate(pool);
        }

        double leaf = Math.Max(1, spec.OversubscriptionOf(network).Leaf ?? 1);
        double rate = nodes / leaf;
        // What protocols and file systems leave of line rate is not known; the share that collectives reach stands in.
        double share = cluster.Pools[0].Xpu.Generation.NetworkShare.Value;
        return services > 0
            ? (Math.Min(rate, services) * share, network)
            : (rate * share, network + " (no storage nodes are designed, so the XPU nodes' own ports alone limit)");

        double Rate(PoolSpec pool) =>
            spec.Catalogue.Nodes[pool.Node].PortsOf(network) is { } ports ? ports.Nics.Value * ports.Rate.Value.BitsPerSecond / 8.0 : 0;
        double Count(PoolSpec pool) =>
            pool.Nodes ?? Math.Ceiling((pool.Xpus ?? 0) / (double)Math.Max(1, spec.Catalogue.Nodes[pool.Node].Xpus.Value));
    }
}
