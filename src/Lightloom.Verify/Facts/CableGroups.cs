using Lightloom.Hardware;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Facts;

/// <summary>The rows of cables.csv cable by cable: rows of one cable need not stand together.</summary>
internal sealed class CableGroups
{
    private readonly int[] _start;
    private readonly int[] _rows;
    private readonly bool[] _headAtZ;

    public CableGroups(Folder folder, HardwareFacts facts)
    {
        ReadOnlySpan<CableRow> rows = folder.Cables.Rows;
        _start = new int[folder.Cables.Cables.Count + 1];
        foreach (ref readonly CableRow row in rows)
        {
            if (row.Cable >= 0)
            {
                _start[row.Cable + 1]++;
            }
        }

        for (int cable = 0; cable < Count; cable++)
        {
            _start[cable + 1] += _start[cable];
        }

        _rows = new int[_start[^1]];
        int[] next = _start[..^1];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Cable >= 0)
            {
                _rows[next[rows[i].Cable]++] = i;
            }
        }

        _headAtZ = new bool[Count];
        for (int cable = 0; cable < Count; cable++)
        {
            _headAtZ[cable] = HeadIsAtZ(rows, RowsOf(cable), facts);
        }
    }

    /// <summary>Number of cables.</summary>
    public int Count => _start.Length - 1;

    /// <summary>Indices of the rows of a cable, in the file's order: row i is leg i.</summary>
    public ReadOnlySpan<int> RowsOf(int cable) => _rows.AsSpan(_start[cable], _start[cable + 1] - _start[cable]);

    /// <summary>True when the head of a cable, the end that carries more, is at Z.</summary>
    public bool HeadAtZ(int cable) => _headAtZ[cable];

    // Several legs gather at their head. Of one leg alone the plugs decide, then the cages, then that the upper tier divides.
    private static bool HeadIsAtZ(ReadOnlySpan<CableRow> rows, ReadOnlySpan<int> own, HardwareFacts facts)
    {
        ref readonly CableRow first = ref rows[own[0]];
        bool oneA = true;
        bool oneZ = true;
        foreach (int i in own)
        {
            oneA &= rows[i].A.Cage == first.A.Cage;
            oneZ &= rows[i].Z.Cage == first.Z.Cage;
        }

        if (oneA != oneZ)
        {
            return oneZ;
        }

        if (
            facts.ProductOf(first.Product) is not { HasTwoKindsOfEnds: true } product
            || facts.CageOf(first.A.Cage) is not { } a
            || facts.CageOf(first.Z.Cage) is not { } z
        )
        {
            return true;
        }

        bool atA = Suits(product, a, z);
        bool atZ = Suits(product, z, a);
        return atA != atZ ? atZ : z.Rate >= a.Rate;
    }

    private static bool Suits(Product product, CageFacts head, CageFacts tail) =>
        Plugs.Fits(head.Form, product.Forms(head: true))
        && Plugs.Fits(tail.Form, product.Forms(head: false))
        && Plugs.Cools(head, product.Head.ThermalTypes?.Value ?? [])
        && (product.IsAssembly || Plugs.Cools(tail, product.Tail.ThermalTypes?.Value ?? []));
}
