using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>A host's network card: the round of flows that wish to send, and the receiver's round of senders it owes credit.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct HostState
{
    public int ActiveHead;
    public int ActiveTail;
    public int ActiveCount;

    /// <summary>While control and data both wait, the card sends ten control packets for one of data.</summary>
    public int Turn;

    public int PullHead;
    public int PullTail;
    public int PullCount;
    public int IdleHead;
    public int IdleTail;
    public int IdleCount;
    public int PacerRunning;

    /// <summary>Whether the card is among those that its part looks after at the end of each window.</summary>
    public int IsListed;

    /// <summary>The first of the host's timers that are due in the window, as a place in its part's list, plus one; 0 for none.</summary>
    public int Due;

    /// <summary>When the next paced packet may go, so that one timer serves all flows of the card.</summary>
    public long WakeAt;
}
