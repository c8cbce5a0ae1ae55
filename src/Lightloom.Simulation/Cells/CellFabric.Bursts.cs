using System.Runtime.CompilerServices;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>
/// The coarse mode. Because every link of a device gets the same share of every packet, the links together behave like one server of their
/// common rate; a packet crosses the fabric as one burst through those servers.
/// </summary>
internal sealed unsafe partial class CellFabric
{
    /// <summary>All links from or to a leaf, or a group of devices whose uplinks share all that leaves the group.</summary>
    private struct Bundle
    {
        /// <summary>When the upward and the downward links will have sent what they were given, were it spread evenly.</summary>
        public long UpFree,
            DownFree;

        /// <summary>Picoseconds a byte takes over all links together, times 65,536.</summary>
        public double UpByteTime,
            DownByteTime;
        public long UpBytes,
            DownBytes;
        public int UpLinks,
            DownLinks;

        /// <summary>Dead links that cells are still sent to.</summary>
        public int UpDead,
            DownDead;
    }

    // By tier and group; tier 0 are the leaves. A leaf's group at each tier above, and how many tiers there are.
    private Bundle[][] _bundles = [];
    private int[][] _groupOf = [];
    private long[] _groupSent = [];
    private int[] _tierOfLink = [];
    private int[] _bundleOfLink = [];

    private void PrepareBundles()
    {
        NetworkDescription network = _world.Network;
        int tiers = network.Switches.Max(s => s.Tier);
        var parent = new int[network.Switches.Count];
        for (int s = 0; s < parent.Length; s++)
        {
            parent[s] = s;
        }
        int Root(int s)
        {
            while (parent[s] != s)
            {
                s = parent[s] = parent[parent[s]];
            }
            return s;
        }
        _bundles = new Bundle[Math.Max(1, tiers)][];
        _groupOf = new int[Math.Max(1, tiers) + 1][];
        _tierOfLink = new int[network.Links.Count];
        _bundleOfLink = new int[network.Links.Count];
        Array.Fill(_tierOfLink, -1);
        for (int tier = 0; tier <= Math.Max(1, tiers); tier++)
        {
            // Devices up to this tier that are joined by links among themselves form a group.
            if (tier > 0)
            {
                foreach (LinkDescription link in network.Links)
                {
                    if (!link.A.IsHost && network.Switches[link.Z.Index].Tier <= tier)
                    {
                        parent[Root(link.A.Index)] = Root(link.Z.Index);
                    }
                }
            }
            var numbers = new Dictionary<int, int>();
            _groupOf[tier] = new int[_leafCount];
            for (int leaf = 0; leaf < _leafCount; leaf++)
            {
                int root = Root(_routes.Leaves[leaf]);
                if (!numbers.TryGetValue(root, out int number))
                {
                    numbers[root] = number = numbers.Count;
                }
                _groupOf[tier][leaf] = number;
            }
            if (tier >= _bundles.Length)
            {
                continue;
            }
            _bundles[tier] = new Bundle[numbers.Count];
            for (int i = 0; i < network.Links.Count; i++)
            {
                LinkDescription link = network.Links[i];
                // A link belongs to the lowest tier at which its ends are in different groups.
                if (
                    !link.A.IsHost
                    && network.Switches[link.A.Index].Tier <= tier
                    && network.Switches[link.Z.Index].Tier > tier
                    && numbers.TryGetValue(Root(link.A.Index), out int group)
                )
                {
                    _tierOfLink[i] = tier;
                    _bundleOfLink[i] = group;
                }
            }
        }
        _groupSent = new long[_routes.Groups.Length];
        RateBundles();
    }

