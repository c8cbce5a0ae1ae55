using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>
/// Numbers the cages of some link classes of one fabric without gaps between devices, so that arrays can stand for dictionaries.
/// </summary>
internal sealed class CageIndex
{
    private readonly int[] _base;

    public CageIndex(int devices, IReadOnlyList<LinkClass> classes)
    {
        ushort[] highest = new ushort[devices];
        foreach (LinkClass c in classes)
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                if (highest[link.A] < link.ACage)
                {
                    highest[link.A] = link.ACage;
                }

                if (highest[link.Z] < link.ZCage)
                {
                    highest[link.Z] = link.ZCage;
                }
            }
        }

        _base = new int[devices];
        int next = 0;
        for (int i = 0; i < highest.Length; i++)
        {
            // Cages are numbered from 1.
            _base[i] = next - 1;
            next += highest[i];
        }

        Count = next;
    }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    /// <summary>The number of a cage.</summary>
    public int Id(int device, int cage) => _base[device] + cage;
}
