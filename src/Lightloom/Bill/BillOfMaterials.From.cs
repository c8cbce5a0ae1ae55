using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Bill;

public sealed partial class BillOfMaterials
{
    // Fields of a switch whose assumed value decides what is built; others (latency, buffer) do not show on a bill.
    private static readonly string[] BuildFields =
    [
        "rack_units",
        "cages",
        "cages.form_factor",
        "cages.lanes",
        "cages.breakouts",
        "max_logical_ports",
    ];

    private static readonly string[] CategoryOrder =
    [
        "switch",
        "transceiver",
        "assembly",
        "fibre",
        "shuffle",
        "trunk",
        "cassette",
        "panel",
        "scale-up",
    ];

    /// <summary>Counts and prices everything that the network is made of.</summary>
    /// <param name="spec">What was asked: price book, share of spares, years, PUE and tariff, catalogue.</param>
    /// <param name="network">Devices and links.</param>
    /// <param name="placement">Racks.</param>
    /// <param name="cables">Cables with products and lengths.</param>
    /// <param name="channels">The pieces that the cables consist of.</param>
    public static BillOfMaterials From(ClusterSpec spec, Network network, Placement placement, CablePlan cables, ChannelPlan channels)
    {
        PluggedModules plugged = PluggedModules.Count(network, cables);
        CableCount[] bought = CableCount.ByProductAndLength(cables);
        IReadOnlyDictionary<string, Money> book = spec.Prices;

        List<BillLine> lines = [];
        lines.AddRange(SwitchLines(network, book));
        lines.AddRange(ModuleLines(cables, book));
        lines.AddRange(
            channels
                .Articles.GroupBy(a => a.OrderCode, StringComparer.Ordinal)
                .Select(g => PieceLine(g.First() with { Quantity = g.Sum(a => a.Quantity) }, spec))
        );
        lines.AddRange(PanelLines(channels, book));
        lines.AddRange(ScaleUpLines(network));
        StockRule stock = new(spec.Existing);
        lines = Bought(lines, spec.Interconnect.Spares, stock)
            .OrderBy(l => l.IsSpare)
            .ThenBy(CategoryRank)
            .ThenBy(l => l.PartId, StringComparer.Ordinal)
            .ThenBy(l => l.Id.Split('@')[0], StringComparer.Ordinal)
            .ThenBy(l => l.OrderLength?.Metres ?? 0)
            .ThenBy(l => l.Id, StringComparer.Ordinal)
            .ToList();

        Power typical = Sum(lines.Select(l => l.TotalPower));
        (Power nodesTypical, Power nodesMaximum, List<string> unknownNodes) = NodePower(network);
        Power maximum = NetworkMaximum(network, plugged, cables, bought);
        Money capex = Sum(lines.Select(l => l.Total));
        List<BillLine> unpriced = lines.Where(l => l.UnitPrice is null).ToList();

        return new()
        {
            Lines = lines,
            Switches = network.Groups.Where(g => g.IsOurSwitch).Sum(g => (long)g.Count),
            LogicalLinks = network.LinkCount,
            Cages = cables.CagesInUse,
            Transceivers = cables.Transceivers,
            Cables = cables.Cables.Length,
            Pieces = channels.Pieces,
            Fibres = channels.Fibres,
            Racks = placement.Racks.Count,
            Capex = capex,
            CapexAssumed = Sum(lines.Where(l => l.PriceAssumed is not null).Select(l => l.Total)),
            CapexSpares = Sum(lines.Where(l => l.IsSpare).Select(l => l.Total)),
            Estimate = CostEstimate.Of(lines, capex, spec.Catalogue),
            UnpricedLines = unpriced.Count,
            UnpricedQuantity = unpriced.Sum(l => l.Quantity),
            NetworkPowerTypical = typical,
            NetworkPowerMaximum = maximum,
            NetworkPowerAssumed = Sum(lines.Where(l => l.PowerAssumed is not null).Select(l => l.TotalPower)),
            PowerUnknownLines = lines.Count(l => l.UnitPower is null),
            ItPower = nodesMaximum + maximum,
            NodesWithoutPower = unknownNodes,
            Weight = lines.Where(l => !l.IsSpare).Aggregate(Mass.Zero, (sum, l) => sum + (l.TotalWeight ?? Mass.Zero)),
            WeightUnknownLines = lines.Count(l => !l.IsSpare && l.UnitWeight is null),
            Failures = ExpectedFailures.Of(spec.Catalogue, network, cables, bought, channels.Articles),
            Operation = Running(spec, capex, typical, nodesTypical),
            SecondSources = SecondSource.Of(cables),
            Stock = stock.Uses(),
            SparesRule = SpareRule(spec.Interconnect.Spares),
        };
    }

