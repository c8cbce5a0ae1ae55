using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>What rows of cables are asked for.</summary>
internal sealed record CableFilter
{
    public string? Role { get; init; }
    public string? Tier { get; init; }
    public int? Plane { get; init; }
    public string? Product { get; init; }
    public string? Medium { get; init; }
    public string? Kind { get; init; }
    public string? Rack { get; init; }
    public string? Device { get; init; }
    public double? MinM { get; init; }
    public double? MaxM { get; init; }
    public string? Q { get; init; }
}

/// <summary>
/// Rows of cables, made when they are asked for. Of a question's rows only their numbers are kept, for the few questions asked last, so that
/// paging through a million of them costs what the page's rows do.
/// </summary>
internal sealed class CableTable(DesignView view)
{
    private const int KeptQuestions = 6;
    private readonly Lock _gate = new();
    private readonly List<(CableFilter Filter, string Sort, Lazy<int[]> Rows)> _kept = [];

    /// <summary>The words to sort by; <c>-</c> before one turns it around.</summary>
    public static readonly string[] Sorts = ["n", "length", "order_length", "product", "a", "z", "a_rack", "z_rack", "loss"];

    /// <summary>Numbers of the cables that a question asks for, in its order.</summary>
    /// <exception cref="ArgumentException">It sorts by something else, or asks for what there is not.</exception>
    public int[] RowsOf(CableFilter filter, string sort)
    {
        if (!Sorts.Contains(sort.TrimStart('-')))
        {
            throw new ArgumentException($"sort is one of {string.Join(", ", Sorts)}, with - before it to turn it around");
        }

        Lazy<int[]> rows;
        lock (_gate)
        {
            int at = _kept.FindIndex(k => k.Filter == filter && k.Sort == sort);
            rows = at >= 0 ? _kept[at].Rows : new(() => Find(filter, sort));
            if (at >= 0)
            {
                _kept.RemoveAt(at);
            }

            _kept.Insert(0, (filter, sort, rows));
            if (_kept.Count > KeptQuestions)
            {
                _kept.RemoveAt(KeptQuestions);
            }
        }

        return rows.Value;
    }

    /// <summary>One row.</summary>
    public CableRow RowOf(int cable)
    {
        ClusterDesign design = view.Design;
        (LinkClass links, int index) = view.Cables.FirstOf(cable);
        Link link = links.Links[index];
        Cable one = design.Cables.Cables[cable];
        LinkProduct? product = one.Product < 0 ? null : design.Cables.Products[one.Product];
        Network network = design.Network;
        return new()
        {
            N = cable,
            Id = view.Cables.IdOf(cable),
            Role = links.Fabric.ToWord(),
            Plane = links.Plane,
            Tier = links.TierWord,
            A = network.NameOf(link.A, links.Fabric, link.ACage),
            APort = network.PortName(link.A, links.Fabric, link.ACage),
            ARack = design.Placement.Racks[design.Router.RackA(links, index)].Name,
            Z = network.NameOf(link.Z, links.Fabric, link.ZCage),
            ZPort = network.PortName(link.Z, links.Fabric, link.ZCage),
            ZRack = design.Placement.Racks[design.Router.RackZ(links, index)].Name,
            Legs = view.Cables.LinksOf(cable).Length,
            RateGbps = links.Rate.Gbps,
            Product = product?.Id,
            Kind = product is null ? null : CableNaming.KindWord(product),
            Medium = product?.Medium.ToWord(),
            LengthM = one.LengthMillimetres / 1000.0,
            OrderLengthM = one.OrderLengthMillimetres / 1000.0,
            LossDb = design.Cables.LossDb(cable) is { } loss ? Math.Round(loss, 3) : null,
            Bundle = one.Bundle >= 0 ? one.Bundle + 1 : null,
        };
    }

    private int[] Find(CableFilter f, string sort)
    {
        int[] found = Filtered(f);
        string by = sort.TrimStart('-');
        if (by != "n")
        {
            double[] keys = new double[found.Length];
            for (int i = 0; i < found.Length; i++)
            {
                keys[i] = KeyOf(by, found[i]);
            }

            // Rows that are alike stay in their order.
            int[] order = [.. Enumerable.Range(0, found.Length)];
            Array.Sort(order, (x, y) => keys[x].CompareTo(keys[y]) is not 0 and var c ? c : x.CompareTo(y));
            found = [.. order.Select(o => found[o])];
        }

        if (sort.StartsWith('-'))
        {
            Array.Reverse(found);
        }

        return found;
    }

