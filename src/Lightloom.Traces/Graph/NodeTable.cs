namespace Lightloom.Traces.Graph;

/// <summary>
/// Which number within its rank an operation's id means. Ids that lie close together, as nearly all do, take four bytes each.
/// </summary>
internal sealed class NodeTable
{
    private const long MostSparse = 4096;
    private int[] _dense = [];
    private long _base;
    private int _count;
    private Dictionary<long, int>? _sparse;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_dense);
        _sparse = null;
        _count = 0;
    }

    /// <summary>Adds an id; false when it is there already.</summary>
    public bool Add(long id, int index)
    {
        if (_count == 0)
        {
            _base = Math.Max(0, id - 64);
        }

        if (_sparse is null && (id < _base || id - _base > MostSparse + 4L * _count))
        {
            MakeSparse();
        }

        _count++;
        if (_sparse is not null)
        {
            return _sparse.TryAdd(id, index);
        }

        int at = (int)(id - _base);
        if (at >= _dense.Length)
        {
            Array.Resize(ref _dense, Math.Max(at + 1, _dense.Length + _dense.Length / 2));
        }

        if (_dense[at] != 0)
        {
            return false;
        }

        _dense[at] = index + 1;
        return true;
    }

    /// <summary>The index of an id; -1 when there is none.</summary>
    public int Find(long id)
    {
        if (_sparse is not null)
        {
            return _sparse.GetValueOrDefault(id, -1);
        }

        long at = id - _base;
        return at < 0 || at >= _dense.Length ? -1 : _dense[(int)at] - 1;
    }

    private void MakeSparse()
    {
        _sparse = new(_count);
        for (int at = 0; at < _dense.Length; at++)
        {
            if (_dense[at] != 0)
            {
                _sparse.Add(_base + at, _dense[at] - 1);
            }
        }

        _dense = [];
    }
}
