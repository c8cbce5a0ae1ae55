using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>
/// Cages that must hold the same product: a module serves all legs of its cage, and each leg asks the same of the cage at its other end. So
/// the choice falls for a whole group of cages that links join, by its longest link.
/// </summary>
internal sealed class CageGroups
{
    private const byte Many = 2;
    private readonly CageIndex _cages;
    private readonly int[] _root;
    private readonly int[] _longest;
    private readonly byte[] _panels;
    private readonly byte[] _atA;
    private readonly byte[] _atZ;
    private readonly bool[] _crossed;

    public CageGroups(CageIndex cages, IReadOnlyList<LinkClass> classes, IReadOnlyList<int[]> lengths, IReadOnlyList<byte[]?> panels)
    {
        _cages = cages;
        int n = cages.Count;
        _root = new int[n];
        for (int i = 0; i < n; i++)
        {
            _root[i] = i;
        }

        foreach (LinkClass c in classes)
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                Join(cages.Id(link.A, link.ACage), cages.Id(link.Z, link.ZCage));
            }
        }

        for (int i = 0; i < n; i++)
        {
            _root[i] = Find(i);
        }

        _longest = new int[n];
        _panels = new byte[n];
        _atA = new byte[n];
        _atZ = new byte[n];
        _crossed = new bool[n];
        bool[] seen = new bool[n];
        for (int k = 0; k < classes.Count; k++)
        {
            Link[] links = classes[k].Links;
            int[] length = lengths[k];
            byte[]? panel = panels[k];
            for (int i = 0; i < links.Length; i++)
            {
                ref readonly Link link = ref links[i];
                int a = cages.Id(link.A, link.ACage);
                int z = cages.Id(link.Z, link.ZCage);
                int root = _root[a];
                _longest[root] = Math.Max(_longest[root], length[i]);
                if (panel is not null && _panels[root] < panel[i])
                {
                    _panels[root] = panel[i];
                }

                _crossed[root] |= link.ALane != link.ZLane;
                if (!seen[a])
                {
                    seen[a] = true;
                    _atA[root] += _atA[root] < Many ? (byte)1 : (byte)0;
                }

                if (!seen[z])
                {
                    seen[z] = true;
                    _atZ[root] += _atZ[root] < Many ? (byte)1 : (byte)0;
                }
            }
        }
    }

    /// <summary>The group of a link.</summary>
    public int Of(in Link link) => _root[_cages.Id(link.A, link.ACage)];

    /// <summary>Length of the longest link of a group.</summary>
    public int Longest(int group) => _longest[group];

    /// <summary>Panels on the way of the link that passes most.</summary>
    public int Panels(int group) => _panels[group];

    /// <summary>True when one A cage and one Z cage are joined leg by leg, so that a straight assembly can carry all legs.</summary>
    public bool IsPair(int group) => _atA[group] == 1 && _atZ[group] == 1 && !_crossed[group];

    private void Join(int a, int z)
    {
        int x = Find(a);
        int y = Find(z);
        if (x != y)
        {
            // The lower number wins, so that the result does not depend on the order of the links.
            (x, y) = x < y ? (x, y) : (y, x);
            _root[y] = x;
        }
    }

    private int Find(int i)
    {
        int[] root = _root;
        while (root[i] != i)
        {
            root[i] = root[root[i]];
            i = root[i];
        }

        return i;
    }
}
