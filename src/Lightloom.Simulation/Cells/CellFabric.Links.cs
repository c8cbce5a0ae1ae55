using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>Cells: cut at the ingress leaf, sprayed, forwarded by fabric elements, put together at the egress leaf.</summary>
internal sealed unsafe partial class CellFabric
{
    private readonly LinkQueues _queues = new();
    private uint _random;
    private long _cells;
    private long _cellHops;
    private long _packetsLost;

    /// <summary>A packet leaves its queue for the egress leaf, cell by cell.</summary>
    private void Send(int index, Voq* voq, Packet* packet, long now)
    {
        if (voq->Leaf == voq->EgressLeaf)
        {
            _partition.Enqueue(_ports + voq->Port, packet, 0, now);
            return;
        }
        int route = _routes.Table.Pointer[_routes.Leaves[voq->Leaf] * _leafCount + voq->EgressLeaf];
        if (route == SwitchState.NoRoute)
        {
            _partition.Drop(packet, ref _partition.Counters.DroppedNoRoute);
            return;
        }
        int number = Depart(index, voq, packet);
        Transit* transit = _transits + number;
        int full = _options.CellBytes;
        transit->CellsLeft = CellsOf(packet->Size);
        _cells += transit->CellsLeft;
        for (int left = packet->Size; left > 0; left -= full)
        {
            var cell = new Cell
            {
                Transit = number,
                Leaf = (ushort)voq->EgressLeaf,
                Size = (ushort)(Math.Min(left, full) + _options.CellHeaderBytes),
            };
            if (!Join(PortOf(route), &cell, now))
            {
                transit->CellsLost++;
                transit->CellsLeft--;
            }
        }
        if (transit->CellsLeft == 0)
        {
            Deliver(voq, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CellsOf(int size) => (size + _options.CellBytes - 1) / _options.CellBytes;

    // The packet is under way from here on, last of its queue.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Depart(int index, Voq* voq, Packet* packet)
    {
        int number = TakeTransit();
        Transit* transit = _transits + number;
        transit->Packet = *packet;
        transit->Voq = index;
        transit->Next = -1;
        transit->CellsLost = 0;
        if (voq->FirstTransit < 0)
        {
            voq->FirstTransit = number;
        }
        else
        {
            _transits[voq->LastTransit].Next = number;
        }
        voq->LastTransit = number;
        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PortOf(int route)
    {
        if (route >= 0)
        {
            return route;
        }
        PortGroup* group = _routes.Groups.Pointer + ~route;
        int* ports = _routes.GroupPorts.Pointer + group->First;
        if (_options.Spray == SprayOrder.Random)
        {
            return ports[Hash.Below(Hash.Next(ref _random), group->Count)];
        }
        // The order is drawn as it is used: one swap a cell makes every order of a round equally likely.
        int turn = group->Turn >= group->Count ? 0 : group->Turn;
        int other = turn + Hash.Below(Hash.Next(ref _random), group->Count - turn);
        int port = ports[other];
        ports[other] = ports[turn];
        ports[turn] = port;
        group->Turn = turn + 1;
        return port;
    }

    /// <summary>A cell joins a link's queue; false when the link is dead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Join(int port, Cell* cell, long now)
    {
        FabricLink* link = _links + port;
        if (link->Down != 0)
        {
            return false;
        }
        int size = cell->Size & Cell.SizeMask;
        int found = link->Take(size, now);
        _queues.Add(found);
        if (found > _markAbove)
        {
            int level = Math.Max(cell->Size >> Cell.LevelShift, found > 4 * _markAbove ? 2 : 1);
            cell->Size = (ushort)(size | (level << Cell.LevelShift));
        }
        cell->Arrival = link->Free + link->Delay;
        PortTally* tally = _tallies + port;
        tally->SentBytes += size;
        uint tail = link->Tail;
        if (link->Ring == null || tail - link->Head >> link->Shift != 0)
        {
            GrowRing(link);
            tail = link->Tail;
        }
        if (tail == link->Head)
        {
            _partition.Calendar.Insert(cell->Arrival, _linkEvents + (uint)port);
        }
        link->Ring[tail & link->Mask] = *cell;
        link->Tail = tail + 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowRing(FabricLink* link)
    {
        uint old = link->Ring == null ? 0 : 1u << link->Shift;
        byte shift = link->Ring == null ? (byte)5 : (byte)(link->Shift + 1);
        var bigger = (Cell*)_partition.Pool.Take((1L << shift) * sizeof(Cell));
        uint count = link->Tail - link->Head;
        for (uint i = 0; i < count; i++)
        {
            bigger[i] = link->Ring[(link->Head + i) & (old - 1)];
        }
        if (old != 0)
        {
            _partition.Pool.Give(link->Ring, old * (long)sizeof(Cell));
        }
        link->Ring = bigger;
        link->Shift = shift;
        link->Head = 0;
        link->Tail = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CellArrives(int port, long now)
    {
        FabricLink* link = _links + port;
        // The event may be left over from before the link died.
        if (link->Head == link->Tail || link->Ring[link->Head & link->Mask].Arrival != now)
        {
            return;
        }
        Cell cell = link->Ring[link->Head++ & link->Mask];
        if (link->Head != link->Tail)
        {
            _partition.Calendar.Insert(link->Ring[link->Head & link->Mask].Arrival, _linkEvents + (uint)port);
        }
        _cellHops++;
        if (link->LeafAhead == cell.Leaf)
        {
            Transit* transit = _transits + cell.Transit;
            if (cell.Size >> Cell.LevelShift != 0)
            {
                Slow(_voqs + transit->Voq, cell.Size >> Cell.LevelShift, now);
            }
            if (--transit->CellsLeft == 0)
            {
                Deliver(_voqs + transit->Voq, now);
            }
            return;
        }
        int route = _routes.Table.Pointer[link->RowAhead + cell.Leaf];
        if (route == SwitchState.NoRoute || !Join(PortOf(route), &cell, now))
        {
            Lose(cell.Transit, now);
        }
    }

    // A cell is gone; the packet is given up when the rest of it has come.
    private void Lose(int number, long now)
    {
        Transit* transit = _transits + number;
        transit->CellsLost++;
        if (--transit->CellsLeft == 0)
        {
            Deliver(_voqs + transit->Voq, now);
        }
    }
}
