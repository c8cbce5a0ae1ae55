using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// Cages that must hold the same product: a module serves all legs of its cage, and each leg asks the same of the cage at its other end. So
/// the choice falls for a whole group of cages that links join, by its longest link.
/// </summary>
internal sealed class CageGroups
{
    private readonly CageIndex _cages;
    private readonly IReadOnlyList<LinkClass> _classes;
    private readonly int[] _root;
    private readonly Group[] _groups;
    private readonly Dictionary<int, SortedSet<int>> _mixed = [];
    private PairTest[]? _pairs;

    public CageGroups(CageIndex cages, IReadOnlyList<LinkClass> classes, IReadOnlyList<int[]> lengths, IReadOnlyList<byte[]?> panels)
    {
        _cages = cages;
        _classes = classes;
        int n = cages.Count;
        _root = DisjointSets.Apart(n);
        foreach (LinkClass c in classes)
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                DisjointSets.Join(_root, cages.Id(link.A, link.ACage), cages.Id(link.Z, link.ZCage));
            }
        }

        // The root of a cage has a lower number, so that one pass upwards suffices.
        for (int i = 0; i < n; i++)
        {
            _root[i] = _root[_root[i]];
        }

        _groups = new Group[n];
        int[] kinds = Kinds(classes);
        for (int k = 0; k < classes.Count; k++)
        {
            Link[] links = classes[k].Links;
            int[] length = lengths[k];
            byte[]? panel = panels[k];
            ushort kind = (ushort)kinds[k];
            for (int i = 0; i < links.Length; i++)
            {
                int root = Of(links[i]);
                ref Group group = ref _groups[root];
                if (group.Longest < length[i])
                {
                    group.Longest = length[i];
                }

                if (panel is not null && group.Panels < panel[i])
                {
                    group.Panels = panel[i];
                }

                if (group.Kind != kind)
                {
                    if (group.Kind == 0)
                    {
                        group.Kind = kind;
                    }
                    else
                    {
                        Mix(root, group.Kind - 1, kind - 1);
                    }
                }
            }
        }
    }

    /// <summary>The group of a link.</summary>
    public int Of(in Link link) => _root[_cages.Id(link.A, link.ACage)];

    /// <summary>Length of the longest link of a group, and panels on the way of the link that passes most.</summary>
    public (int Longest, int Panels) Ask(int group) => (_groups[group].Longest, _groups[group].Panels);

    /// <summary>
    /// Indexes in the classes, one for each kind, where links of several kinds meet in one cage (two pools on one leaf); null where all are
    /// alike.
    /// </summary>
    public IReadOnlyCollection<int>? Mixed(int group) => _mixed.Count == 0 ? null : _mixed.GetValueOrDefault(group);

    /// <summary>True when one A cage and one Z cage are joined leg by leg, so that a straight assembly can carry all legs.</summary>
    public bool IsPair(int group)
    {
        _pairs ??= Pairs();
        return _pairs[group] is { AtA: 1, AtZ: 1, Crossed: false };
    }

    private PairTest[] Pairs()
    {
        PairTest[] pairs = new PairTest[_cages.Count];
        bool[] seen = new bool[_cages.Count];
        foreach (LinkClass c in _classes)
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                int a = _cages.Id(link.A, link.ACage);
                int z = _cages.Id(link.Z, link.ZCage);
                ref PairTest pair = ref pairs[_root[a]];
                pair.Crossed |= link.ALane != link.ZLane;
                pair.AtA += seen[a] || pair.AtA > 1 ? (byte)0 : (byte)1;
                pair.AtZ += seen[z] || pair.AtZ > 1 ? (byte)0 : (byte)1;
                seen[a] = seen[z] = true;
            }
        }

        return pairs;
    }

    // For every class the first one that asks the same question, from 1.
    private static int[] Kinds(IReadOnlyList<LinkClass> classes)
    {
        Dictionary<(CageUse, CageUse, DataRate, Tier, int), int> known = [];
        int[] kinds = new int[classes.Count];
        for (int k = 0; k < kinds.Length; k++)
        {
            LinkClass c = classes[k];
            (CageUse, CageUse, DataRate, Tier, int) question = (c.ACages, c.ZCages, c.Rate, c.From, c.SplitOverPlanes ? c.LegsPerNic : 1);
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

    private struct Group
    {
        public int Longest;
        public ushort Kind;
        public byte Panels;
    }

    private struct PairTest
    {
        public byte AtA;
        public byte AtZ;
        public bool Crossed;
    }
}
