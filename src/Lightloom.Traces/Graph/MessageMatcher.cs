namespace Lightloom.Traces.Graph;

/// <summary>
/// Finds the receive of every send: the first of one sender, receiver and tag meets the first, the second the second, in the order of the
/// files. Receives of any sender or tag take what is left over, the lowest sender first.
/// </summary>
/// <remarks>What waits for its partner stands in a line of links, so memory grows by what is unmatched only.</remarks>
internal sealed class MessageMatcher
{
    private readonly record struct Key(int Source, int Destination, int Tag);

    private struct Line
    {
        public int Head;
        public int Tail;
        public bool Sends;
    }

    private readonly Dictionary<Key, Line> _lines = [];
    private readonly List<(int Operation, int Rank, int Source, int Tag)> _wild = [];
    private readonly Column<int> _partner;
    private readonly Column<int> _behind = new();
    private readonly Column<int> _atBehind = new();
    private int _free = -1;

    /// <param name="partner">By operation: receives its partner.</param>
    public MessageMatcher(Column<int> partner) => _partner = partner;

    /// <summary>Operations that wait for a partner.</summary>
    public int Waiting { get; private set; }

    /// <summary>A send.</summary>
    public void Send(int operation, int source, int destination, int tag) => Meet(operation, new(source, destination, tag), true);

    /// <summary>A receive.</summary>
    public void Receive(int operation, int source, int destination, int tag)
    {
        if (source == TraceNode.Any || tag == TraceNode.Any)
        {
            _wild.Add((operation, destination, source, tag));
            return;
        }

        Meet(operation, new(source, destination, tag), false);
    }

    private void Meet(int operation, Key key, bool sends)
    {
        bool waits = _lines.TryGetValue(key, out Line line);
        if (waits && line.Sends != sends)
        {
            int other = Take(ref line);
            Pair(operation, other);
            Put(key, line);
            return;
        }

        int slot = Slot(operation);
        if (waits)
        {
            _behind[line.Tail] = slot;
            line.Tail = slot;
        }
        else
        {
            line = new()
            {
                Head = slot,
                Tail = slot,
                Sends = sends,
            };
        }

        _lines[key] = line;
        Waiting++;
    }

    private int Slot(int operation)
    {
        int slot = _free;
        if (slot < 0)
        {
            slot = _behind.Count;
            _behind.Add(-1);
            _atBehind.Add(operation);
            return slot;
        }

        _free = _behind[slot];
        _behind[slot] = -1;
        _atBehind[slot] = operation;
        return slot;
    }

    private int Take(ref Line line)
    {
        int slot = line.Head;
        line.Head = _behind[slot];
        _behind[slot] = _free;
        _free = slot;
        Waiting--;
        return _atBehind[slot];
    }

    private void Put(Key key, Line line)
    {
        if (line.Head < 0)
        {
            _lines.Remove(key);
        }
        else
        {
            _lines[key] = line;
        }
    }

    private void Pair(int a, int b)
    {
        _partner[a] = b;
        _partner[b] = a;
    }

    /// <summary>Gives what is left over to receives of any sender or tag; what has no partner then stays without one.</summary>
    public void Finish()
    {
        if (_wild.Count == 0)
        {
            return;
        }

        Dictionary<int, SortedSet<(int Source, int Tag)>> open = [];
        foreach ((Key key, Line line) in _lines)
        {
            if (line.Sends)
            {
                if (!open.TryGetValue(key.Destination, out SortedSet<(int, int)>? keys))
                {
                    open[key.Destination] = keys = [];
                }

                keys.Add((key.Source, key.Tag));
            }
        }

        foreach ((int operation, int rank, int source, int tag) in _wild)
        {
            if (!open.TryGetValue(rank, out SortedSet<(int Source, int Tag)>? keys))
            {
                continue;
            }

            foreach ((int Source, int Tag) candidate in keys)
            {
                if ((source == TraceNode.Any || source == candidate.Source) && (tag == TraceNode.Any || tag == candidate.Tag))
                {
                    Key key = new(candidate.Source, rank, candidate.Tag);
                    Line line = _lines[key];
                    Pair(operation, Take(ref line));
                    Put(key, line);
                    if (line.Head < 0)
                    {
                        keys.Remove(candidate);
                    }

                    break;
                }
            }
        }
    }
}
