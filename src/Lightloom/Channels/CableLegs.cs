using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>The logical links of every cable, in the order of their rows in cables.csv.</summary>
internal sealed class CableLegs
{
    private readonly int[] _start;
    private readonly int[] _class;
    private readonly int[] _link;

    private CableLegs(int[] start, int[] classes, int[] links) => (_start, _class, _link) = (start, classes, links);

    /// <summary>Gathers the legs; one pass counts, a second fills.</summary>
    public static CableLegs Of(Network network, CablePlan cables)
    {
        int[] start = new int[cables.Cables.Length + 1];
        foreach (ImmutableArray<int> of in cables.CableOfLink)
        {
            foreach (int cable in of)
            {
                if (cable >= 0)
                {
                    start[cable + 1]++;
                }
            }
        }

        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        int[] classes = new int[start[^1]];
        int[] links = new int[start[^1]];
        int[] next = start[..^1];
        foreach (LinkClass c in network.LinkClasses)
        {
            ReadOnlySpan<int> of = cables.CableOfLink[c.Index].AsSpan();
            for (int i = 0; i < of.Length; i++)
            {
                if (of[i] >= 0)
                {
                    int at = next[of[i]]++;
                    (classes[at], links[at]) = (c.Index, i);
                }
            }
        }

        return new(start, classes, links);
    }

    /// <summary>Number of legs of a cable.</summary>
    public int Count(int cable) => _start[cable + 1] - _start[cable];

    /// <summary>Link class and link of a leg.</summary>
    public (int Class, int Link) this[int cable, int leg] => (_class[_start[cable] + leg], _link[_start[cable] + leg]);
}
