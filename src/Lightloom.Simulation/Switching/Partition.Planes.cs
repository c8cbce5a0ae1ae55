using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Switching;

/// <summary>Which of its card's ports a flow's next packet takes, and what senders learn of planes.</summary>
internal sealed unsafe partial class Partition
{
    private PlanePolicy _planePolicy;
    private bool _tracksPlanes;
    private bool _tied;
    private int[] _planeTurn = [];
    private PlaneCredits? _credits;

    /// <summary>The plane that the packet being made will take.</summary>
    public int ServingPlane { get; private set; }

    /// <summary>The plane that the packet being delivered came on.</summary>
    public int ArrivalPlane { get; set; }

    /// <summary>The plane that the feedback being given is about.</summary>
    public int FeedbackPlane { get; private set; }

    /// <summary>Entropy values by plane; null under other policies.</summary>
    public PlaneEntropySets? EntropySets { get; private set; }

    /// <summary>Whether a host's port may fall idle for want of credit, and so must be looked at when its service ends.</summary>
    public bool WaitsForCredit => _credits is not null;

    /// <summary>Prepares what the policy remembers.</summary>
    public void PreparePlanes()
    {
        SimulationOptions options = World.Options;
        _planePolicy = options.PlanePolicy;
        _tracksPlanes = World.PlaneCount > 1;
        _tied = World.Connections.Tied;
        switch (_planePolicy)
        {
            case PlanePolicy.RoundRobin:
                _planeTurn = new int[World.FlowCount];
                break;
            case PlanePolicy.Credit when World.HostPorts[World.HostCount] != World.HostCount:
                _credits = new PlaneCredits(World, Pool);
                break;
            case PlanePolicy.WeightedEntropy when _tracksPlanes:
                EntropySets = new PlaneEntropySets(World, Pool);
                break;
        }
    }

    private int PlaneOfPort(PortState* port) => World.Switches[_tallies[port - Ports].Peer].Plane;

    /// <summary>Whether a host's port is up and, as far as the host knows, leads to a peer.</summary>
    private bool Leads(PortState* port, int host, int peer) =>
        (port->Flags & PortState.Down) == 0
        && (World.PlaneViews[World.ViewOfHost[host]][peer] >> PlaneOfPort(port) & 1) != 0
        && (World.Reach is null || IsJoined(port, peer));

