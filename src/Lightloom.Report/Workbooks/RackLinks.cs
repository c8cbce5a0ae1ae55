using Lightloom.Design;
using Lightloom.Topology;

namespace Lightloom.Report.Workbooks;

/// <summary>Which links end in which rack. A link within one rack is listed once, by its A end.</summary>
internal sealed class RackLinks
{
    private readonly int[] _start;
    private readonly int[] _links;
    private readonly int[] _firstOfClass;

    /// <summary>Sorts all links by rack.</summary>
    public RackLinks(ClusterDesign design)
    {
        IReadOnlyList<LinkClass> classes = design.Network.LinkClasses;
        _firstOfClass = new int[classes.Count + 1];
        for (int c = 0; c < classes.Count; c++)
        {
            _firstOfClass[c + 1] = _firstOfClass[c] + classes[c].Links.Length;
        }

        int racks = design.Placement.Racks.Count;
        _start = new int[racks + 1];
        RackA = new int[_firstOfClass[^1]];
        RackZ = new int[_firstOfClass[^1]];
        for (int c = 0; c < classes.Count; c++)
        {
            for (int i = 0; i < classes[c].Links.Length; i++)
            {
                int link = _firstOfClass[c] + i;
                RackA[link] = design.Router.RackA(classes[c], i);
                RackZ[link] = design.Router.RackZ(classes[c], i);
                _start[RackA[link] + 1]++;
                if (RackZ[link] != RackA[link])
                {
                    _start[RackZ[link] + 1]++;
                }
            }
        }

        for (int r = 0; r < racks; r++)
        {
            _start[r + 1] += _start[r];
        }

        _links = new int[_start[racks]];
        int[] next = [.. _start];
        for (int link = 0; link < RackA.Length; link++)
        {
            _links[next[RackA[link]]++] = link;
            if (RackZ[link] != RackA[link])
            {
                _links[next[RackZ[link]]++] = link;
            }
        }
    }

    /// <summary>Rack of the A end by link number.</summary>
    public int[] RackA { get; }

    /// <summary>Rack of the Z end by link number.</summary>
    public int[] RackZ { get; }

    /// <summary>Numbers of the links that end in a rack.</summary>
    public ReadOnlySpan<int> Of(int rack) => _links.AsSpan(_start[rack], _start[rack + 1] - _start[rack]);

    /// <summary>Class and place in the class of a link number.</summary>
    public (int Class, int Link) Find(int link)
    {
        int at = Array.BinarySearch(_firstOfClass, link);
        int c = at >= 0 ? at : ~at - 1;
        while (_firstOfClass[c + 1] == _firstOfClass[c])
        {
            c++;
        }

        return (c, link - _firstOfClass[c]);
    }
}
