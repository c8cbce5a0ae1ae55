using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Switching;

/// <summary>Flows that begin and end.</summary>
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

    long IFlowStarts.Now => Now;

    /// <inheritdoc/>
    public void SetClock(int stream, long delay) => SetFlowTimer(World.FirstClock + stream, Now + delay);

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
        Counters.FlowsFinished += Triggers.Done(flow, this) ? 1 : 0;
    }

    /// <summary>A flow's receiver has its last byte.</summary>
    public void Complete(int flow) => Triggers.Received(flow, this);
}