    // Whether the leaf of this port has a way to any leaf that the peer has on this plane.
    private bool IsJoined(PortState* port, int peer)
    {
        int leaf = _tallies[port - Ports].Peer;
        Attachment* first = World.Attachments.Pointer + peer * World.PlaneCount + World.Switches[leaf].Plane;
        for (int i = 0; i < first->Count; i++)
        {
            if (World.Reach!.Joins(leaf, World.MoreAttachments[first->Next + i].Leaf))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether a flow's next packet may take this port of its host's card; if so, <see cref="ServingPlane"/> is the port's plane.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="host">Its source.</param>
    /// <param name="port">The free port.</param>
    /// <param name="open">The planes on which the flow's congestion state has room, a bit each.</param>
    /// <param name="now">When the packet would go.</param>
    public bool MayUse(int flow, int host, PortState* port, ulong open, long now)
    {
        int peer = World.FlowDestination.Pointer[flow];
        int plane = PlaneOfPort(port);
        if ((open >> plane & 1) == 0 || !Leads(port, host, peer) || !IsOfCard(port, flow, host, peer))
        {
            return false;
        }
        int first = World.HostPorts.Pointer[host];
        int count = World.HostPorts.Pointer[host + 1] - first;
        int at = (int)(port - Ports) - first;
        ServingPlane = plane;
        return _planePolicy switch
        {
            // A flow that is tied to a plane waits for it; the others step over a plane without room.
            PlanePolicy.Hash => at
                == From(
                    Hash.Below(Hash.Mix32((uint)flow ^ (uint)World.Options.Seed * 0x9E3779B9u), count),
                    flow,
                    host,
                    first,
                    count,
                    peer,
                    ulong.MaxValue
                ),
            PlanePolicy.Rail => at == From(PortOn(first, count, peer % World.PlaneCount), flow, host, first, count, peer, ulong.MaxValue),
            PlanePolicy.Stripe when _tied && World.Connections.Plane(flow) is >= 0 and int kept => at
                == From(PortOn(first, count, kept), flow, host, first, count, peer, ulong.MaxValue),
            PlanePolicy.RoundRobin => at == From(_planeTurn[flow] % count, flow, host, first, count, peer, open),
            PlanePolicy.Credit => _credits!.May(flow, plane, port, Math.Max(now, 0), this),
            PlanePolicy.WeightedEntropy when _tracksPlanes => plane == EntropySets!.Choose(flow, Usable(host, first, count, peer) & open),
            _ => true,
        };
    }

    // Of the host's ports on a plane a connection uses that of its card, or the next one after it that leads to the peer.
    private bool IsOfCard(PortState* port, int flow, int host, int peer)
    {
        if (!_tied)
        {
            return true;
        }
        int place = host * World.PlaneCount + PlaneOfPort(port);
        int first = World.FirstOfPlane[place],
            cards = World.FirstOfPlane[place + 1] - first;
        int card = World.Connections.SourceCard(flow);
        for (int i = 0; i < cards; i++)
        {
            int at = World.PortsByCard[first + (card + i) % cards];
            if (Ports + at == port)
            {
                return true;
            }
            if (Leads(Ports + at, host, peer))
            {
                return false;
            }
        }
        return false;
    }

    // The wished-for port, or the next one after it that leads to the destination and has room.
    private int From(int wish, int flow, int host, int first, int count, int peer, ulong open)
    {
        for (int i = 0; i < count; i++)
        {
            int at = (wish + i) % count;
            PortState* port = Ports + first + at;
            if (Leads(port, host, peer) && (open >> PlaneOfPort(port) & 1) != 0 && IsOfCard(port, flow, host, peer))
            {
                return at;
            }
        }
        return -1;
    }

    private int PortOn(int first, int count, int plane)
    {
        for (int i = 0; i < count; i++)
        {
            if (PlaneOfPort(Ports + first + i) == plane)
            {
                return i;
            }
        }
        return plane % count;
    }

    private ulong Usable(int host, int first, int count, int peer)
    {
        ulong usable = 0;
        for (int i = 0; i < count; i++)
        {
            usable |= Leads(Ports + first + i, host, peer) ? 1UL << PlaneOfPort(Ports + first + i) : 0;
        }
        return usable;
    }

    /// <summary>A packet of a flow has taken this port.</summary>
    public void Used(int flow, int host, PortState* port, int size, long start)
    {
        World.FlowPlanes.Pointer[flow] |= 1UL << ServingPlane;
        switch (_planePolicy)
        {
            case PlanePolicy.RoundRobin:
                _planeTurn[flow] = (int)(port - Ports) - World.HostPorts.Pointer[host] + 1;
                break;
            case PlanePolicy.Credit:
                _credits!.Spend(flow, ServingPlane, port, size, start);
                ServiceBegan(port);
                break;
            case PlanePolicy.WeightedEntropy when _tracksPlanes:
                EntropySets!.Taken(flow);
                break;
        }
    }

    /// <summary>A host's port has begun to send: where credit may be wanting, its end must not be replayed late.</summary>
    public void ServiceBegan(PortState* port)
    {
        if (_credits is not null && !_eager)
        {
            Calendar.Insert(Math.Max(Now, port->ServiceEnd), World.ServiceEvents + (uint)(port - Ports));
        }
    }

    /// <summary>Which packet an entropy value went with, so that a timeout can retire it.</summary>
    public void Sent(int flow, uint sequence, ushort entropy) => EntropySets?.Remember(flow, sequence, entropy);

    /// <summary>
    /// What a receiver tells in an acknowledgement: the plane that the packet came on, and from bit 8 on its own planes that are down.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint PlaneReport(int host) => _tracksPlanes ? Report(host) : 0;

    private uint Report(int host)
    {
        uint up = 0,
            all = 0;
        for (int i = World.HostPorts.Pointer[host]; i < World.HostPorts.Pointer[host + 1]; i++)
        {
            // A link that has died is dark in both directions, so the card's own port tells.
            uint bit = 1u << PlaneOfPort(Ports + i);
            all |= bit;
            up |= (Ports[i].Flags & PortState.Down) == 0 ? bit : 0;
        }
        return (uint)ArrivalPlane | (all & ~up) << 8;
    }

    /// <summary>A sender hears how a plane is.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="report">What <see cref="PlaneReport"/> said at the receiver.</param>
    /// <param name="feedback">What became of the packet.</param>
    /// <param name="now">When.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PlaneFeedback(int flow, uint report, PathFeedback feedback, long now)
    {
        if (_tracksPlanes)
        {
            FeedbackPlane = (int)(report & 0xFF);
            _credits?.Learn(flow, FeedbackPlane, feedback, now);
            EntropySets?.Hear(flow, FeedbackPlane, report >> 8);
        }
    }

    /// <summary>A packet that a flow sent on a plane is given up for lost.</summary>
    public void PlaneTimeout(int flow, int plane, uint sequence, long now)
    {
        FeedbackPlane = plane;
        _credits?.Learn(flow, plane, PathFeedback.Timeout, now);
        EntropySets?.Retire(flow, plane, sequence);
    }

    private PortState* LeastControl(int flow, int host, int first, int count, int peer)
    {
        PortState* best = _tied ? LeastControl(flow, host, first, count, peer, tied: true) : null;
        best = best == null ? LeastControl(flow, host, first, count, peer, tied: false) : best;
        return best == null ? Ports + first : best;
    }

    private PortState* LeastControl(int flow, int host, int first, int count, int peer, bool tied)
    {
        PortState* best = null;
        for (int i = 0; i < count; i++)
        {
            PortState* port = Ports + first + i;
            if (
                (best == null || port->ControlBytes < best->ControlBytes)
                && Leads(port, host, peer)
                && (!tied || IsControlPort(port, flow, host))
            )
            {
                best = port;
            }
        }
        return best;
    }

    // What a connection's receiver answers goes by the card, and if it keeps one the plane, that the connection has there.
    private bool IsControlPort(PortState* port, int flow, int host)
    {
        Connections connections = World.Connections;
        int card = host == World.FlowSource.Pointer[flow] ? connections.SourceCard(flow) : connections.DestinationCard(flow);
        return World.CardOfPort[port - Ports] == card && (connections.Plane(flow) < 0 || connections.Plane(flow) == PlaneOfPort(port));
    }
}
