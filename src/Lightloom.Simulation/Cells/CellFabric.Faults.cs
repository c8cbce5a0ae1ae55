using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>Lost links: cells on them are lost at once, and reachability leaves them out after the detection time.</summary>
internal sealed unsafe partial class CellFabric
{
    /// <summary>A fabric link's port has died, come back or changed its rate.</summary>
    public void LinkChanged(int port, bool dead, long now)
    {
        Pace(port);
        if ((_ports[port].Flags & (PortState.FromHost | PortState.ToHost)) != 0)
        {
            if ((_ports[port].Flags & PortState.FromHost) != 0)
            {
                CardChanged(port, dead, now);
            }
            return;
        }
        Flush();
        FabricLink* link = _links + port;
        if (!dead)
        {
            link->Down = 0;
            ReadLink(port);
            RateBundles();
            return;
        }
        link->Down = FabricLink.Dead;
        _noticed = now + _world.Options.DetectionPicoseconds;
        while (link->Head != link->Tail)
        {
            Lose(link->Ring[link->Head++ & link->Mask].Transit, now);
        }
        link->Free = now;
        if (_bursts)
        {
            LoseBursts(port, now);
        }
        RateBundles();
    }

    // A dead link forgets that it was paused; its queues at the leaf may still be full when it comes back.
    private void CardChanged(int port, bool dead, long now)
    {
        PortRecord* record = _world.Records + port;
        if (dead && record->PausedSince != 0)
        {
            record->PausedTotal += now - record->PausedSince;
            record->PausedSince = 0;
        }
        else if (!dead && _pauseCount[port] > 0)
        {
            SendPause(port, now);
        }
    }

    /// <summary>The network's devices have learnt of what died and what came back.</summary>
    public void Reroute(bool[]? dead, long now)
    {
        Flush();
        CellRoutes old = _routes;
        _routes = new CellRoutes(_world, dead, _options.InputBalanced);
        old.Dispose();
        _groupSent = new long[_routes.Groups.Length];
        _farthest.Clear();
        for (int i = 0; i < _world.PortCount; i++)
        {
            if (_links[i].Down == FabricLink.Dead)
            {
                _links[i].Down = FabricLink.KnownDead;
            }
        }
        RateBundles();
        for (int v = 0; v < _voqsUsed; v++)
        {
            Voq* voq = _voqs + v;
            Measure(voq);
            bool cut =
                (_ports[voq->Port].Flags & PortState.Down) != 0
                || (
                    voq->Leaf != voq->EgressLeaf
                    && _routes.Table.Pointer[_routes.Leaves[voq->Leaf] * _leafCount + voq->EgressLeaf] == SwitchState.NoRoute
                );
            if (cut)
            {
                Discard(voq, now);
            }
        }
    }

    // When the last dead link leaves the spray sets.
    private long _noticed;

    // Bursts are on no link in particular: each that may have had cells on the link loses one with the odds that it had.
    private void LoseBursts(int port, long now)
    {
        int index = _world.Records[port].Link;
        if (_tierOfLink[index] < 0)
        {
            return;
        }
        int tier = _tierOfLink[index];
        bool up = _world.UpPort[index] == port;
        ref Bundle bundle = ref _bundles[tier][_bundleOfLink[index]];
        int links = up ? bundle.UpLinks : bundle.DownLinks;
        for (int v = 0; v < _voqsUsed; v++)
        {
            Voq* voq = _voqs + v;
            if (
                voq->Leaf == voq->EgressLeaf
                || _groupOf[tier][up ? voq->Leaf : voq->EgressLeaf] != _bundleOfLink[index]
                || (tier > 0 && _groupOf[tier][voq->Leaf] == _groupOf[tier][voq->EgressLeaf])
            )
            {
                continue;
            }
            for (uint at = voq->Oldest; at != voq->Head; at++)
            {
                Queued* queued = voq->Ring + (at & voq->Mask);
                // Gone by already, or to be sent when the link is out of the spray set.
                long sent = queued->Packet.Arrival;
                if (
                    sent > now - (up && tier == 0 ? _links[port].Delay : voq->Transit)
                    && sent < _noticed
                    && LosesOne(queued->Cells, 1, links)
                )
                {
                    queued->State |= Queued.Lost;
                }
            }
        }
    }

    private bool LosesOne(int cells, int dead, int links) =>
        dead > 0 && (ulong)Hash.Next(ref _random) * (ulong)links < ((ulong)cells * (ulong)dead) << 32;

    // What waits for a port that cannot be reached any more.
    private void Discard(Voq* voq, long now)
    {
        Hear(voq, now);
        while (voq->Head != voq->Tail)
        {
            Queued* queued = voq->Ring + (voq->Head & voq->Mask);
            Packet packet = queued->Packet;
            queued->State = Queued.Discarded;
            queued->Arrives = 0;
            if (voq->Seen == voq->Head)
            {
                voq->Seen++;
                voq->Known += packet.Size + _gap;
            }
            voq->Head++;
            // As if it had been granted and sent, so that no credit is spent on it later.
            voq->Granted += packet.Size + _gap;
            voq->Base += packet.Size + _gap;
            voq->Spent += packet.Size + _gap;
            voq->Bytes -= packet.Size;
            _leafBytes[voq->Leaf] -= packet.Size;
            _partition.Drop(&packet, ref _partition.Counters.DroppedLinkDown);
        }
        if (_bursts)
        {
            DeliverBursts(voq, now);
        }
        else
        {
            voq->Oldest = voq->Head;
        }
        if (voq->FirstPause >= 0)
        {
            Resume(voq, now);
        }
    }
}