    // Bundles count bytes; links get their shares when somebody looks.
    public void Flush()
    {
        if (!_bursts)
        {
            return;
        }
        for (int g = 0; g < _groupSent.Length; g++)
        {
            PortGroup* group = _routes.Groups.Pointer + g;
            if (_groupSent[g] != 0)
            {
                for (int i = 0; i < group->Count; i++)
                {
                    _tallies[_routes.GroupPorts.Pointer[group->First + i]].SentBytes +=
                        _groupSent[g] / group->Count + (i < _groupSent[g] % group->Count ? 1 : 0);
                }
                _groupSent[g] = 0;
            }
        }
        for (int i = 0; i < _tierOfLink.Length; i++)
        {
            if (_tierOfLink[i] < 0)
            {
                continue;
            }
            ref Bundle bundle = ref _bundles[_tierOfLink[i]][_bundleOfLink[i]];
            int up = _world.UpPort[i];
            int down = _world.DownPort[i];
            if (_tierOfLink[i] > 0 && _links[up].Down == 0)
            {
                _tallies[up].SentBytes += Share(bundle.UpBytes, bundle.UpByteTime, up);
            }
            if (_links[down].Down == 0)
            {
                _tallies[down].SentBytes += Share(bundle.DownBytes, bundle.DownByteTime, down);
            }
        }
        foreach (Bundle[] tier in _bundles)
        {
            for (int b = 0; b < tier.Length; b++)
            {
                tier[b].UpBytes = tier[b].DownBytes = 0;
            }
        }
    }

    private long Share(long bytes, double bundleByteTime, int port) => (long)Math.Round(bytes * bundleByteTime / _links[port].ByteTime);

    private void RateBundles()
    {
        for (int tier = 0; tier < _bundles.Length; tier++)
        {
            for (int b = 0; b < _bundles[tier].Length; b++)
            {
                Bundle old = _bundles[tier][b];
                _bundles[tier][b] = new Bundle { UpFree = old.UpFree, DownFree = old.DownFree };
            }
        }
        for (int i = 0; i < _tierOfLink.Length; i++)
        {
            if (_tierOfLink[i] < 0)
            {
                continue;
            }
            ref Bundle bundle = ref _bundles[_tierOfLink[i]][_bundleOfLink[i]];
            FabricLink* up = _links + _world.UpPort[i];
            FabricLink* down = _links + _world.DownPort[i];
            if (up->Down == 0)
            {
                bundle.UpByteTime += 1.0 / up->ByteTime;
                bundle.UpLinks++;
            }
            bundle.UpDead += up->Down == FabricLink.Dead ? 1 : 0;
            if (down->Down == 0)
            {
                bundle.DownByteTime += 1.0 / down->ByteTime;
                bundle.DownLinks++;
            }
            bundle.DownDead += down->Down == FabricLink.Dead ? 1 : 0;
        }
        foreach (Bundle[] tier in _bundles)
        {
            for (int b = 0; b < tier.Length; b++)
            {
                tier[b].UpByteTime = tier[b].UpByteTime == 0 ? 0 : 1 / tier[b].UpByteTime;
                tier[b].DownByteTime = tier[b].DownByteTime == 0 ? 0 : 1 / tier[b].DownByteTime;
            }
        }
    }

    /// <summary>Sends off every packet whose credit has been granted, at the time when it has both.</summary>
    private void Match(int index, Voq* voq, long now)
    {
        while (voq->Head != voq->Tail && voq->Granted > voq->Spent)
        {
            Queued* queued = voq->Ring + (voq->Head & voq->Mask);
            Packet* packet = &queued->Packet;
            int charge = packet->Size + _gap;
            long beyond = voq->Spent - voq->Base;
            long credit = beyond < 0 ? 0 : voq->CreditTimes[(ulong)(beyond / _options.CreditBytes + 1) & _creditMask];
            if (
                _options.Hungry == HungryPolicy.None
                && credit <= packet->Arrival
                && voq->Granted - voq->Spent < _options.CreditBytes
                && beyond % _options.CreditBytes != 0
                && (voq->Oldest == voq->Head || voq->Ring[(voq->Head - 1) & voq->Mask].Packet.Arrival <= packet->Arrival)
            )
            {
                // The queue was empty when this packet came, and what was left of the credit before had been given up by then.
                voq->Base -= voq->Granted - voq->Spent;
                voq->Granted = voq->Spent;
                return;
            }
            if (voq->Seen == voq->Head)
            {
                voq->Seen++;
                voq->Known += charge;
            }
            voq->Head++;
            voq->Spent += charge;
            packet->Arrival = Math.Max(packet->Arrival, credit);
            SendBurst(index, voq, queued, now);
        }
    }

