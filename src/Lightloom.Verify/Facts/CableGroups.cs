using Lightloom.Hardware;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Facts;

/// <summary>The rows of cables.csv cable by cable: rows of one cable need not stand together.</summary>
internal sealed class CableGroups
{
    private readonly Buckets _rows;
    private readonly bool[] _headAtZ;

    public CableGroups(Folder folder, HardwareFacts facts)
    {
        ReadOnlySpan<CableRow> rows = folder.Cables.Rows;
        int[] cables = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            cables[i] = rows[i].Cable;
        }

        _rows = new(folder.Cables.Cables.Count, cables);
        _headAtZ = new bool[Count];
        for (int cable = 0; cable < Count; cable++)
        {
            _headAtZ[cable] = HeadIsAtZ(folder, RowsOf(cable), facts);
        }
    }

    /// <summary>Number of cables.</summary>
    public int Count => _rows.Count;

    /// <summary>Indices of the rows of a cable, in the file's order: row i is leg i.</summary>
    public ReadOnlySpan<int> RowsOf(int cable) => _rows[cable];

    /// <summary>True when the head of a cable, the end that carries more, is at Z.</summary>
    public bool HeadAtZ(int cable) => _headAtZ[cable];

    // Unlike ends are told by the cages that they fit, then by where several legs gather, then by the cage that carries more.
    private static bool HeadIsAtZ(Folder folder, ReadOnlySpan<int> own, HardwareFacts facts)
    {
        ReadOnlySpan<CableRow> rows = folder.Cables.Rows;
        ref readonly CableRow first = ref rows[own[0]];
        bool oneA = true;
        bool oneZ = true;
        foreach (int i in own)
        {
            oneA &= rows[i].A.Cage == first.A.Cage;
            oneZ &= rows[i].Z.Cage == first.Z.Cage;
        }

        CageFacts? a = facts.CageOf(first.A.Cage);
        CageFacts? z = facts.CageOf(first.Z.Cage);
        if (facts.ProductOf(first.Product) is { HasTwoKindsOfEnds: true } product && a is not null && z is not null)
        {
            bool atZ = Suits(product, z, a);
            if (Suits(product, a, z) != atZ)
            {
                return atZ;
            }
        }

        // Nothing is known of a cage outside the design; no end there carries more than ours, which may hold several links.
        if (z is null && a is not null && facts.DeviceOf(folder.Cables.Cages[first.Z.Cage].Device) is { IsOutside: true })
        {
            return false;
        }

        return oneA != oneZ ? oneZ : a is null || z is null || z.Rate >= a.Rate;
    }

    private static bool Suits(Product product, CageFacts head, CageFacts tail) =>
        Plugs.Fits(head, product.Forms(head: true))
        && Plugs.Fits(tail, product.Forms(head: false))
        && Plugs.Cools(head, product.Head.ThermalTypes?.Value ?? [])
        && (product.IsAssembly || Plugs.Cools(tail, product.Tail.ThermalTypes?.Value ?? []));
}
