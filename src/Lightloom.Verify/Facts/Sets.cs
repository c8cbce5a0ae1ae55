namespace Lightloom.Verify.Facts;

/// <summary>Sets of things that are joined pair by pair; each is known by one of its members.</summary>
internal sealed class Sets(int count)
{
    private readonly int[] _above = [.. Enumerable.Range(0, count)];

    /// <summary>The member that stands for the set of a thing.</summary>
    public int Of(int one)
    {
        while (_above[one] != one)
        {
            one = _above[one] = _above[_above[one]];
        }

        return one;
    }

    /// <summary>Joins the sets of two things.</summary>
    public void Join(int one, int other) => _above[Of(one)] = Of(other);
}
