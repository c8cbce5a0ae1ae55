namespace Lightloom.Simulation.Switching;

/// <summary>Links that die and come back.</summary>
internal sealed unsafe partial class Partition
{
    /// <summary>A port's link dies: what waits for it and what is on it is lost.</summary>
    public void Kill(PortState* port)
    {
        ClassQueues?.Kill(port, Now);
        Abandon(port, Now);
        for (; port->LowHead != port->LowTail; port->LowHead++)
        {
            Lose(port, port->Low + (port->LowHead & port->LowMask));
        }
        for (; port->HighHead != port->HighTail; port->HighHead++)
        {
            Lose(port, port->High + (port->HighHead & port->HighMask));
        }
        port->LowServe = port->LowTail;
        port->HighServe = port->HighTail;
        port->LowBytes = 0;
        port->HighBytes = 0;
        port->Flags = (ushort)((port->Flags | PortState.Down) & ~(PortState.Busy | PortState.HighInService | PortState.Paused));
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
