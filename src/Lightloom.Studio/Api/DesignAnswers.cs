using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Studio.Views;
using Lightloom.Topology;

namespace Lightloom.Studio.Api;

/// <summary>The design's networks, tier by tier.</summary>
internal sealed record DesignAnswer(StateAnswer State, IReadOnlyList<FabricAnswer> Fabrics);

/// <summary>One network.</summary>
internal sealed record FabricAnswer
{
    public required string Role { get; init; }
    public required string Topology { get; init; }
    public required string Paradigm { get; init; }
    public required string Protocol { get; init; }
    public required int Planes { get; init; }
    public required string PlaneLayout { get; init; }
    public required IReadOnlyList<TierAnswer> Tiers { get; init; }
    public required IReadOnlyList<TierLinksAnswer> Links { get; init; }
    public required long MaxXpus { get; init; }
    public required double BisectionGbps { get; init; }
    public required HopsAnswer Hops { get; init; }
    public required long PathDiversity { get; init; }
    public LatencyAnswer? LatencyUs { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }

    public static FabricAnswer Of(ClusterDesign design, Fabric fabric) =>
        new()
        {
            Role = fabric.Role.ToWord(),
            Topology = fabric.Topology,
            Paradigm = fabric.Paradigm.ToWord(),
            Protocol = fabric.Protocol.ToWord(),
            Planes = fabric.Planes,
            PlaneLayout = fabric.PlaneLayout.ToWord(),
            Tiers = [.. fabric.Tiers.Select(TierAnswer.Of)],
            Links =
            [
                .. fabric
                    .LinkClasses.GroupBy(c => (c.From, c.To, c.Rate))
                    .OrderBy(g => g.Key.From)
                    .Select(g => new TierLinksAnswer(
                        g.Key.From.ToWord(),
                        g.Key.To.ToWord(),
                        g.Sum(c => (long)c.Links.Length),
                        CablesOf(design, g),
                        g.Key.Rate.Gbps
                    )),
            ],
            MaxXpus = fabric.MaxXpus,
            BisectionGbps = fabric.Bisection.Gbps,
            Hops = new(fabric.Hops.Shortest, fabric.Hops.Typical, fabric.Hops.Longest),
            PathDiversity = fabric.PathDiversity,
            LatencyUs = design.LatencyOf(fabric.Role) is { } latency
                ? new(
                    latency.Shortest.Total.Microseconds,
                    latency.Typical.Total.Microseconds,
                    latency.Longest.Total.Microseconds,
                    latency.Longest.RestsOnAssumptions
                )
                : null,
            Reasons = fabric.Reasons,
        };

    private static long CablesOf(ClusterDesign design, IEnumerable<LinkClass> classes)
    {
        HashSet<int> split = [];
        long cables = 0;
        foreach (LinkClass links in classes)
        {
            int last = -1;
            foreach (int cable in design.Cables.CableOfLink[links.Index])
            {
                if (cable != last && cable >= 0 && (!links.SplitOverPlanes || split.Add(cable)))
                {
                    cables++;
                }

                last = cable;
            }
        }

        return cables;
    }
}

/// <summary>Like switches of a tier.</summary>
internal sealed record TierAnswer(
    string Tier,
    string Switch,
    int Count,
    int DownPorts,
    double DownRateGbps,
    IReadOnlyList<PortsAnswer>? AlsoDown,
    int UpPorts,
    double UpRateGbps,
    int FreePorts,
    double Oversubscription
)
{
    public static TierAnswer Of(TierOfSwitches t) =>
        new(
            t.Tier.ToWord(),
            t.Switch.Id,
            t.Count,
            t.DownPorts,
            t.DownBreakout.Rate.Gbps,
            t.AlsoDown.Count == 0 ? null : [.. t.AlsoDown.Select(d => new PortsAnswer(d.Ports, d.Division.Rate.Gbps))],
            t.UpPorts,
            t.UpBreakout.Rate.Gbps,
            t.FreePorts,
            t.Oversubscription
        );
}

/// <summary>Ports of one rate.</summary>
internal sealed record PortsAnswer(int Ports, double RateGbps);

/// <summary>Links between two tiers.</summary>
internal sealed record TierLinksAnswer(string From, string To, long Count, long Cables, double RateGbps);

