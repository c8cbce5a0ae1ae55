using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>A designed network in the words of other simulators' closed forms, for comparison with them.</summary>
/// <param name="asked">What is asked.</param>
/// <param name="bed">The network.</param>
/// <param name="ranks">XPUs that take part.</param>
/// <param name="rate">The rate of an XPU's cards.</param>
internal sealed class ForeignModels(CollectiveExperiment asked, Testbed bed, int ranks, DataRate rate)
{
    private const double Gibibyte = 1L << 30;

    public CollectiveTiming Of(DataSize size) => asked.Model == CollectiveModel.Astra ? Astra(size) : Simai(size);

    // The whole network is one switch: half of the longest way's latency on each of its two links.
    private CollectiveTiming Astra(DataSize size)
    {
        (AstraAlgorithm algorithm, CollectiveAlgorithm own) = asked.Algorithm switch
        {
            null or CollectiveAlgorithm.Ring => (AstraAlgorithm.Ring, CollectiveAlgorithm.Ring),
            CollectiveAlgorithm.Direct => (AstraAlgorithm.Direct, CollectiveAlgorithm.Direct),
            CollectiveAlgorithm.HalvingDoubling => (AstraAlgorithm.HalvingDoubling, CollectiveAlgorithm.HalvingDoubling),
            { } other => throw new RefusedException(
                $"ASTRA-sim's backends have no closed form of {CollectiveWords.Algorithms.Of(other)}; take ring, direct or halving-doubling"
            ),
        };
        AstraDimension dimension = new()
        {
            Ranks = ranks,
            GibibytesPerSecond = rate.BitsPerSecond / 8 / Gibibyte,
            Latency = SimTime.FromPicoseconds(bed.Network.DiameterLatency().Picoseconds / 2),
        };
        DataSize given = asked.Kind == CollectiveKind.AllGather ? DataSize.FromBytes(Math.Max(1, size.Bytes / ranks)) : size;
        return new(AstraModel.Time(dimension, asked.Kind, algorithm, given), SimTime.Zero, own, "");
    }

    private CollectiveTiming Simai(DataSize size)
    {
        if (asked.Algorithm is not (null or CollectiveAlgorithm.Ring))
        {
            throw new RefusedException("SimAI's closed form runs rings only; leave --algorithm out");
        }

        DesignedNetwork designed = bed.Designed ?? throw new RefusedException("SimAI's closed form needs nodes; give CLUSTER.yaml");
        IReadOnlyList<int> hosts = bed.HostsOfXpus;
        ILookup<int, int> byNode = Enumerable.Range(0, ranks).ToLookup(r => designed.NodeOfHost[hosts[r]], r => hosts[r]);
        int most = byNode.Max(n => n.Count());
        if (byNode.Any(n => n.Count() != most))
        {
            throw new RefusedException($"SimAI's closed form needs as many XPUs of every node; give --xpus {ranks / most * most}");
        }

        // A card that XPUs share is one NIC.
        double nics = byNode.Max(n => n.Distinct().Count());
        SimaiGroup group = new()
        {
            Nodes = byNode.Count,
            RanksPerNode = most,
            ScaleUpGibibytesPerSecond = (designed.ScaleUp?.RateOfHost[hosts[0]].BitsPerSecond ?? 0) / 8 / Gibibyte,
            NicGibibytesPerSecond = rate.BitsPerSecond / 8 / Gibibyte * most / nics,
            NicsPerNode = nics,
        };
        return new(SimaiModel.Time(group, asked.Kind, size), SimTime.Zero, CollectiveAlgorithm.Ring, "");
    }
}
