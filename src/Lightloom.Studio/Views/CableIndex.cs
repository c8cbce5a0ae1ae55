using System.Collections.Immutable;
using System.Globalization;
using Lightloom.Design;
using Lightloom.Report;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>The links of every cable, and its id.</summary>
internal sealed class CableIndex
{
    private readonly int[] _start;
    private readonly int[] _links;
    private readonly CableIds[] _ids;
    private readonly LinkIndex _index;

    public CableIndex(ClusterDesign design, LinkIndex index)
    {
        _index = index;
        _ids = CableIds.Of(design);
        int cables = design.Cables.Cables.Length;
        _start = new int[cables + 1];
        foreach (ImmutableArray<int> of in design.Cables.CableOfLink)
        {
            foreach (int cable in of)
            {
                if (cable >= 0)
                {
                    _start[cable + 1]++;
                }
            }
        }

        for (int c = 0; c < cables; c++)
        {
            _start[c + 1] += _start[c];
        }

        _links = new int[_start[cables]];
        int[] next = _start[..^1];
        for (int c = 0; c < design.Cables.CableOfLink.Count; c++)
        {
            LinkClass links = design.Network.LinkClasses[c];
            ImmutableArray<int> of = design.Cables.CableOfLink[c];
            for (int i = 0; i < of.Length; i++)
            {
                if (of[i] >= 0)
                {
                    _links[next[of[i]]++] = index.NumberOf(links, i);
                }
            }
        }
    }

    /// <summary>How many cables there are.</summary>
    public int Count => _start.Length - 1;

    /// <summary>Numbers of the links that a cable carries, in the order of cables.csv.</summary>
    public ReadOnlySpan<int> LinksOf(int cable) => _links.AsSpan(_start[cable], _start[cable + 1] - _start[cable]);

    /// <summary>The first link that a cable carries.</summary>
    public (LinkClass Class, int Index) FirstOf(int cable) => _index.At(_links[_start[cable]]);

    /// <summary>The id of a cable, as the tables have it.</summary>
    public string IdOf(int cable) => _ids[FirstOf(cable).Class.Index].IdOf(cable);

    /// <summary>The cable of that id, or -1.</summary>
    public int Find(string id)
    {
        // Of the runs of digits in it one is the number; most ids have only that one.
        for (int at = 0; at < id.Length; )
        {
            if (!char.IsAsciiDigit(id[at]))
            {
                at++;
                continue;
            }

            int end = at;
            while (end < id.Length && char.IsAsciiDigit(id[end]))
            {
                end++;
            }

            if (
                int.TryParse(id.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= 1
                && number <= Count
                && LinksOf(number - 1).Length > 0
                && IdOf(number - 1) == id
            )
            {
                return number - 1;
            }

            at = end;
        }

        return -1;
    }
}
