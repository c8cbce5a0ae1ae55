using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Traffic;

/// <summary>Who waits for which trigger, and how often each has been activated.</summary>
internal sealed class Triggers
{
    private readonly TriggerDescription[] _triggers;
    private readonly int[] _left;
    private readonly int[] _next;
    private readonly int[] _first;
    private readonly int[] _waiting;
    private readonly int[] _done;
    private readonly int[] _received;

    // By message, where messages have several connections: those that have not ended yet at the sender, and at the receiver. Either end of
    // a message lies in one part of the run, so nobody else writes its counts.
    private readonly int[] _messageOf;
    private readonly int[] _connections;
    private readonly int[] _sending;
    private readonly int[] _receiving;

    /// <summary>The operations that start flows, where a trace does; null otherwise.</summary>
    public OperationRun? Operations { get; }

    /// <summary>The triggers of messages that are one connection each.</summary>
    public Triggers(TrafficDescription traffic)
        : this(traffic, [], []) { }

    /// <summary>The triggers of messages over their connections: flows are then numbers of connections.</summary>
    public Triggers(Connections connections)
        : this(connections.Messages, connections.MessageOf, connections.First) { }

    private Triggers(TrafficDescription traffic, int[] messageOf, int[] connections)
    {
        _messageOf = messageOf;
        _connections = connections;
        _sending = new int[Math.Max(0, connections.Length - 1)];
        for (int m = 0; m < _sending.Length; m++)
        {
            _sending[m] = connections[m + 1] - connections[m];
        }
        _receiving = (int[])_sending.Clone();
        Operations = traffic.Operations is { } graph ? new OperationRun(graph) : null;
        _triggers = new TriggerDescription[traffic.Triggers.Count];
        _left = new int[_triggers.Length];
        for (int t = 0; t < _triggers.Length; t++)
        {
            _triggers[t] = traffic.Triggers[t];
            _left[t] = _triggers[t].Kind == TriggerKind.Barrier ? _triggers[t].Count : 1;
        }
        _next = new int[_triggers.Length];
        _first = new int[_triggers.Length + 1];
        _done = new int[_triggers.Length == 0 ? 0 : traffic.Flows.Count];
        _received = new int[_done.Length];
        if (_triggers.Length == 0)
        {
            _waiting = [];
            return;
        }
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            _done[f] = flow.DoneTrigger;
            _received[f] = flow.ReceivedTrigger;
            if (flow.StartTrigger >= 0)
            {
                _first[flow.StartTrigger + 1]++;
            }
        }
        for (int t = 0; t < _triggers.Length; t++)
        {
            _first[t + 1] += _first[t];
        }
        _waiting = new int[_first[^1]];
        var fill = (int[])_first.Clone();
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            if (traffic.Flows[f].StartTrigger >= 0)
            {
                _waiting[fill[traffic.Flows[f].StartTrigger]++] = f;
            }
        }
    }

    /// <summary>The flow's sender has its last acknowledgement; true when that of its whole message has.</summary>
    public bool Done(int flow, IFlowStarts starts)
    {
        if (_messageOf.Length != 0)
        {
            flow = _messageOf[flow];
            if (--_sending[flow] != 0)
            {
                return false;
            }
        }
        if (_done.Length != 0 && _done[flow] >= 0)
        {
            Activate(_done[flow], starts);
        }
        Operations?.Sent(flow, this, starts);
        return true;
    }

    /// <summary>The flow's receiver has its last byte.</summary>
    public void Received(int flow, IFlowStarts starts)
    {
        if (_messageOf.Length != 0)
        {
            flow = _messageOf[flow];
            if (--_receiving[flow] != 0)
            {
                return;
            }
        }
        if (_received.Length != 0 && _received[flow] >= 0)
        {
            Activate(_received[flow], starts);
        }
        Operations?.Received(flow, this, starts);
    }

    /// <summary>A stream's computation has taken its time.</summary>
    public void Tick(int stream, IFlowStarts starts) => Operations!.Tick(stream, this, starts);

    /// <summary>Starts the operations that wait for nothing.</summary>
    /// <param name="startsOf">By host: whoever starts its flows.</param>
    public void Begin(Func<int, IFlowStarts> startsOf) => Operations?.Begin(this, startsOf);

    private void Activate(int trigger, IFlowStarts starts)
    {
        ref readonly TriggerDescription description = ref _triggers[trigger];
        if (description.Kind != TriggerKind.Multishot)
        {
            if (--_left[trigger] != 0)
            {
                return;
            }
            for (int i = _first[trigger]; i < _first[trigger + 1]; i++)
            {
                Start(_waiting[i], description.Delay.Picoseconds, starts);
            }
        }
        else if (_first[trigger] + _next[trigger] < _first[trigger + 1])
        {
            Start(_waiting[_first[trigger] + _next[trigger]++], description.Delay.Picoseconds, starts);
        }
    }

    /// <summary>Calls for the start of a message: of all its connections.</summary>
    public void Start(int message, long delay, IFlowStarts starts)
    {
        if (_messageOf.Length == 0)
        {
            starts.AddStart(message, delay);
            return;
        }
        for (int c = _connections[message]; c < _connections[message + 1]; c++)
        {
            starts.AddStart(c, delay);
        }
    }
}