/// <summary>Switches on a path.</summary>
internal sealed record HopsAnswer(int Shortest, int Typical, int Longest);

/// <summary>Unloaded latency of a path in microseconds.</summary>
internal sealed record LatencyAnswer(double Shortest, double Typical, double Longest, bool Assumed);

/// <summary>Everything worth saying, worst first.</summary>
internal sealed record DiagnosticsAnswer(IReadOnlyList<DiagnosticAnswer> Rows);

/// <summary>Backends that were considered.</summary>
internal sealed record SizesAnswer(IReadOnlyList<SizingAnswer> Rows);

/// <summary>The files of <c>design -o DIR</c>.</summary>
internal sealed record FilesAnswer(IReadOnlyList<FileAnswer> Rows);

/// <summary>A file: its name, and what it is.</summary>
internal sealed record FileAnswer(string Name, string Kind, long? Bytes);

/// <summary>What is bought.</summary>
internal sealed record BillAnswer
{
    public required DesignFigures Figures { get; init; }
    public required IReadOnlyList<BillLineAnswer> Lines { get; init; }
    public required IReadOnlyList<FailureAnswer> Failures { get; init; }
    public required IReadOnlyList<StockAnswer> Stock { get; init; }
    public required string SparesRule { get; init; }
    public required double CapexAssumedUsd { get; init; }
    public required double CapexSparesUsd { get; init; }
    public required string EstimateBasis { get; init; }
    public required double NetworkPowerMaxW { get; init; }
    public required double WeightKg { get; init; }
    public required BillCounts Counts { get; init; }

    public static BillAnswer Of(DesignView view)
    {
        BillOfMaterials bill = view.Design.Bill;
        return new()
        {
            Figures = view.Figures,
            Lines = [.. bill.Lines.Select(BillLineAnswer.Of)],
            Failures = [.. bill.Failures.Select(f => new FailureAnswer(f.Name, f.Population, f.AnnualRate, f.PerYear))],
            Stock = [.. bill.Stock.Select(s => new StockAnswer(s.Id, s.Has, s.Used))],
            SparesRule = bill.SparesRule,
            CapexAssumedUsd = bill.CapexAssumed.Dollars,
            CapexSparesUsd = bill.CapexSpares.Dollars,
            EstimateBasis = bill.Estimate.Basis,
            NetworkPowerMaxW = bill.NetworkPowerMaximum.Watts,
            WeightKg = bill.Weight.Kilograms,
            Counts = new(bill.LogicalLinks, bill.Cages, bill.Transceivers, bill.Cables, bill.Pieces, bill.Fibres),
        };
    }
}

/// <summary>The four ways of counting, and pieces and fibres.</summary>
internal sealed record BillCounts(long LogicalLinks, long Cages, long Transceivers, long Cables, long Pieces, long Fibres);

/// <summary>How often parts of a class fail.</summary>
internal sealed record FailureAnswer(string Name, long Population, double? AnnualRate, double? PerYear);

/// <summary>What is in stock.</summary>
internal sealed record StockAnswer(string Id, int Has, long Used);

/// <summary>A line of the bill.</summary>
internal sealed record BillLineAnswer
{
    public required string Category { get; init; }
    public required string Id { get; init; }
    public required string Part { get; init; }
    public required string Name { get; init; }
    public required long Quantity { get; init; }
    public double? UnitUsd { get; init; }
    public double? TotalUsd { get; init; }
    public double? UnitW { get; init; }
    public double? TotalW { get; init; }
    public double? WeightKg { get; init; }
    public string? PriceDate { get; init; }
    public string? Source { get; init; }
    public string? Assumed { get; init; }
    public required bool Spare { get; init; }
    public required bool Stock { get; init; }

    public static BillLineAnswer Of(BillLine l) =>
        new()
        {
            Category = l.Category,
            Id = l.Id,
            Part = l.PartId,
            Name = l.Name,
            Quantity = l.Quantity,
            UnitUsd = l.UnitPrice?.Dollars,
            TotalUsd = l.Total?.Dollars,
            UnitW = l.UnitPower?.Watts,
            TotalW = l.TotalPower?.Watts,
            WeightKg = l.TotalWeight?.Kilograms,
            PriceDate = l.PriceDate,
            Source = l.Source,
            Assumed = l.Assumed,
            Spare = l.IsSpare,
            Stock = l.IsStock,
        };
}
