using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Cells;

/// <summary>What came out.</summary>
internal sealed unsafe partial class CellFabric
{
    /// <summary>Links crossed by cells so far.</summary>
    public long CellHops => _cellHops;

    /// <summary>How full the links' queues were.</summary>
    public LinkQueues Queues => _queues;

    public CellResult Result()
    {
        (double net, double least) = NetSpeedup();
        return new CellResult
        {
            Credits = _credits,
            Cells = _cells,
            CellHops = _cellHops,
            ControlCells = _credits + _statusCells,
            Voqs = _voqsUsed,
            VoqPeak = DataSize.FromBytes(_voqPeakBytes),
            LeafPeak = DataSize.FromBytes(_leafPeakBytes),
            Spilled = DataSize.FromBytes(_spilledBytes),
            SpillPeak = DataSize.FromBytes(_spillPeakBytes),
            VoqDrops = _voqDrops,
            Pauses = _partition.Counters.Pauses,
            EgressStops = _egressStops,
            LinkQueueCells = (_queues.Mean, _queues.Percentile(0.99), _queues.Maximum),
            MarkedCells = _markedCells,
            PacketsLost = _packetsLost,
            LinkLoadSpread = Math.Max(Spread(upwards: true), Spread(upwards: false)),
            NetSpeedup = net,
            LeastNetSpeedup = least,
        };
    }

    private double Spread(bool upwards)
    {
        var sum = new double[_leafCount];
        var most = new double[_leafCount];
        var count = new int[_leafCount];
        for (int i = 0; i < _world.Network.Links.Count; i++)
        {
            LinkDescription link = _world.Network.Links[i];
            int port = upwards ? _world.UpPort[i] : _world.DownPort[i];
            int leaf = link.A.IsHost ? -1 : _routes.LeafOf[link.A.Index];
            if (leaf < 0 || _links[port].Down != 0)
            {
                continue;
            }
            // By time on the wire, so that links of different rates compare.
            double load = (double)_tallies[port].SentBytes * _links[port].ByteTime;
            sum[leaf] += load;
            most[leaf] = Math.Max(most[leaf], load);
            count[leaf]++;
        }
        double busiest = sum.Max();
        double spread = 0;
        for (int leaf = 0; leaf < _leafCount; leaf++)
        {
            if (sum[leaf] > 0 && sum[leaf] >= 0.1 * busiest)
            {
                spread = Math.Max(spread, most[leaf] * count[leaf] / sum[leaf] - 1);
            }
        }
        return spread;
    }

    private (double Full, double Least) NetSpeedup()
    {
        var hosts = new double[_leafCount];
        var fabric = new double[_leafCount];
        foreach (LinkDescription link in _world.Network.Links)
        {
            if (link.A.IsHost)
            {
                hosts[_routes.LeafOf[link.Z.Index]] += link.Rate.BitsPerSecond;
            }
            else if (_routes.LeafOf[link.A.Index] is >= 0 and int leaf)
            {
                fabric[leaf] += link.Rate.BitsPerSecond;
            }
        }
        double raw = double.MaxValue;
        for (int leaf = 0; leaf < _leafCount; leaf++)
        {
            if (fabric[leaf] > 0)
            {
                raw = Math.Min(raw, fabric[leaf] / hosts[leaf]);
            }
        }
        if (raw == double.MaxValue)
        {
            return (0, 0);
        }
        double least = double.MaxValue;
        int mtu = _world.Parameters.Mtu;
        for (int frame = Math.Min(64, mtu); frame <= mtu; frame++)
        {
            least = Math.Min(least, raw * Net(frame));
        }
        return (raw * Net(mtu), least);
    }

    // Bytes of a host's link that a frame takes, over bytes of the fabric's links.
    private double Net(int frame) =>
        (double)(frame + _gap) / (frame + (double)_options.CellHeaderBytes * ((frame + _options.CellBytes - 1) / _options.CellBytes));
}
