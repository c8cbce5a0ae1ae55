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
    private readonly int[] _kind;
    private readonly Dictionary<int, SortedSet<int>> _mixed = [];

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
        _kind = new int[n];
        int[] kinds = Kinds(classes);
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
                if (_kind[root] == 0)
                {
                    _kind[root] = kinds[k];
                }
                else if (_kind[root] != kinds[k])
                {
                    Mix(root, _kind[root] - 1, kinds[k] - 1);
                }

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

    /// <summary>Indexes in the fabric's classes, one for each kind, where links of several kinds meet in one cage (two pools on one leaf); null where all are alike.</summary>
    public IReadOnlyCollection<int>? Mixed(int group) => _mixed.Count == 0 ? null : _mixed.GetValueOrDefault(group);

    /// <summary>True when one A cage and one Z cage are joined leg by leg, so that a straight assembly can carry all legs.</summary>
    public bool IsPair(int group) => _atA[group] == 1 && _atZ[group] == 1 && !_crossed[group];

    // For every class the first one that asks the same question, from 1.
    private static int[] Kinds(IReadOnlyList<LinkClass> classes)
    {
        Dictionary<(CageUse, CageUse, Units.DataRate, Tier, int), int> known = [];
        int[] kinds = new int[classes.Count];
        for (int k = 0; k < kinds.Length; k++)
        {
            LinkClass c = classes[k];
            (CageUse, CageUse, Units.DataRate, Tier, int) question = (c.ACages, c.ZCages, c.Rate, c.From, c.SplitOverPlanes ? c.LegsPerNic : 1);
            if (!known.TryGetValue(question, out kinds[k]))
            {
                known[question] = kinds[k] = k + 1;
            }
        }

        return kinds;
    }

    private void Mix(int group, int first, int other)
    {
        if (!_mixed.TryGetValue(group, out SortedSet<int>? kinds))
        {
            _mixed[group] = kinds = [first];
        }

        kinds.Add(other);
    }

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
