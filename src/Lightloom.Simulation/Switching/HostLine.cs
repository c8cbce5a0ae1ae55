using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// What follows from a host's own rate, where hosts of several rates share a network: a card reckons its windows, its first rate and its
/// credit from its own line, and the switch's port to it has a queue of the same time as everybody's. Immutable.
/// </summary>
/// <param name="FlowBitsPerSecond">What one congestion state of such a host steers.</param>
/// <param name="PortBitsPerSecond">The host's fastest port.</param>
/// <param name="CardBitsPerSecond">All its ports together.</param>
/// <param name="RoundTrip">
/// Round trip of a full packet and its acknowledgement between two such hosts that are farthest apart, in picoseconds: on its two host links
/// a packet takes longer than on the fastest hosts'.
/// </param>
internal sealed record HostLine(long FlowBitsPerSecond, long PortBitsPerSecond, long CardBitsPerSecond, long RoundTrip)
{
    /// <summary>Bytes under way in that time.</summary>
    public long BandwidthDelay { get; } = (long)(RoundTrip * 1e-12 * (FlowBitsPerSecond / 8));

    /// <summary>Full packets that a port of the host sends in that time, rounded up.</summary>
    public long Packets(int mtu) => (long)Math.Ceiling(RoundTrip * 1e-12 * (PortBitsPerSecond / 8) / mtu);

    /// <summary>The round trip between two hosts of a rate, given that between two of the fastest.</summary>
    public static long RoundTripAt(long rate, long fastest, long roundTrip, int packetBytes) =>
        roundTrip + (long)(2 * packetBytes * (8e12 / rate - 8e12 / fastest));

    /// <summary>The lines of a network's hosts, and by host which of them it has; one line and no list where all are alike.</summary>
    /// <param name="network">The network.</param>
    /// <param name="fastest">The line of the fastest host, which is always the first.</param>
    /// <param name="onePort">Whether a congestion state steers one port, and not a card's ports on all planes.</param>
    /// <param name="packetBytes">Bytes of a full packet and its acknowledgement.</param>
    public static (IReadOnlyList<HostLine> Lines, int[] OfHost) Of(
        NetworkDescription network,
        HostLine fastest,
        bool onePort,
        int packetBytes
    )
    {
        var port = new long[network.HostCount];
        var card = new long[network.HostCount];
        var plane = new long[network.HostCount * network.PlaneCount];
        foreach (LinkDescription link in network.Links.Where(l => l.A.IsHost))
        {
            long rate = link.Rate.BitsPerSecond;
            port[link.A.Index] = Math.Max(port[link.A.Index], rate);
            card[link.A.Index] += rate;
            ref long most = ref plane[link.A.Index * network.PlaneCount + network.Switches[link.Z.Index].Plane];
            most = Math.Max(most, rate);
        }
        var lines = new List<HostLine> { fastest };
        var ofHost = new int[network.HostCount];
        for (int host = 0; host < ofHost.Length; host++)
        {
            if (card[host] == 0)
            {
                continue;
            }
            long flow = onePort ? port[host] : plane.AsSpan(host * network.PlaneCount, network.PlaneCount).ToArray().Sum();
            long trip = RoundTripAt(port[host], fastest.PortBitsPerSecond, fastest.RoundTrip, packetBytes);
            var line = new HostLine(flow, port[host], card[host], trip);
            int known = lines.IndexOf(line);
            ofHost[host] = known >= 0 ? known : lines.Count;
            if (known < 0)
            {
                lines.Add(line);
            }
        }
        return (lines, lines.Count == 1 ? [] : ofHost);
    }
}
