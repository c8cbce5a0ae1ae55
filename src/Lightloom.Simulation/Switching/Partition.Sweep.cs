using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Who has to look at which port. When time goes in windows, a port that begins to send is noted with the node at its far end, which looks
/// at it once a window for as long as something is under way.
/// </summary>
internal sealed unsafe partial class Partition
{
    /// <summary>
    /// Switch by switch, then part by part for their hosts: the first port that this part has noted; one port points to the next.
    /// </summary>
    private NativeArray<int>? _noted;
    private int* _nextNoted;
    private bool _swept;
    private int[] _sending = [];
    private int _sendingCount;

    /// <summary>No port.</summary>
    public const int Nothing = -1;

    /// <summary>
    /// Ports into switches noted by this part less those it has struck off: over all parts, how many have something under way.
    /// </summary>
    public long Noted { get; private set; }

    /// <summary>Switches of this part, by tier.</summary>
    public int[][] Tiers { get; private set; } = [];

    /// <summary>Sorted arrivals at one switch, and room to sort them.</summary>
    public ulong* Arrivals { get; private set; }

    private ulong* _arrivalScratch;
    private int _arrivalCapacity;

    /// <summary>Time will go in windows.</summary>
    /// <param name="tiers">By tier: the switches of this part.</param>
    /// <param name="nextNoted">By port: the next one in the list it is noted in; shared by all parts.</param>
    /// <param name="parts">How many parts there are.</param>
    public void PrepareSweep(int[][] tiers, NativeArray<int> nextNoted, int parts)
    {
        _swept = true;
        Tiers = tiers;
        _nextNoted = nextNoted.Pointer;
        _noted = new NativeArray<int>(World.Network.Switches.Count + parts);
        new Span<int>(_noted.Pointer, _noted.Length).Fill(Nothing);
        _sending = new int[64];
    }

    /// <summary>Takes the list of ports that this part has noted with a switch, or with the hosts of a part.</summary>
    public int TakeNoted(int list)
    {
        int first = _noted!.Pointer[list];
        _noted.Pointer[list] = Nothing;
        return first;
    }

    /// <summary>A port that this part had noted, or another, has nothing under way any more.</summary>
    public void StrikeOff() => Noted--;

    private void Note(PortState* port)
    {
        if ((port->Flags & PortState.Noted) != 0)
        {
            return;
        }
        port->Flags |= PortState.Noted;
        int index = (int)(port - Ports);
        int peer = _tallies[index].Peer;
        int list = peer;
        if (peer < 0)
        {
            list = World.Network.Switches.Count + World.PartOfHost[~peer];
        }
        else
        {
            Noted++;
        }
        _nextNoted[index] = _noted!.Pointer[list];
        _noted.Pointer[list] = index;
    }

    /// <summary>
    /// Makes the end of a card's service an event, when time goes in windows; otherwise the packet's arrival is soon enough.
    /// </summary>
    public void CallAtServiceEnd(PortState* port)
    {
        if (_swept && (port->Flags & PortState.Busy) != 0)
        {
            Calendar.Insert(Math.Max(port->ServiceEnd, Now), World.ServiceEvents + (uint)(port - Ports));
        }
    }

    /// <summary>A host's card has begun to send: it is looked after at the end of each window until it is idle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteSender(int host)
    {
        if (_hosts[host].IsNoted == 0 && _swept)
        {
            AddSender(host);
        }
    }

    private void AddSender(int host)
    {
        _hosts[host].IsNoted = 1;
        if (_sendingCount == _sending.Length)
        {
            Array.Resize(ref _sending, _sendingCount * 2);
        }
        _sending[_sendingCount++] = host;
    }

    // ---- Hosts, one after the other
    // -----------------------------------------------------------------------------------------------------------

    private long _soonEnd = long.MinValue;
    private (long Time, uint Id)[] _soon = new (long, uint)[8];

    /// <summary>
    /// Timers of the host that has its turn which are due before the end of the window: they do not pass through the calendar.
    /// </summary>
    public int SoonCount { get; private set; }

    /// <summary>Ports to hosts of this part that have something under way, when hosts take turns.</summary>
    public int[] DownPorts { get; private set; } = new int[64];

    /// <summary>How many of <see cref="DownPorts"/> there are.</summary>
    public int DownCount { get; set; }

    /// <summary>One more of <see cref="DownPorts"/>.</summary>
    public void AddDown(int port)
    {
        if (DownCount == DownPorts.Length)
        {
            var more = new int[DownCount * 2];
            Array.Copy(DownPorts, more, DownCount);
            DownPorts = more;
        }
        DownPorts[DownCount++] = port;
    }

    /// <summary>Hosts begin to take turns; <see cref="long.MinValue"/> when they have had them.</summary>
    public void TakeTurns(long end) => _soonEnd = end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetTimer(long time, uint id)
    {
        if (time >= _soonEnd)
        {
            Calendar.Insert(time, id);
        }
        else
        {
            AddSoon(time, id);
        }
    }

    private void AddSoon(long time, uint id)
    {
        if (SoonCount == _soon.Length)
        {
            var more = new (long, uint)[SoonCount * 2];
            Array.Copy(_soon, more, SoonCount);
            _soon = more;
        }
        ulong key = Calendar.KeyOf(0, time, id);
        int at = SoonCount++;
        // The first to come stands last.
        while (at > 0 && (_soon[at - 1].Time < time || (_soon[at - 1].Time == time && Calendar.KeyOf(0, time, _soon[at - 1].Id) < key)))
        {
            _soon[at] = _soon[at - 1];
            at--;
        }
        _soon[at].Time = time;
        _soon[at].Id = id;
    }

    /// <summary>The next timer of the host that has its turn; only while there is one.</summary>
    public long NextSoon(out uint id)
    {
        id = _soon[SoonCount - 1].Id;
        return _soon[SoonCount - 1].Time;
    }

    /// <summary>The next timer goes off.</summary>
    public void TakeSoon() => SoonCount--;

    /// <summary>A timer that the calendar had for the host whose turn comes.</summary>
    public void PutSoon(long time, uint id) => AddSoon(time, id);

    /// <summary>The hosts of this part that may have something in service.</summary>
    public Span<int> Senders => _sending.AsSpan(0, _sendingCount);

    /// <summary>Only the first so many of <see cref="Senders"/> still have.</summary>
    public void KeepSenders(int count) => _sendingCount = count;

    /// <summary>How many arrivals there is room for.</summary>
    public int ArrivalRoom => _arrivalCapacity;

    /// <summary>Room for so many arrivals, those that are there kept.</summary>
    public ulong* RoomForArrivals(int count)
    {
        if (count > _arrivalCapacity)
        {
            _arrivalCapacity = Math.Max(4096, count * 2);
            Arrivals = (ulong*)System.Runtime.InteropServices.NativeMemory.Realloc(Arrivals, (nuint)_arrivalCapacity * sizeof(ulong));
            _arrivalScratch = (ulong*)
                System.Runtime.InteropServices.NativeMemory.Realloc(_arrivalScratch, (nuint)_arrivalCapacity * sizeof(ulong));
        }
        return Arrivals;
    }

    /// <summary>Sorts the first so many arrivals.</summary>
    public void SortArrivals(int count) => KeySort.Sort(Arrivals, _arrivalScratch, count);

    private void DisposeSweep()
    {
        _noted?.Dispose();
        System.Runtime.InteropServices.NativeMemory.Free(Arrivals);
        System.Runtime.InteropServices.NativeMemory.Free(_arrivalScratch);
        Arrivals = null;
        _arrivalScratch = null;
    }
}