    private void SendBurst(int index, Voq* voq, Queued* queued, long now)
    {
        int route = voq->Leaf == voq->EgressLeaf ? 0 : _routes.Table.Pointer[_routes.Leaves[voq->Leaf] * _leafCount + voq->EgressLeaf];
        if (route == SwitchState.NoRoute)
        {
            voq->Bytes -= queued->Packet.Size;
            _leafBytes[voq->Leaf] -= queued->Packet.Size;
            Packet packet = queued->Packet;
            queued->State = Queued.Discarded;
            queued->Arrives = 0;
            _partition.Drop(&packet, ref _partition.Counters.DroppedNoRoute);
            DeliverBursts(voq, now);
            return;
        }
        queued->Cells = 0;
        long arrival = queued->Packet.Arrival + (voq->Leaf == voq->EgressLeaf ? 0 : Cross(voq, queued, route, now));
        if (arrival <= voq->LastArrival && voq->LastArrival > now)
        {
            // Together with the one before: its event serves both.
            queued->Arrives = voq->LastArrival;
            return;
        }
        arrival = Math.Max(arrival, now);
        queued->Arrives = voq->LastArrival = arrival;
        _partition.Calendar.Insert(arrival, _voqEvents + (uint)index * VoqKinds + BurstKind);
    }

    // How long a packet takes through the fabric. Bundles are kept by the time at which the decision falls, so that bursts over longer
    // cables, which are decided on earlier, do not seem to stand before those over shorter ones.
    private long Cross(Voq* voq, Queued* queued, int route, long now)
    {
        int bytes = queued->Packet.Size;
        int cells = CellsOf(bytes);
        int size = bytes + cells * _options.CellHeaderBytes;
        int cellSize = Math.Min(bytes, _options.CellBytes) + _options.CellHeaderBytes;
        queued->Cells = (ushort)cells;
        _cells += cells;
        long time = voq->Transit;
        int tier = 0;
        int level = 0;
        bool lost = false;
        for (; tier < _bundles.Length; tier++)
        {
            if (tier > 0 && _groupOf[tier][voq->Leaf] == _groupOf[tier][voq->EgressLeaf])
            {
                break;
            }
            ref Bundle up = ref _bundles[tier][_groupOf[tier][voq->Leaf]];
            ref Bundle down = ref _bundles[tier][_groupOf[tier][voq->EgressLeaf]];
            time += Pass(ref up.UpFree, up.UpByteTime, up.UpLinks, size, now, ref level);
            time += Pass(ref down.DownFree, down.DownByteTime, down.DownLinks, size, now, ref level);
            up.UpBytes += size;
            down.DownBytes += size;
            if ((up.UpDead | down.DownDead) != 0 && queued->Packet.Arrival < _noticed)
            {
                lost |= LosesOne(cells, up.UpDead, up.UpLinks + up.UpDead) | LosesOne(cells, down.DownDead, down.DownLinks + down.DownDead);
            }
            // Store and forward, cell by cell; every device spreads over so many links that the cells of one packet rarely meet.
            time += (long)(cellSize * (up.UpByteTime * up.UpLinks + down.DownByteTime * down.DownLinks) / 65536);
        }
        int links = 1;
        int first = route;
        if (route < 0)
        {
            PortGroup* group = _routes.Groups.Pointer + ~route;
            links = group->Count;
            first = _routes.GroupPorts.Pointer[group->First];
            _groupSent[~route] += size;
        }
        else
        {
            _tallies[route].SentBytes += size;
        }
        // More cells than links: the first link's later cells follow one another.
        if (cells > links)
        {
            time += ((cells + links - 1) / links - 1) * (long)cellSize * _links[first].ByteTime >> 16;
        }
        _cellHops += 2L * tier * cells;
        queued->State = lost ? Queued.Lost : (byte)0;
        queued->Level = (byte)level;
        return time;
    }

    // Memory is free again once a packet has left, which may lie after its credit was granted.
    private void Vacate(Voq* voq, long now)
    {
        while (voq->Unsent != voq->Head)
        {
            Queued* queued = voq->Ring + (voq->Unsent & voq->Mask);
            if (queued->State != Queued.Discarded)
            {
                if (queued->Packet.Arrival > now)
                {
                    break;
                }
                voq->Bytes -= queued->Packet.Size;
                _leafBytes[voq->Leaf] -= queued->Packet.Size;
            }
            voq->Unsent++;
        }
        if (voq->FirstPause >= 0 && voq->Bytes <= voq->FullBytes * _options.ResumeShare)
        {
            Resume(voq, now);
        }
    }