    /// <summary>What a design consists of with what is in stock taken off, and with the spares that are bought.</summary>
    internal static List<BillLine> Bought(List<BillLine> whole, double spares, StockRule stock) =>
        [.. stock.Apply(whole).ToList(), .. SpareLines(whole, spares, stock)];

    private static int CategoryRank(BillLine line)
    {
        int rank = Array.IndexOf(CategoryOrder, line.Kind);
        return rank < 0 ? CategoryOrder.Length : rank;
    }

    private static IEnumerable<BillLine> SwitchLines(Network network, IReadOnlyDictionary<string, Money> book)
    {
        foreach (IGrouping<SwitchModel, DeviceGroup> model in network.Groups.Where(g => g.IsOurSwitch).GroupBy(g => g.Switch!))
        {
            yield return SwitchLine(model.Key, model.Sum(g => (long)g.Count), book);
        }
    }

    /// <summary>The line of a switch model.</summary>
    internal static BillLine SwitchLine(SwitchModel box, long quantity, IReadOnlyDictionary<string, Money> book)
    {
        Quote? quote = PriceRule.Choose(book, box.Id, box.BestPrice());
        string other = string.Join(
            "; ",
            CatalogueFigures
                .Of(box)
                .Where(f => f.Assumed is not null && BuildFields.Contains(f.Key))
                .OrderBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => f.Key + ": " + f.Assumed)
        );
        return new()
        {
            Category = "switch",
            Id = box.Id,
            PartId = box.Id,
            Name = box.Name,
            Quantity = quantity,
            UnitPrice = quote?.Price,
            UnitPower = (box.PowerTypical ?? box.PowerMaximum)?.Value,
            UnitPowerMaximum = box.PowerMaximum?.Value,
            UnitWeight = box.Weight?.Value,
            PriceDate = quote?.Date,
            Source = quote?.Source ?? FirstSource(box),
            PriceAssumed = quote?.Assumed,
            PowerAssumed = PowerAssumption(box.PowerTypical, box.PowerMaximum),
            OtherAssumed = other.Length == 0 ? null : other,
        };
    }

    private static IEnumerable<BillLine> ModuleLines(CablePlan cables, IReadOnlyDictionary<string, Money> book)
    {
        foreach (
            IGrouping<(string Code, InterconnectModel Model), ModuleCount> alike in cables.Modules.GroupBy(m =>
                (OrderCodes.OfModule(m.Model, m.Plug), m.Model)
            )
        )
        {
            yield return ModuleLine([.. alike], book);
        }
    }

    /// <summary>The line of modules of one order code.</summary>
    internal static BillLine ModuleLine(IReadOnlyList<ModuleCount> alike, IReadOnlyDictionary<string, Money> book)
    {
        InterconnectModel module = alike[0].Model;
        Plug plug = alike[0].Plug;
        (IReadOnlyList<Price> prices, bool ofOther) = ChosenPrice.ForPlug(module.Prices, plug.Names);
        Quote? quote = PriceRule.Choose(book, module.Id, ChosenPrice.Of(prices));
        return new()
        {
            Category = "transceiver",
            Id = OrderCodes.OfModule(module, plug),
            PartId = module.Id,
            Name = OrderCodes.NameOf(module, plug),
            Quantity = alike.Sum(m => m.Count),
            UnitPrice = quote?.Price,
            UnitPower = MeanPower(alike, ModulePower.Typical),
            UnitPowerMaximum = MeanPower(alike, ModulePower.Maximum),
            PriceDate = quote?.Date,
            Source = quote?.Source ?? FirstSource(module),
            PriceAssumed = OfOtherPlug(quote, ofOther),
            PowerAssumed = PowerAssumption(module.PowerTypical, module.PowerMaximum),
            OtherAssumed = Joined(
                ModesInWords(alike),
                plug.Top == ThermalType.Rhs && module.ThermalTypes.OrEmpty().Count == 0
                    ? "heat sink: no source says that it is sold with a flat top"
                    : null
            ),
        };
    }

    private static string? Joined(params IEnumerable<string?> assumptions) =>
        string.Join("; ", assumptions.OfType<string>()) is { Length: > 0 } all ? all : null;

    private static string? OfOtherPlug(Quote? quote, bool ofOther) =>
        !ofOther || quote is null or { Source: ChosenPrice.PriceBook } ? quote?.Assumed
        : quote.Assumed is { } other ? other + "; price: published for another plug"
        : "price: published for another plug";

    // Modules of one order code may run in several ways: the line has what one draws in the mean.
    private static Power? MeanPower(IEnumerable<ModuleCount> alike, Func<InterconnectModel, Breakout, Power?> draws)
    {
        double watts = 0;
        long count = 0;
        foreach (ModuleCount modules in alike)
        {
            if (draws(modules.Model, modules.Use) is not { } each)
            {
                return null;
            }

            watts += each.Watts * modules.Count;
            count += modules.Count;
        }

        return Power.FromWatts(Math.Round(watts / Math.Max(1, count), 3));
    }

    private static string? ModesInWords(IEnumerable<ModuleCount> alike)
    {
        IGrouping<double?, ModuleCount>[] modes = [.. alike.GroupBy(m => ModulePower.Typical(m.Model, m.Use)?.Watts)];
        return modes.Length < 2
            ? null
            : "power: the mean of "
                + Lightloom.Diagnostics.Listed.InWords(
                    modes.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Sum(c => c.Count):#,0} at {m.Key:0.###} W"))
                );
    }

    /// <summary>The line of pieces of one order code.</summary>
    internal static BillLine PieceLine(PieceArticle article, ClusterSpec spec) =>
        article.Kind == PieceKind.Assembly
            ? AssemblyLine(article, article.Product!, spec.Prices)
            : FibreLine(article, spec.Prices, spec.Interconnect.Fibre);

    private static BillLine AssemblyLine(PieceArticle article, LinkProduct product, IReadOnlyDictionary<string, Money> book)
    {
        InterconnectModel model = product.A;
        Length length = article.OrderLength;
        (IReadOnlyList<Price> prices, bool ofOther) = ChosenPrice.ForPlug(model.Prices, OrderCodes.PlugNames(product));
        Quote? quote = PriceRule.ForLength(book, model.Id, prices, length);
        return new()
        {
            Category = "assembly",
            Id = article.OrderCode,
            PartId = model.Id,
            OrderLength = length,
            Name = $"{OrderCodes.NameOf(product)}, {length}",
            Quantity = article.Quantity,
            UnitPrice = quote?.Price,
            UnitPower = AssemblyPower.Typical(model, product.LegsPerCable),
            UnitPowerMaximum = AssemblyPower.Maximum(model, product.LegsPerCable),
            UnitWeight = model.WeightPerMetre is { } perMetre ? Mass.FromKilograms(perMetre.Value.Kilograms * length.Metres) : null,
            PriceDate = quote?.Date,
            Source = quote?.Source ?? FirstSource(model),
            PriceAssumed = OfOtherPlug(quote, ofOther),
            PowerAssumed = Joined(PowerAssumption(model.PowerTypical, model.PowerMaximum), AssemblyPower.Assumption(model)),
            OtherAssumed = model.CatalogueLengths?.Assumed is { } why ? "length: " + why : null,
        };
    }

    private static BillLine FibreLine(PieceArticle article, IReadOnlyDictionary<string, Money> book, FibreSpec fibre)
    {
        PassiveModel? passive = article.Passive;
        Length? length = article.OrderLength > Length.Zero ? article.OrderLength : null;
        (IReadOnlyList<Price> prices, string? ofOther) = ChosenPrice.ForPiece(
            passive?.Prices ?? [],
            article.Jacket,
            article.Ends?.Polarity.ToWord() ?? ""
        );
        Quote? quote = length is { } ordered
            ? PriceRule.ForLength(book, article.Id, prices, ordered, shorterKeys: true)
            : PriceRule.Choose(book, article.Id, ChosenPrice.Of(prices), null, shorterKeys: true);
        return new()
        {
            Category = article.Kind switch
            {
                PieceKind.Cord or PieceKind.Harness => "fibre",
                _ => article.Kind.ToWord(),
            },
            Id = article.OrderCode,
            PartId = article.Id,
            OrderLength = length,
            Name = FibreName(article, length),
            Quantity = article.Quantity,
            UnitPrice = quote?.Price,
            UnitPower = Power.Zero,
            UnitPowerMaximum = Power.Zero,
            UnitWeight =
                passive?.WeightPerMetre is { } perMetre && length is { } long1
                    ? Mass.FromKilograms(perMetre.Value.Kilograms * long1.Metres)
                    : null,
            PriceDate = quote?.Date,
            Source = quote?.Source ?? (passive is null ? null : FirstSource(passive)),
            PriceAssumed = quote is null or { Source: ChosenPrice.PriceBook } ? quote?.Assumed : Joined(quote.Assumed, ofOther),
            OtherAssumed = Joined(FibreAssumption(article, passive), JacketAssumption(article, fibre)),
        };
    }

    private static string FibreName(PieceArticle article, Length? length)
    {
        string name = article.Passive?.Name ?? "";
        if (name.Length == 0 && article.Product is { } product)
        {
            string connectors =
                product.A.Connector?.Value == product.Z.Connector?.Value
                    ? product.A.Connector?.Value ?? "connector not known"
                    : $"{product.A.Connector ?? "?"} to {product.Z.Connector ?? "?"}";
            string legs = article.Kind != PieceKind.Cord && product.TailsPerPiece > 1 ? $", 1 to {product.TailsPerPiece} legs" : "";
            name = $"Fibre cable {product.Medium.ToString().ToUpperInvariant()}, {article.Fibres} fibres, {connectors}{legs}";
        }

        name =
            name.Length > 0 ? name
            : article.Kind == PieceKind.Trunk ? $"Trunk of {article.Fibres} fibres"
            : "Cassette, MPO-12 to six duplex LC";
        string jacket = article.Jacket switch
        {
            FibreJacket.Unknown => "",
            FibreJacket.Outdoor => ", for outdoors",
            _ => $", {article.Jacket.ToWord().ToUpperInvariant()}",
        };
        int dark = (article.Passive?.Tails?.Value ?? 0) - (article.Product?.TailsPerPiece ?? 0);
        string unused = article.Kind == PieceKind.Harness && dark > 0 ? $", {dark} legs dark" : "";
        return length is null ? name : $"{name}{unused}{EndsInWords(article)}{jacket}, {length}";
    }

    // What tells two cords of one length apart: type A or B and pins of an MPO, the straight order of a duplex one.
    private static string EndsInWords(PieceArticle article)
    {
        if (article.Ends is not { } ends || ends.Polarity == Polarity.CrossedDuplex)
        {
            return "";
        }

        string pins = (ends.GenderA, ends.GenderZ) switch
        {
            (PlugGender.Female, PlugGender.Female) => " female",
            (PlugGender.Male, PlugGender.Male) => " male",
            (PlugGender.Female, PlugGender.Male) or (PlugGender.Male, PlugGender.Female) => " female to male",
            (PlugGender.Female, _) or (_, PlugGender.Female) => " female MPO",
            (PlugGender.Male, _) or (_, PlugGender.Male) => " male MPO",
            _ => "",
        };
        return ends.Polarity == Polarity.StraightDuplex ? ", straight (A-A)" : $", type {ends.Polarity.ToWord()}{pins}";
    }

    private static string? FibreAssumption(PieceArticle article, PassiveModel? passive)
    {
        if (article.Product is not { } product)
        {
            return passive?.Fibres?.Assumed is { } why ? "fibres: " + why : null;
        }

        string[] assumed =
        [
            .. new[]
            {
                passive is null ? "the catalogue has no such fibre cable" : null,
                product.A.Connector?.Assumed is { } a ? $"connector of {product.A.Id}: {a}" : null,
                product.Z.Connector?.Assumed is { } z && product.Z.Id != product.A.Id ? $"connector of {product.Z.Id}: {z}" : null,
                passive?.Connector?.Assumed is { } head ? "connector: " + head : null,
                passive?.TailConnector is { Assumed: { } tail } && passive.TailConnector != passive.Connector ? "tails: " + tail : null,
            }.OfType<string>(),
        ];
        return assumed.Length == 0 ? null : string.Join("; ", assumed);
    }

    private static string? JacketAssumption(PieceArticle article, FibreSpec fibre) =>
        fibre.Jacket is null && article.Jacket is not (FibreJacket.Unknown or FibreJacket.Outdoor)
            ? $"jacket: the file names none (interconnect.fibre.jacket), this is the usual one of such a {article.Kind.ToWord()}"
            : null;

    // Panels stand in their frames; several kinds of use (grade, polish, cassettes) may be one part.
    private static IEnumerable<BillLine> PanelLines(ChannelPlan channels, IReadOnlyDictionary<string, Money> book)
    {
        foreach (IGrouping<string, PatchPanel> panels in channels.Panels.GroupBy(p => p.Id).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            PassiveModel? part = panels.First().Part;
            Quote? quote = PriceRule.Choose(book, panels.Key, part?.BestPrice(), null, shorterKeys: true);
            yield return new()
            {
                Category = "panel",
                Id = panels.Key,
                PartId = panels.Key,
                Name = part?.Name ?? "Fibre panel, 1U",
                Quantity = panels.Count(),
                UnitPrice = quote?.Price,
                UnitPower = Power.Zero,
                UnitPowerMaximum = Power.Zero,
                PriceDate = quote?.Date,
                Source = quote?.Source ?? (part is null ? null : FirstSource(part)),
                PriceAssumed = quote?.Assumed,
                OtherAssumed = part?.Ports?.Assumed is { } why ? "ports: " + why : null,
            };
        }
    }

    // Modules and cables of scale-up domains that leave the rack. What is sold with the node costs and draws nothing again.
    private static IEnumerable<BillLine> ScaleUpLines(Network network)
    {
        foreach (IGrouping<NodeModel, DeviceGroup> nodes in network.Groups.Where(g => g.Node is not null).GroupBy(g => g.Node!))
        {
            if (nodes.Key.ScaleUp is not { IsCabled: true } domain)
            {
                continue;
            }

            NodeModel node = nodes.Key;
            long count = nodes.Sum(g => (long)g.Count);
            string of = domain.Network is { } kind ? kind.Value.ToWord().ToUpperInvariant() : "scale-up";
            if (domain.Modules is { Value: > 0 } modules)
            {
                string what = domain.Module?.Value ?? "module";
                yield return LineOf(
                    node,
                    "module",
                    $"{what} of the {of} domain of {node.Name}",
                    modules,
                    count * modules.Value,
                    domain.ModulePower
                );
            }

            if (domain.Cables is { Value: > 0 } cables)
            {
                yield return LineOf(node, "cable", $"Cable of the {of} domain of {node.Name}", cables, count * cables.Value, Power.Zero);
            }
        }

        static BillLine LineOf(NodeModel node, string part, string name, Figure<int> each, long quantity, Figure<Power>? power)
        {
            bool included = node.ScaleUp!.Included is { Value: true };
            Power? draws = included ? Power.Zero : power?.Value;
            return new()
            {
                Category = "scale-up",
                Id = $"{node.Id}-scale-up-{part}",
                PartId = $"{node.Id}-scale-up-{part}",
                Name = name,
                Quantity = quantity,
                UnitPrice = included ? Money.Zero : null,
                UnitPower = draws,
                UnitPowerMaximum = draws,
                Source = each.SourceIds.Count > 0 ? each.SourceIds[0] : null,
                OtherAssumed = included ? "price and power are in those of the node" : each.Assumed,
            };
        }
    }

    /// <summary>Spares of everything that is in use, whether bought or in stock; what is left of the stock need not be bought.</summary>
    private static IEnumerable<BillLine> SpareLines(List<BillLine> lines, double share, StockRule stock)
    {
        foreach (BillLine line in lines)
        {
            long spares = SparesOf(line.Category, line.Quantity, share);
            spares -= spares > 0 ? stock.Spares(line, spares) : 0;
            if (spares > 0)
            {
                yield return line with
                {
                    Category = BillLine.SparePrefix + line.Category,
                    Quantity = spares,
                    UnitPower = Power.Zero,
                    UnitPowerMaximum = Power.Zero,
                    PowerAssumed = null,
                };
            }
        }
    }

    /// <summary>How many spares a line has, whether they are bought or lie in stock.</summary>
    internal static long SparesOf(string category, long quantity, double share) =>
        category switch
        {
            "switch" => (long)Math.Floor((quantity * share) + 1e-9),
            "transceiver" or "assembly" or "fibre" or "shuffle" => (long)Math.Ceiling((quantity * share) - 1e-9),
            _ => 0,
        };

    private static string SpareRule(double share) =>
        share <= 0
            ? "No spares: the file sets their share to zero."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Spares are {share * 100:0.##} % of each module, assembly and fibre cable, rounded up; "
                    + $"of each switch model the same share rounded down, so the first spare switch comes with "
                    + $"{Math.Ceiling(1 / share - 1e-9):0} of a model. Panels, cassettes and trunks have none."
            );

    // Each box's maximum with the optics in its cages: where the rated maximum counts a full set already, the larger of it and of the bare
    // box with its optics; elsewhere the optics come on top.
    private static Power NetworkMaximum(Network network, PluggedModules plugged, CablePlan cables, CableCount[] bought)
    {
        Power[] optics = new Power[network.Groups.Count];
        foreach (((int group, InterconnectModel model, Breakout use), long count) in plugged.Modules)
        {
            optics[group] += (ModulePower.Maximum(model, use) ?? Power.Zero) * count;
        }

        Power total = Sum(
            bought
                .Where(b => cables.Products[b.Product].A.IsAssembly)
                .Select(b => (Product: cables.Products[b.Product], b.Quantity))
                .Select(b => AssemblyPower.Maximum(b.Product.A, b.Product.LegsPerCable) * b.Quantity)
        );
        for (int g = 0; g < optics.Length; g++)
        {
            DeviceGroup group = network.Groups[g];
            if (group.Switch is not { } box)
            {
                total += optics[g];
                continue;
            }

            Power bare = (box.PowerTypical?.Value ?? Power.Zero) * group.Count + optics[g];
            Power rated = (box.PowerMaximum?.Value ?? Power.Zero) * group.Count;
            total += box.PowerMaximumIncludesOptics is { Value: true }
                ? Larger(bare, rated)
                : rated + (rated == Power.Zero ? bare : optics[g]);
        }

        return total;
    }

    private static (Power Typical, Power Maximum, List<string> Unknown) NodePower(Network network)
    {
        Power typical = default,
            maximum = default;
        List<string> unknown = [];
        foreach (DeviceGroup group in network.Groups.Where(g => g.IsNode))
        {
            NodeModel node = group.Node!;
            typical += ((node.PowerTypical ?? node.PowerMaximum)?.Value ?? Power.Zero) * group.Count;
            maximum += ((node.PowerMaximum ?? node.PowerTypical)?.Value ?? Power.Zero) * group.Count;
            if (node.PowerMaximum is null && node.PowerTypical is null && !unknown.Contains(node.Id))
            {
                unknown.Add(node.Id);
            }
        }

        return (typical, maximum, unknown);
    }

    private static OperatingCost Running(ClusterSpec spec, Money capex, Power network, Power nodes)
    {
        (double pue, string pueBasis) = FileOrFact(spec.Objectives.Pue, spec.Catalogue, "pue");
        (double tariff, string tariffBasis) = FileOrFact(spec.Objectives.TariffUsdPerKwh, spec.Catalogue, "tariff-usd-per-kwh");
        return new()
        {
            Years = spec.Objectives.Years,
            Pue = pue,
            PueBasis = pueBasis,
            TariffUsdPerKwh = tariff,
            TariffBasis = tariffBasis,
            NetworkPower = network,
            ItPower = network + nodes,
            Capex = capex,
        };
    }

    private static (double Value, string Basis) FileOrFact(double? file, Catalogue catalogue, string key)
    {
        if (file is { } own)
        {
            return (own, "the file");
        }

        Fact fact = catalogue.Fact(key);
        return (fact.Value, fact.Assumed is { } why ? "assumed: " + why : "source " + string.Join(", ", fact.SourceIds));
    }

    private static string? PowerAssumption(Figure<Power>? typical, Figure<Power>? maximum) =>
        typical?.Assumed is { } why ? "power: " + why
        : typical is null && maximum?.Assumed is { } whyMaximum ? "power: " + whyMaximum
        : typical is null && maximum is { } most && most.Value > Power.Zero ? "power: no typical figure is published, the maximum counts"
        : null;

    private static string? FirstSource(CatalogueEntry entry) =>
        entry.SourceIds is { Count: > 0 } all ? string.Join(' ', all)
        : entry.UserDefined ? "file"
        : null;

    private static Power Sum(IEnumerable<Power?> powers) => powers.Aggregate(Power.Zero, (sum, p) => sum + (p ?? Power.Zero));

    private static Money Sum(IEnumerable<Money?> amounts) => amounts.Aggregate(Money.Zero, (sum, m) => sum + (m ?? Money.Zero));

    private static Power Larger(Power a, Power b) => a >= b ? a : b;
}