    private double KeyOf(string by, int cable)
    {
        Cable one = view.Design.Cables.Cables[cable];
        (LinkClass links, int index) = view.Cables.FirstOf(cable);
        return by switch
        {
            "length" => one.LengthMillimetres,
            "order_length" => one.OrderLengthMillimetres,
            "product" => one.Product,
            "a" => links.Links[index].A,
            "z" => links.Links[index].Z,
            "a_rack" => view.Design.Router.RackA(links, index),
            "z_rack" => view.Design.Router.RackZ(links, index),
            _ => view.Design.Cables.LossDb(cable) ?? -1,
        };
    }

    private int[] Filtered(CableFilter f)
    {
        ClusterDesign design = view.Design;
        bool[] products =
        [
            .. design.Cables.Products.Select(p =>
                (f.Product is null || p.Id == f.Product)
                && (
                    f.Medium is null
                    || p.Medium.ToWord() == f.Medium
                    || (f.Medium == "fibre" && p.Medium.IsFibre())
                    || (f.Medium == "copper" && !p.Medium.IsFibre())
                )
                && (f.Kind is null || CableNaming.KindWord(p) == f.Kind)
            ),
        ];
        bool byProduct = f.Product is not null || f.Medium is not null || f.Kind is not null;
        bool[] classes =
        [
            .. design.Network.LinkClasses.Select(c =>
                (f.Role is null || c.Fabric.Name == f.Role)
                && (f.Tier is null || c.TierWord == f.Tier)
                && (f.Plane is null || c.Plane == f.Plane || c.SplitOverPlanes)
            ),
        ];
        int device = f.Device is null ? -1 : view.Names.Find(f.Device);
        int rack = f.Rack is null ? -1 : view.Racks.Find(f.Rack);
        if ((f.Device is not null && device < 0) || (f.Rack is not null && rack < 0))
        {
            return [];
        }

        double min = f.MinM ?? double.NegativeInfinity,
            max = f.MaxM ?? double.PositiveInfinity;
        List<int> found = [];
        int exact = f.Q is { Length: > 0 } q ? view.Cables.Find(q) : -1;
        if (exact >= 0)
        {
            return [exact];
        }

        if (rack >= 0)
        {
            foreach (int cable in view.Racks.CablesOf(rack))
            {
                Take(cable);
            }
        }
        else if (device >= 0)
        {
            int last = -1;
            HashSet<int> seen = [];
            foreach (int number in view.Links.Of(device))
            {
                (LinkClass links, int index) = view.Links.At(number);
                int cable = design.Cables.CableOfLink[links.Index][index];
                if (cable >= 0 && cable != last && seen.Add(cable))
                {
                    Take(cable);
                }

                last = cable;
            }
        }
        else
        {
            for (int cable = 0; cable < view.Cables.Count; cable++)
            {
                Take(cable);
            }
        }

        return [.. found];

        void Take(int cable)
        {
            Cable one = design.Cables.Cables[cable];
            double metres = one.LengthMillimetres / 1000.0;
            if (
                metres < min
                || metres > max
                || (byProduct && (one.Product < 0 || !products[one.Product]))
                || view.Cables.LinksOf(cable).Length == 0
            )
            {
                return;
            }

            (LinkClass links, int index) = view.Cables.FirstOf(cable);
            if (classes[links.Index] && (f.Q is not { Length: > 0 } text || Matches(cable, links, index, text)))
            {
                found.Add(cable);
            }
        }
    }

    private bool Matches(int cable, LinkClass links, int index, string text)
    {
        Link link = links.Links[index];
        return Has(view.Cables.IdOf(cable))
            || Has(view.Design.Network.NameOf(link.A, links.Fabric, link.ACage))
            || Has(view.Design.Network.NameOf(link.Z, links.Fabric, link.ZCage))
            || Has(view.Design.Placement.Racks[view.Design.Router.RackA(links, index)].Name)
            || Has(view.Design.Placement.Racks[view.Design.Router.RackZ(links, index)].Name);

        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A cable as the table shows it: its first leg stands for all.</summary>
internal sealed record CableRow
{
    public required int N { get; init; }
    public required string Id { get; init; }
    public required string Role { get; init; }
    public required int Plane { get; init; }
    public required string Tier { get; init; }
    public required string A { get; init; }
    public required string APort { get; init; }
    public required string ARack { get; init; }
    public required string Z { get; init; }
    public required string ZPort { get; init; }
    public required string ZRack { get; init; }
    public required int Legs { get; init; }
    public required double RateGbps { get; init; }
    public string? Product { get; init; }
    public string? Kind { get; init; }
    public string? Medium { get; init; }
    public required double LengthM { get; init; }
    public required double OrderLengthM { get; init; }
    public double? LossDb { get; init; }
    public int? Bundle { get; init; }
}
