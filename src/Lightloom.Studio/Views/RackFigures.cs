using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>How many ends of cables each rack has, how long the longest is and how many are optical; and which cables end in it.</summary>
internal sealed class RackFigures
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Lazy<(int[] Start, int[] Cables)> _ends;

    public RackFigures(DesignView view)
    {
        ClusterDesign design = view.Design;
        int racks = design.Placement.Racks.Count;
        Ends = new int[racks];
        LongestMillimetres = new int[racks];
        Optical = new int[racks];
        foreach (Floor.Rack rack in design.Placement.Racks)
        {
            _byName.TryAdd(rack.Name, rack.Index);
        }

        ReadOnlySpan<Cable> cables = design.Cables.Cables.AsSpan();
        for (int cable = 0; cable < cables.Length; cable++)
        {
            if (view.Cables.LinksOf(cable).Length == 0)
            {
                continue;
            }

            (LinkClass links, int index) = view.Cables.FirstOf(cable);
            bool fibre = cables[cable].Product >= 0 && design.Cables.Products[cables[cable].Product].Medium.IsFibre();
            Count(design.Router.RackA(links, index), cables[cable].LengthMillimetres, fibre);
            Count(design.Router.RackZ(links, index), cables[cable].LengthMillimetres, fibre);
        }

        _ends = new(() => EndsOf(view));
    }

    /// <summary>Ends of cables by rack; a cable within a rack has two.</summary>
    public int[] Ends { get; }

    /// <summary>The longest cable that ends in each rack.</summary>
    public int[] LongestMillimetres { get; }

    /// <summary>Ends of fibre by rack.</summary>
    public int[] Optical { get; }

    /// <summary>The rack of that name, or -1.</summary>
    public int Find(string name) => _byName.GetValueOrDefault(name, -1);

    /// <summary>Cables that end in a rack, each once, in their order.</summary>
    public ReadOnlySpan<int> CablesOf(int rack)
    {
        (int[] start, int[] cables) = _ends.Value;
        return cables.AsSpan(start[rack], start[rack + 1] - start[rack]);
    }

    private void Count(int rack, int length, bool fibre)
    {
        Ends[rack]++;
        Optical[rack] += fibre ? 1 : 0;
        LongestMillimetres[rack] = Math.Max(LongestMillimetres[rack], length);
    }

    private (int[] Start, int[] Cables) EndsOf(DesignView view)
    {
        int[] start = new int[Ends.Length + 1];
        for (int pass = 0; ; pass++)
        {
            int[]? next = pass == 0 ? null : start[..^1];
            int[] cables = pass == 0 ? [] : new int[start[^1]];
            HashSet<int> racks = [];
            for (int cable = 0; cable < view.Cables.Count; cable++)
            {
                // Legs of one cable may end in several racks.
                racks.Clear();
                foreach (int number in view.Cables.LinksOf(cable))
                {
                    (LinkClass links, int index) = view.Links.At(number);
                    racks.Add(view.Design.Router.RackA(links, index));
                    racks.Add(view.Design.Router.RackZ(links, index));
                }

                foreach (int rack in racks)
                {
                    if (next is null)
                    {
                        start[rack + 1]++;
                    }
                    else
                    {
                        cables[next[rack]++] = cable;
                    }
                }
            }

            if (next is not null)
            {
                return (start, cables);
            }

            for (int r = 0; r < Ends.Length; r++)
            {
                start[r + 1] += start[r];
            }
        }
    }
}
