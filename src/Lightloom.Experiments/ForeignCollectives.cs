using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>A designed network in the words of other simulators' closed forms, for comparison with them.</summary>
/// <param name="model"><see cref="CollectiveModel.Astra"/> or <see cref="CollectiveModel.Simai"/>.</param>
/// <param name="bed">The network.</param>
/// <remarks>
/// For ASTRA-sim a group inside one scale-up domain is one switch of the domain's rate, any other one switch of the cards' rate. Safe to
/// share between threads.
/// </remarks>
public sealed class ForeignCollectives(CollectiveModel model, Testbed bed) : ICollectiveTime
{
    private const double Gibibyte = 1L << 30;

    // All that these models know of links.
    private const string Cards = "host links";
    private const string Inside = "scale-up ports";

    /// <inheritdoc/>
    public int Ranks => bed.XpuCount;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request) => model == CollectiveModel.Astra ? Astra(request) : Simai(request);

    // One switch joins all: half of the longest way's latency on each of its two links.
    private CollectiveTiming Astra(CollectiveRequest request)
    {
        (AstraAlgorithm algorithm, CollectiveAlgorithm own) = request.Algorithm switch
        {
            null when request.Kind == CollectiveKind.SendReceive => (AstraAlgorithm.Direct, CollectiveAlgorithm.Direct),
            null or CollectiveAlgorithm.Ring => (AstraAlgorithm.Ring, CollectiveAlgorithm.Ring),
            CollectiveAlgorithm.Direct => (AstraAlgorithm.Direct, CollectiveAlgorithm.Direct),
            CollectiveAlgorithm.HalvingDoubling => (AstraAlgorithm.HalvingDoubling, CollectiveAlgorithm.HalvingDoubling),
            { } other => throw new RefusedException(
                $"ASTRA-sim's backends have no closed form of {CollectiveWords.Algorithms.Of(other)}; take ring, direct or halving-doubling"
            ),
        };
        IReadOnlyList<int> group = request.Groups[0];
        ScaleUpDescription? inside = ScaleUpOf(group);
        DataRate rate = inside?.RateOfHost[bed.HostsOfXpus[group[0]]] ?? bed.CardRateOf(request.Groups);
        SimTime way = inside?.Latency ?? bed.Network.DiameterLatency();
        AstraDimension dimension = new()
        {
            Ranks = group.Count,
            GibibytesPerSecond = rate.BitsPerSecond / 8 / Gibibyte,
            Latency = SimTime.FromPicoseconds(way.Picoseconds / 2),
        };
        long bytes = request.Size.Bytes;
        DataSize given = DataSize.FromBytes(request.Kind == CollectiveKind.AllGather ? Math.Max(1, bytes / group.Count) : bytes);
        return new(AstraModel.Time(dimension, request.Kind, algorithm, given), SimTime.Zero, own, inside is null ? Cards : Inside);
    }

    // The domain that all ranks of a group share, where the network has any.
    private ScaleUpDescription? ScaleUpOf(IReadOnlyList<int> group)
    {
        int first = bed.HostsOfXpus[group[0]];
        return bed.Network.ScaleUp is { } domains && group.All(r => domains.Joins(first, bed.HostsOfXpus[r])) ? domains : null;
    }

    private CollectiveTiming Simai(CollectiveRequest request)
    {
        if (request.Algorithm is not (null or CollectiveAlgorithm.Ring))
        {
            throw new RefusedException("SimAI's closed form runs rings only; leave --algorithm out");
        }

        DesignedNetwork designed = bed.Designed ?? throw new RefusedException("SimAI's closed form needs nodes; give CLUSTER.yaml");
        IReadOnlyList<int> hosts = bed.HostsOfXpus,
            group = request.Groups[0];
        ILookup<int, int> byNode = group.ToLookup(r => designed.NodeOfHost[hosts[r]], r => hosts[r]);
        int most = byNode.Max(n => n.Count());
        if (byNode.Any(n => n.Count() != most))
        {
            throw new RefusedException($"SimAI's closed form needs as many XPUs of every node; give --xpus {group.Count / most * most}");
        }

        // A card that XPUs share is one NIC.
        double nics = byNode.Max(n => n.Distinct().Count());
        SimaiGroup asked = new()
        {
            Nodes = byNode.Count,
            RanksPerNode = most,
            ScaleUpGibibytesPerSecond = (designed.ScaleUp?.RateOfHost[hosts[group[0]]].BitsPerSecond ?? 0) / 8 / Gibibyte,
            NicGibibytesPerSecond = bed.CardRateOf(request.Groups).BitsPerSecond / 8 / Gibibyte * most / nics,
            NicsPerNode = nics,
        };
        return new(
            SimaiModel.Time(asked, request.Kind, request.Size),
            SimTime.Zero,
            CollectiveAlgorithm.Ring,
            asked.Nodes == 1 ? Inside : Cards
        );
    }
}
