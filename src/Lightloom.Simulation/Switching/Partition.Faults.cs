namespace Lightloom.Simulation.Switching;

/// <summary>Links that die and come back.</summary>
internal sealed unsafe partial class Partition
{
    /// <summary>A port's link dies: what waits for it and what is on it is lost.</summary>
    public void Kill(PortState* port)
    {
        ClassQueues?.Kill(port, Now);
        Abandon(port, Now);
        for (; port->DataHead != port->DataTail; port->DataHead++)
        {
            Lose(port, port->Data + (port->DataHead & port->DataMask));
        }
        for (; port->ControlHead != port->ControlTail; port->ControlHead++)
        {
            Lose(port, port->Control + (port->ControlHead & port->ControlMask));
        }
        port->DataServe = port->DataTail;
        port->ControlServe = port->ControlTail;
        port->DataBytes = 0;
        port->ControlBytes = 0;
        port->Flags = (ushort)((port->Flags | PortState.Down) & ~(PortState.Busy | PortState.ControlInService | PortState.Paused));
    }

    /// <summary>A packet is lost with its link.</summary>
    public void Lose(PortState* port, Packet* packet)
    {
        if (packet->Flow < 0)
        {
            packet->Flow = ~packet->Flow;
        }
        _records[port - Ports].DroppedPackets++;
        Drop(packet, ref Counters.DroppedLinkDown);
    }

    /// <summary>A port's link comes back.</summary>
    public static void Revive(PortState* port) => port->Flags = (ushort)(port->Flags & ~PortState.Down);
}
