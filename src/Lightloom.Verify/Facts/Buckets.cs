namespace Lightloom.Verify.Facts;

/// <summary>Rows gathered by a number that each has, in the order of the rows.</summary>
internal sealed class Buckets
{
    private readonly int[] _start;
    private readonly int[] _rows;

    /// <summary>Gathers.</summary>
    /// <param name="count">How many buckets there are.</param>
    /// <param name="bucketOf">The bucket of every row; -1 for none.</param>
    public Buckets(int count, ReadOnlySpan<int> bucketOf)
    {
        _start = new int[count + 1];
        foreach (int bucket in bucketOf)
        {
            if (bucket >= 0)
            {
                _start[bucket + 1]++;
            }
        }

        for (int i = 0; i < count; i++)
        {
            _start[i + 1] += _start[i];
        }

        _rows = new int[_start[^1]];
        int[] next = _start[..^1];
        for (int row = 0; row < bucketOf.Length; row++)
        {
            if (bucketOf[row] >= 0)
            {
                _rows[next[bucketOf[row]]++] = row;
            }
        }
    }

    /// <summary>Number of buckets.</summary>
    public int Count => _start.Length - 1;

    /// <summary>The rows of a bucket.</summary>
    public ReadOnlySpan<int> this[int bucket] => _rows.AsSpan(_start[bucket], _start[bucket + 1] - _start[bucket]);
}
