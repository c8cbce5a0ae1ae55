using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// What is bought, counted four ways that are kept apart and reconciled, with its cost, power, weight, expected failures and running cost.
/// </summary>
/// <remarks>Immutable. The model is described in docs/models/bill.md.</remarks>
public sealed partial class BillOfMaterials
{
    /// <summary>Lines, in the order of bom.csv.</summary>
    public required IReadOnlyList<BillLine> Lines { get; init; }

    /// <summary>Switches.</summary>
    public required long Switches { get; init; }

    /// <summary>Logical links: MAC to MAC after breakout.</summary>
    public required long LogicalLinks { get; init; }

    /// <summary>Cages in use at both ends.</summary>
    public required long Cages { get; init; }

    /// <summary>Pluggable modules.</summary>
    public required long Transceivers { get; init; }

    /// <summary>Assemblies that a technician pulls.</summary>
    public required long Cables { get; init; }

    /// <summary>Physical pieces that channels are made of: assemblies, cords, harnesses, shuffles, trunks, cassettes.</summary>
    public required long Pieces { get; init; }

    /// <summary>Fibres in those cables.</summary>
    public required long Fibres { get; init; }

    /// <summary>Racks, all kinds.</summary>
    public required int Racks { get; init; }

    /// <summary>Cost of the network: switches, interconnects, fibre and panels, spares.</summary>
    public required Money Capex { get; init; }

    /// <summary>Part of <see cref="Capex"/> on lines whose price is assumed.</summary>
    public Money CapexAssumed { get; init; }

    /// <summary>Part of <see cref="Capex"/> on lines of spares.</summary>
    public Money CapexSpares { get; init; }

    /// <summary><see cref="Capex"/> with medians of the catalogue where a price is missing; equal to it when none is.</summary>
    public required CostEstimate Estimate { get; init; }

    /// <summary>Lines without a price.</summary>
    public required int UnpricedLines { get; init; }

    /// <summary>Pieces on lines without a price.</summary>
    public long UnpricedQuantity { get; init; }

    /// <summary>
    /// What <see cref="Capex"/> does not count or rests on, in words: <c>44 lines of the bill (253 pieces) have no price; about $493,614 with 5
    /// switches estimated</c>. Empty where every line has a price that is public.
    /// </summary>
    public string PricesLacking
    {
        get
        {
            List<string> words = [];
            if (CapexAssumed > Money.Zero)
            {
                words.Add($"{Rounded(CapexAssumed)} of it at assumed prices");
            }

            if (UnpricedLines > 0)
            {
                string lines = $"{Counted.Of(UnpricedLines, "line")} of the bill ({Counted.Of(UnpricedQuantity, "piece")})";
                words.Add(
                    $"{lines} {(UnpricedLines == 1 ? "has" : "have")} no price and {(UnpricedLines == 1 ? "counts" : "count")} zero"
                        + (Estimate.Estimated > Money.Zero ? $", about {Rounded(Estimate.Total)} with {Estimate.Basis}" : "")
                );
            }

            return string.Join("; ", words);

            static string Rounded(Money money) => FormattableString.Invariant($"${money.Dollars:#,0}");
        }
    }

    /// <summary>Typical power of the network: switches and interconnects.</summary>
    public required Power NetworkPowerTypical { get; init; }

    /// <summary>Maximum power of the network.</summary>
    public required Power NetworkPowerMaximum { get; init; }

    /// <summary>Part of <see cref="NetworkPowerTypical"/> on lines whose power is assumed.</summary>
    public Power NetworkPowerAssumed { get; init; }

    /// <summary>Lines whose power nobody published; they count zero.</summary>
    public int PowerUnknownLines { get; init; }

    /// <summary>Power of nodes and network together, maximum figures.</summary>
    public required Power ItPower { get; init; }

    /// <summary>Ids of node models whose power is not known; they count zero in <see cref="ItPower"/>.</summary>
    public IReadOnlyList<string> NodesWithoutPower { get; init; } = [];

    /// <summary>Mass of the network, as far as it is known.</summary>
    public Mass Weight { get; init; }

    /// <summary>Lines, spares left out, whose mass is not known.</summary>
    public int WeightUnknownLines { get; init; }

    /// <summary>Expected failures by class of component.</summary>
    public IReadOnlyList<FailureClass> Failures { get; init; } = [];

    /// <summary>Energy and its cost over the years.</summary>
    public required OperatingCost Operation { get; init; }

    /// <summary>What each interconnect in use could be replaced by.</summary>
    public IReadOnlyList<SecondSource> SecondSources { get; init; } = [];

    /// <summary>What is in stock by the file, and how much of it the design uses; in the file's order.</summary>
    public IReadOnlyList<StockUse> Stock { get; init; } = [];

    /// <summary>How spares were counted, in a sentence.</summary>
    public string SparesRule { get; init; } = "";
}
