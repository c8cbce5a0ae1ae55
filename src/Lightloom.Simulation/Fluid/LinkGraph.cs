using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Fluid;

/// <summary>A network in arrays: ends, capacities and delays by link, ports by host, links by switch. Immutable once built.</summary>
/// <remarks>A directed link is twice its place in the description, plus one for the direction from Z to A.</remarks>
internal sealed class LinkGraph
{
    private readonly int[] _portStart;
    private readonly int[] _ports;
    private readonly int[] _upStart;
    private readonly int[] _up;
    private readonly int[] _downStart;
    private readonly int[] _down;

    public int Hosts { get; }

    public int Switches { get; }

    public int Links => Lower.Length;

    public int Planes { get; }

    /// <summary>By link: the host at its lower end, or the complement of the switch there.</summary>
    public int[] Lower { get; }

    /// <summary>By link: the switch at its upper end.</summary>
    public int[] Upper { get; }

    /// <summary>By directed link: bits a second; 0 where the link is out.</summary>
    public double[] Capacity { get; }

    /// <summary>By link: propagation in picoseconds.</summary>
    public long[] Delay { get; }

    /// <summary>By switch: its tier, 0 for a leaf.</summary>
    public int[] Tier { get; }

    public int[] Plane { get; }

    /// <summary>By switch: picoseconds.</summary>
    public long[] Latency { get; }

    /// <summary>Ports of a host, the mean.</summary>
    public double PortsOfHosts => Hosts == 0 ? 1 : Math.Max(1, (double)_ports.Length / Hosts);

    /// <summary>Whether every link between switches joins one tier to the next, so that ways climb and descend.</summary>
    public bool IsLayered { get; }

    public int TopTier { get; }

    public LinkGraph(NetworkDescription network, bool[]? dead)
    {
        Hosts = network.HostCount;
        Switches = network.Switches.Count;
        Planes = network.PlaneCount;
        int links = network.Links.Count;
        Lower = new int[links];
        Upper = new int[links];
        Capacity = new double[2 * links];
        Delay = new long[links];
        Tier = new int[Switches];
        Plane = new int[Switches];
        Latency = new long[Switches];
        for (int s = 0; s < Switches; s++)
        {
            SwitchDescription one = network.Switches[s];
            (Tier[s], Plane[s], Latency[s]) = (one.Tier, one.Plane, one.Latency.Picoseconds);
            TopTier = Math.Max(TopTier, one.Tier);
        }
        _portStart = new int[Hosts + 1];
        _upStart = new int[Switches + 1];
        _downStart = new int[Switches + 1];
        bool layered = network.Routes == RouteRule.UpDown;
        for (int l = 0; l < links; l++)
        {
            LinkDescription one = network.Links[l];
            Lower[l] = one.A.IsHost ? one.A.Index : ~one.A.Index;
            Upper[l] = one.Z.Index;
            Delay[l] = one.Delay.Picoseconds;
            if (dead is null || !dead[l])
            {
                Capacity[2 * l] = one.Rate.BitsPerSecond * one.FractionOf(upwards: true);
                Capacity[2 * l + 1] = one.Rate.BitsPerSecond * one.FractionOf(upwards: false);
            }
            if (one.A.IsHost)
            {
                _portStart[one.A.Index + 1]++;
            }
            else
            {
                _upStart[one.A.Index + 1]++;
                _downStart[one.Z.Index + 1]++;
                layered &= Tier[one.Z.Index] == Tier[one.A.Index] + 1 && Plane[one.Z.Index] == Plane[one.A.Index];
            }
        }
        IsLayered = layered;
        _ports = Fill(_portStart, l => Lower[l] >= 0 ? Lower[l] : -1);
        _up = Fill(_upStart, l => Lower[l] < 0 ? ~Lower[l] : -1);
        _down = Fill(_downStart, l => Lower[l] < 0 ? Upper[l] : -1);
    }

    private int[] Fill(int[] start, Func<int, int> owner)
    {
        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }
        var result = new int[start[^1]];
        var at = (int[])start.Clone();
        for (int l = 0; l < Links; l++)
        {
            int o = owner(l);
            if (o >= 0)
            {
                result[at[o]++] = l;
            }
        }
        return result;
    }

    public bool IsAlive(int link) => Capacity[2 * link + 1] > 0;

    /// <summary>The links of a host, in port order.</summary>
    public ReadOnlySpan<int> PortsOf(int host) => _ports.AsSpan(_portStart[host], _portStart[host + 1] - _portStart[host]);

    /// <summary>Links from a switch to those above it.</summary>
    public ReadOnlySpan<int> UpOf(int s) => _up.AsSpan(_upStart[s], _upStart[s + 1] - _upStart[s]);

    /// <summary>Links from a switch to switches below it.</summary>
    public ReadOnlySpan<int> DownOf(int s) => _down.AsSpan(_downStart[s], _downStart[s + 1] - _downStart[s]);
}
