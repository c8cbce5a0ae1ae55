using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// Collectives as NCCL would run them: its tuner chooses algorithm and protocol by size, the network says how long that takes.
/// </summary>
/// <param name="network">What answers for the network.</param>
/// <param name="bed">The network, for what the tuner knows of it: nodes, and the rates inside and between them.</param>
/// <remarks>
/// A protocol sends flags beside the data: LL four bytes for every four, LL128 eight for every 120. Where nodes have a scale-up domain, rings
/// and trees run in levels, as NCCL's channels use all cards of a node. As safe to share between threads as <paramref name="network"/>.
/// </remarks>
public sealed class TunedCollectives(ICollectiveTime network, Testbed bed) : ICollectiveTime
{
    /// <inheritdoc/>
    public int Ranks => network.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        if (request.Algorithm is not null)
        {
            throw new RefusedException("the tuner chooses the algorithm; leave it open");
        }

        NcclGroup group = GroupOf(request.Groups);
        NcclChoice choice = NcclTuner.Choose(group, request.Kind, request.Size);
        bool levels =
            bed.Network.ScaleUp is not null && group.Nodes > 1 && group.Ranks > group.Nodes && request.Kind != CollectiveKind.Broadcast;
        CollectiveAlgorithm algorithm =
            levels ? CollectiveAlgorithm.Hierarchical
            : choice.Algorithm == "tree" ? CollectiveAlgorithm.Tree
            : CollectiveAlgorithm.Ring;
        CollectiveTiming timing = network.Of(request with { Size = OnTheWire(request.Size, choice.Protocol), Algorithm = algorithm });
        return timing with { Choice = $"{choice.Algorithm} {choice.Protocol}" };
    }

    /// <summary>What a protocol sends for so many bytes of data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="protocol">ll, ll128 or simple.</param>
    public static DataSize OnTheWire(DataSize data, string protocol) =>
        protocol switch
        {
            "ll" => data * 2,
            "ll128" => DataSize.FromBytes(checked((data.Bytes * 128 + 119) / 120)),
            _ => data,
        };

    private NcclGroup GroupOf(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        DesignedNetwork designed = bed.Designed ?? throw new RefusedException("NCCL's tuner needs nodes; give CLUSTER.yaml");
        IReadOnlyList<int> hosts = bed.HostsOfXpus,
            group = groups[0];
        double[] rates = bed.Network.HostRates();
        ILookup<int, int> byNode = group.ToLookup(r => designed.NodeOfHost[hosts[r]], r => hosts[r]);
        int most = byNode.Max(n => n.Count());
        if (byNode.Any(n => n.Count() != most))
        {
            throw new RefusedException($"NCCL's tuner needs as many XPUs of every node; give --xpus {group.Count / most * most}");
        }

        DataRate nics = DataRate.FromBitsPerSecond((long)byNode.Min(n => n.Distinct().Sum(h => rates[h])));
        return new()
        {
            Ranks = group.Count,
            Nodes = byNode.Count,
            // Without a scale-up domain of known rate, ranks of a node reach each other over their cards.
            ScaleUp = designed.ScaleUp?.RateOfHost[hosts[group[0]]] ?? nics,
            Nics = nics,
        };
    }
}
