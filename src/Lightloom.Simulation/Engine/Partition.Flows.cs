using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>Flows that begin and end, and which plane a packet takes.</summary>
internal sealed unsafe partial class Partition
{
    private int[] _starts = new int[16];
    private int _startHead;

    /// <summary>Flows that start at the end of the current event.</summary>
    public int StartCount { get; private set; }

    /// <summary>The triggers of the run.</summary>
    public Triggers Triggers { get; set; } = null!;

    /// <summary>Calls for the start of a flow, now or after a delay.</summary>
    public void AddStart(int flow, long delay)
    {
        if (delay > 0)
        {
            SetFlowTimer(flow, Now + delay);
            return;
        }
        if (_startHead + StartCount == _starts.Length)
        {
            if (_startHead > 0)
            {
                Array.Copy(_starts, _startHead, _starts, 0, StartCount);
                _startHead = 0;
            }
            else
            {
                Array.Resize(ref _starts, _starts.Length * 2);
            }
        }
        _starts[_startHead + StartCount++] = flow;
    }

    /// <summary>The next flow to start; false when there is none.</summary>
    public bool TakeStart(out int flow)
    {
        if (StartCount == 0)
        {
            _startHead = 0;
            flow = -1;
            return false;
        }
        flow = _starts[_startHead++];
        StartCount--;
        return true;
    }

    /// <summary>A flow's sender has its last acknowledgement.</summary>
    public void Finish(int flow, long now)
    {
        World.FlowFinish.Pointer[flow] = now;
        Counters.FlowsFinished++;
        Triggers.Done(flow, this);
    }

    /// <summary>A flow's receiver has its last byte.</summary>
    public void Complete(int flow) => Triggers.Received(flow, this);

    // ---- Planes ------------------------------------------------------------------------------------------------------------------------------

    /// <summary>Whether a flow's next packet may take this port of its host's card.</summary>
    public bool MayUse(int flow, int host, PortState* port)
    {
        int first = World.HostPorts.Pointer[host];
        int count = World.HostPorts.Pointer[host + 1] - first;
        int at = (int)(port - Ports) - first;
        if (!Leads(port, flow))
        {
            return false;
        }
        switch (World.Options.PlanePolicy)
        {
            case PlanePolicy.Hash:
                return at == Living(flow, first, count, Hash.Below(Hash.Mix32((uint)flow ^ (uint)World.Options.Seed * 0x9E3779B9u), count));
            case PlanePolicy.RoundRobin:
                if (at != Living(flow, first, count, (_planeTurn![flow] & int.MaxValue) % count))
                {
                    return false;
                }
                _planeTurn[flow]++;
                return true;
            default:
                return true;
        }
    }

    // The wished-for port, or the next one after it that is alive and leads to the destination.
    private int Living(int flow, int first, int count, int wish)
    {
        for (int i = 0; i < count; i++)
        {
            int at = (wish + i) % count;
            if (Leads(Ports + first + at, flow))
            {
                return at;
            }
        }
        return -1;
    }

    private bool Leads(PortState* port, int flow)
    {
        if ((port->Flags & PortState.Down) != 0)
        {
            return false;
        }
        int plane = World.Switches[_tallies[port - Ports].Peer].Plane;
        return World.Attachments.Pointer[World.FlowDestination.Pointer[flow] * World.PlaneCount + plane].Count > 0;
    }

    private int[]? _planeTurn;

    /// <summary>Prepares round robin over planes.</summary>
    public void PreparePlanes()
    {
        if (World.Options.PlanePolicy == PlanePolicy.RoundRobin)
        {
            _planeTurn = new int[World.FlowCount];
        }
    }
}