    private const uint BurstKind = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Pass(ref long free, double byteTime, int links, int size, long now, ref int level)
    {
        if (links == 0)
        {
            return 0;
        }
        long start = Math.Max(now, free);
        long wait = start - now;
        free = start + (long)(size * byteTime / 65536);
        int found = (int)(wait * 65536 / (byteTime * links * (_options.CellBytes + _options.CellHeaderBytes)));
        _queues.Add(found);
        if (found > _markAbove)
        {
            level = Math.Max(level, found > 4 * _markAbove ? 2 : 1);
        }
        return wait;
    }

    private void BurstArrives(int index, long now) => DeliverBursts(_voqs + index, now);

    private void DeliverBursts(Voq* voq, long now)
    {
        Vacate(voq, now);
        while (voq->Oldest != voq->Head)
        {
            Queued* queued = voq->Ring + (voq->Oldest & voq->Mask);
            if (queued->Arrives > now)
            {
                return;
            }
            voq->Oldest++;
            if (queued->Level != 0)
            {
                Slow(voq, queued->Level, now);
            }
            if (queued->State == 0)
            {
                _partition.Enqueue(_ports + voq->Port, &queued->Packet, 0, now);
            }
            else if (queued->State == Queued.Lost)
            {
                _packetsLost++;
                _partition.Drop(&queued->Packet, ref _partition.Counters.DroppedLinkDown);
            }
        }
    }

    // Latencies between two leaves: of control cells, and of a burst through an idle fabric.
    private void Measure(Voq* voq)
    {
        if (voq->Leaf == voq->EgressLeaf)
        {
            voq->ControlDelay = Math.Max(1, _world.Network.Switches[_routes.Leaves[voq->Leaf]].Latency.Picoseconds);
            voq->Transit = 0;
        }
        else
        {
            (long delay, long control) = Farthest(_routes.Leaves[voq->Leaf], voq->EgressLeaf);
            if (delay < 0)
            {
                // No way at present: what was known before still stands.
                delay = voq->Transit;
                control = Math.Max(1, voq->ControlDelay);
            }
            voq->Transit = delay;
            voq->ControlDelay = Math.Max(1, control);
        }
        EgressScheduler* scheduler = _schedulers + voq->Port;
        if (2 * voq->ControlDelay > scheduler->Trip)
        {
            scheduler->Trip = 2 * voq->ControlDelay;
            double trip = scheduler->Trip * (65536.0 / _world.Classes[_ports[voq->Port].Class].ByteTime);
            scheduler->DefaultPauseBytes = (long)((trip + _options.CreditBytes) / _options.EgressResumeShare);
        }
    }

    private readonly Dictionary<(int At, int Leaf), (long Delay, long Control)> _farthest = [];

    private (long Delay, long Control) Farthest(int at, int leaf)
    {
        if (_routes.Leaves[leaf] == at)
        {
            return (0, 0);
        }
        if (_farthest.TryGetValue((at, leaf), out (long, long) known))
        {
            return known;
        }
        int route = _routes.Table.Pointer[at * _leafCount + leaf];
        (long Delay, long Control) best = (-1, -1);
        if (route != SwitchState.NoRoute)
        {
            int count = route >= 0 ? 1 : _routes.Groups.Pointer[~route].Count;
            for (int i = 0; i < count; i++)
            {
                int port = route >= 0 ? route : _routes.GroupPorts.Pointer[_routes.Groups.Pointer[~route].First + i];
                (long delay, long control) = Farthest(_tallies[port].Peer, leaf);
                if (delay >= 0 && _links[port].Delay + delay > best.Delay)
                {
                    best = (
                        _links[port].Delay + delay,
                        _links[port].Delay + control + (((long)_options.ControlCellBytes * _links[port].ByteTime) >> 16)
                    );
                }
            }
        }
        _farthest[(at, leaf)] = best;
        return best;
    }
}
