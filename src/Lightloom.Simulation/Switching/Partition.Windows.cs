using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// The ready lists of a run in conservative time windows: a port that begins to send joins the ready list of the node at its far end, which
/// looks at it once a window for as long as something is under way.
/// </summary>
internal sealed unsafe partial class Partition
{
    /// <summary>
    /// Switch by switch, then partition by partition for their hosts: the first port of the ready list that this partition fills; one port
    /// points to the next.
    /// </summary>
    private NativeArray<int>? _readyLists;
    private int* _nextReady;
    private bool _inWindows;
    private int[] _sending = [];
    private int _sendingCount;

    /// <summary>No port.</summary>
    public const int Nothing = -1;

    /// <summary>
    /// Ports into switches that this partition has listed less those it has removed: over all partitions, how many have something under
    /// way.
    /// </summary>
    public long ReadyPorts { get; private set; }

    /// <summary>Switches of this part, by tier.</summary>
    public int[][] Tiers { get; private set; } = [];

    /// <summary>Sorted arrivals at one switch, and room to sort them.</summary>
    public ulong* Arrivals { get; private set; }

    private ulong* _arrivalScratch;
    private int _arrivalCapacity;

    /// <summary>Prepares for conservative time windows.</summary>
    /// <param name="tiers">By tier: the switches of this part.</param>
    /// <param name="nextReady">By port: the next one in its ready list; shared by all partitions.</param>
    /// <param name="parts">How many parts there are.</param>
    public void PrepareWindows(int[][] tiers, NativeArray<int> nextReady, int parts)
    {
        _inWindows = true;
        Tiers = tiers;
        _nextReady = nextReady.Pointer;
        _readyLists = new NativeArray<int>(World.Network.Switches.Count + parts);
        new Span<int>(_readyLists.Pointer, _readyLists.Length).Fill(Nothing);
        _sending = new int[64];
    }

    /// <summary>Takes the ready list that this partition has filled for a switch, or for the hosts of a partition.</summary>
    public int TakeReadyList(int list)
    {
        int first = _readyLists!.Pointer[list];
        _readyLists.Pointer[list] = Nothing;
        return first;
    }

    /// <summary>A port that this partition has listed, or another, has nothing under way any more.</summary>
    public void RemoveReady() => ReadyPorts--;

    private void AddToReadyList(PortState* port)
    {
        if ((port->Flags & PortState.InReadyList) != 0)
        {
            return;
        }
        port->Flags |= PortState.InReadyList;
        int index = (int)(port - Ports);
        int peer = _tallies[index].Peer;
        int list = peer;
        if (peer < 0)
        {
            list = World.Network.Switches.Count + World.PartOfHost[~peer];
        }
        else
        {
            ReadyPorts++;
        }
        _nextReady[index] = _readyLists!.Pointer[list];
        _readyLists.Pointer[list] = index;
    }

    /// <summary>
    /// Makes the end of a card's service an event, when time goes in windows; otherwise the packet's arrival is soon enough.
    /// </summary>
    public void CallAtServiceEnd(PortState* port)
    {
        if (_inWindows && (port->Flags & PortState.Busy) != 0)
        {
            Calendar.Insert(Math.Max(port->ServiceEnd, Now), World.ServiceEvents + (uint)(port - Ports));
        }
    }

    /// <summary>A host's card has begun to send: it is looked after at the end of each window until it is idle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ListSender(int host)
    {
        if (_hosts[host].IsListed == 0 && _inWindows)
        {
            AddSender(host);
        }
    }

    private void AddSender(int host)
    {
        _hosts[host].IsListed = 1;
        if (_sendingCount == _sending.Length)
        {
            Array.Resize(ref _sending, _sendingCount * 2);
        }
        _sending[_sendingCount++] = host;
    }

    // ---- Hosts, one after the other
    // -----------------------------------------------------------------------------------------------------------

    private long _hostWindowEnd = long.MinValue;
    private (long Time, uint Id)[] _windowTimers = new (long, uint)[8];

    /// <summary>
    /// Timers of the host being run that are due before the end of the window: they do not pass through the calendar.
    /// </summary>
    public int WindowTimerCount { get; private set; }

    /// <summary>Ports to hosts of this part that have something under way, when hosts are run one after the other.</summary>
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

    /// <summary>Hosts are run one after the other up to the end of the window; <see cref="long.MinValue"/> when they have been.</summary>
    public void BeginHosts(long end) => _hostWindowEnd = end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetTimer(long time, uint id)
    {
        if (time >= _hostWindowEnd)
        {
            Calendar.Insert(time, id);
        }
        else
        {
            AddWindowTimer(time, id);
        }
    }

    private void AddWindowTimer(long time, uint id)
    {
        if (WindowTimerCount == _windowTimers.Length)
        {
            var more = new (long, uint)[WindowTimerCount * 2];
            Array.Copy(_windowTimers, more, WindowTimerCount);
            _windowTimers = more;
        }
        ulong key = Calendar.KeyOf(0, time, id);
        int at = WindowTimerCount++;
        // The first to come stands last.
        while (
            at > 0
            && (
                _windowTimers[at - 1].Time < time
                || (_windowTimers[at - 1].Time == time && Calendar.KeyOf(0, time, _windowTimers[at - 1].Id) < key)
            )
        )
        {
            _windowTimers[at] = _windowTimers[at - 1];
            at--;
        }
        _windowTimers[at].Time = time;
        _windowTimers[at].Id = id;
    }

    /// <summary>The next timer of the host being run; only while there is one.</summary>
    public long NextWindowTimer(out uint id)
    {
        id = _windowTimers[WindowTimerCount - 1].Id;
        return _windowTimers[WindowTimerCount - 1].Time;
    }

    /// <summary>The next timer goes off.</summary>
    public void TakeWindowTimer() => WindowTimerCount--;

    /// <summary>A timer that the calendar had for the host about to be run.</summary>
    public void PutWindowTimer(long time, uint id) => AddWindowTimer(time, id);

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

    private void DisposeWindows()
    {
        _readyLists?.Dispose();
        System.Runtime.InteropServices.NativeMemory.Free(Arrivals);
        System.Runtime.InteropServices.NativeMemory.Free(_arrivalScratch);
        Arrivals = null;
        _arrivalScratch = null;
    }
}
