using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// How full the fullest link gets where every flow of a step keeps to one path: paths are drawn by the hash of the packet engine's
/// switches, several times over, as a step of a collective has another hash each time. Not safe to share.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="dead">By link: whether it is out, and all switches know; null for none.</param>
/// <param name="options">Load balancing, plane policy and seed count.</param>
internal sealed class DrawnWays(NetworkDescription network, bool[]? dead, SimulationOptions options)
{
    /// <summary>Flows of larger networks are so many that a law says the same as a drawing.</summary>
    private const int MostHosts = 16_384;

    // So many that the mean of the fullest link is known to a few percent; a step of many flows differs less from drawing to drawing.
    private const int EnoughFlows = 4096;
    private const int MostDrawings = 64;

    private readonly bool[] _dead = dead ?? new bool[network.Links.Count];
    private readonly double[] _capacity = CapacityOf(network, dead);
    private readonly double[] _load = new double[2 * network.Links.Count];
    private readonly FluidRoutes _routes = new(network, dead ?? new bool[network.Links.Count]);

    /// <summary>One for a network and its options; null where flows do not keep to one path, or the network is too large.</summary>
    public static DrawnWays? Of(NetworkDescription network, bool[]? dead, SimulationOptions options) =>
        LoadBalancings.Find(options.LoadBalancing).OnePath && network.HostCount <= MostHosts ? new(network, dead, options) : null;

    /// <summary>Picoseconds a byte of a flow takes on the fullest link between switches; the mean over drawings.</summary>
    /// <param name="sources">By flow: the host it leaves.</param>
    /// <param name="destinations">By flow: the host it reaches.</param>
    public double ByteTimeOf(ReadOnlySpan<int> sources, ReadOnlySpan<int> destinations)
    {
        List<FlowDescription> flows = [];
        for (int f = 0; f < sources.Length; f++)
        {
            if (sources[f] != destinations[f] && network.ScaleUp?.Joins(sources[f], destinations[f]) != true)
            {
                // Large enough for a packet on every port.
                flows.Add(new(sources[f], destinations[f], DataSize.FromBytes(1 << 20)));
            }
        }
        if (flows.Count == 0)
        {
            return 0;
        }
        // By who sends to whom, so that an answer does not go by what was asked before.
        ulong step = 0;
        for (int f = 0; f < sources.Length; f++)
        {
            step = (step ^ (((ulong)(uint)sources[f] << 32) | (uint)destinations[f])) * 0x9E3779B97F4A7C15UL;
            step ^= step >> 29;
        }

        TrafficDescription traffic = new(flows);
        int drawings = Math.Clamp(EnoughFlows / flows.Count, 2, MostDrawings);
        double sum = 0;
        for (int i = 0; i < drawings; i++)
        {
            sum += Fullest(traffic, step + (ulong)i);
        }
        return sum / drawings;
    }

    private double Fullest(TrafficDescription traffic, ulong drawing)
    {
        SimulationOptions own = options with { Seed = options.Seed * 0x9E3779B9UL + drawing };
        FluidPaths paths = new(network, traffic, own, _dead, _capacity, new bool[traffic.Flows.Count], routes: _routes, merge: false);
        Array.Clear(_load);
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            paths.Account(f, 1, _load);
        }
        double fullest = 0;
        for (int r = 0; r < _load.Length; r++)
        {
            if (_load[r] > 0 && !network.Links[r >> 1].A.IsHost && _capacity[r] > 0)
            {
                fullest = Math.Max(fullest, _load[r] * 8e12 / _capacity[r]);
            }
        }
        return fullest;
    }

    private static double[] CapacityOf(NetworkDescription network, bool[]? dead)
    {
        double[] capacity = new double[2 * network.Links.Count];
        for (int r = 0; r < capacity.Length; r++)
        {
            LinkDescription link = network.Links[r >> 1];
            capacity[r] = dead?[r >> 1] == true ? 0 : link.Rate.BitsPerSecond * link.FractionOf(upwards: (r & 1) == 0);
        }
        return capacity;
    }
}
