using System.Runtime.CompilerServices;
using Lightloom.Simulation.Cells;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>Hosts' cards: which flow sends next, over which port.</summary>
internal sealed unsafe partial class Runner<TTransport, TRouting>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CatchUpHost(int host, long now)
    {
        if (_planes)
        {
            CatchUpPorts(host, now);
            return;
        }
        PortState* port = _ports + host;
        while ((port->Flags & PortState.Busy) != 0 && port->ServiceEnd <= now)
        {
            Partition.EndService(port);
            Serve(host, port, port->ServiceEnd);
        }
    }

    // Several ports: replay their services in the order they ended, as a flow's decisions depend on one another.
    private void CatchUpPorts(int host, long now)
    {
        int first = _hostPorts[host];
        int end = _hostPorts[host + 1];
        while (true)
        {
            PortState* earliest = null;
            for (int i = first; i < end; i++)
            {
                PortState* port = _ports + i;
                if (
                    (port->Flags & PortState.Busy) != 0
                    && port->ServiceEnd <= now
                    && (earliest == null || port->ServiceEnd < earliest->ServiceEnd)
                )
                {
                    earliest = port;
                }
            }
            if (earliest == null)
            {
                return;
            }
            Partition.EndService(earliest);
            Serve(host, earliest, earliest->ServiceEnd);
        }
    }

    /// <summary>After anything happened at a host: a free port may have something to send now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Kick(int host, long now)
    {
        int end = _planes ? _hostPorts[host + 1] : host + 1;
        for (int i = _planes ? _hostPorts[host] : host; i < end; i++)
        {
            PortState* port = _ports + i;
            if ((port->Flags & PortState.Busy) == 0)
            {
                Serve(host, port, now);
            }
        }
    }

    /// <summary>A free port takes its next packet: ten of control for one of data while both wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Serve(int host, PortState* port, long start)
    {
        HostState* state = _hosts + host;
        bool control = port->ControlServe != port->ControlTail;
        bool underWay = Partition.UnderWay(port);
        if ((port->Flags & PortState.Down) != 0)
        {
            port->Flags = (ushort)(port->Flags & ~PortState.Busy);
            return;
        }
        bool dataFirst = false;
        if (control && state->ActiveCount != 0)
        {
            state->Turn = state->Turn >= 10 ? 0 : state->Turn + 1;
            dataFirst = state->Turn == 0;
        }
        if ((dataFirst || !control) && state->ActiveCount != 0 && ServeData(host, state, port, start))
        {
            Partition.ListSender(host);
            if (!underWay)
            {
                Partition.Announce(port);
            }
            return;
        }
        if (control)
        {
            Partition.BeginService(port, start);
            Partition.ListSender(host);
            if (_planes)
            {
                Partition.ServiceBegan(port);
            }
            if (TTransport.Paces)
            {
                Partition.CallAtServiceEnd(port);
            }
            if (!underWay)
            {
                Partition.Announce(port);
            }
            return;
        }
        port->Flags = (ushort)(port->Flags & ~PortState.Busy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ServeData(int host, HostState* state, PortState* port, long start)
    {
        if (!Partition.HostMaySend(port, _world.Parameters.Mtu))
        {
            return false;
        }
        int chances = state->ActiveCount;
        while (chances-- > 0)
        {
            int active = state->ActiveCount;
            int flow = Partition.TakeActive(state);
            if (_planes)
            {
                ulong open = _perPlane ? OpenPlanes(flow) : ulong.MaxValue;
                if (open == 0)
                {
                    // An acknowledgement makes room and brings it back.
                    continue;
                }
                if (!Partition.MayUse(flow, host, port, open, start))
                {
                    Partition.Activate(flow, host);
                    continue;
                }
            }
            if (_classes && Partition.Holds(port, flow))
            {
                Partition.Activate(flow, host);
                continue;
            }
            Packet packet;
            if (!_transport.TryNext(flow, start, active, &packet))
            {
                continue;
            }
            packet.Sent = (uint)(start >> Packet.SentShift);
            packet.Arrival = 0;
            Packet* slot = Partition.PushData(port);
            *slot = packet;
            port->DataServe++;
            port->DataBytes += packet.Size;
            port->Flags = (ushort)((port->Flags | PortState.Busy) & ~PortState.ControlInService);
            Partition.PutOnWire(port, slot, start);
            if (TTransport.Paces)
            {
                Partition.CallAtServiceEnd(port);
            }
            Partition.Counters.DataSent++;
            if (_planes)
            {
                Partition.Used(flow, host, port, packet.Size, start);
            }
            return true;
        }
        return false;
    }

    private ulong OpenPlanes(int flow)
    {
        ulong open = 0;
        for (int plane = 0; plane < _world.PlaneCount; plane++)
        {
            open |= _transport.HasRoom(flow, plane) ? 1UL << plane : 0;
        }
        return open;
    }
}
