using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A pluggable module, or an assembly whose ends cannot be unplugged from its cable (DAC, ACC, AEC, AOC, patch cord).</summary>
public sealed record InterconnectModel : CatalogueEntry
{
    /// <summary>Kind, as the results name it.</summary>
    public required InterconnectKind Kind { get; init; }

    /// <summary>The standard or agreement that it follows, or null.</summary>
    public Figure<string>? Standard { get; init; }

    /// <summary>
    /// The optical or electrical interface of a lane group: two ends link only when their families are equal (<c>dr</c>, <c>dr-2km</c>,
    /// <c>sr</c>, <c>fr4</c>, <c>lr4</c>, <c>cr</c> ...).
    /// </summary>
    public required string Family { get; init; }

    /// <summary>What all lanes carry together.</summary>
    public required Figure<DataRate> Rate { get; init; }

    /// <summary>Electrical lanes, or null.</summary>
    public Figure<int>? Lanes { get; init; }

    /// <summary>Rate of one lane, or null.</summary>
    public Figure<DataRate>? LaneRate { get; init; }

    /// <summary>
    /// Rate of one electrical lane of the cage, where a gearbox in the module makes it differ from <see cref="LaneRate"/>; null when they
    /// are equal.
    /// </summary>
    public Figure<DataRate>? HostLaneRate { get; init; }

    /// <summary>Cages that the module, or the head end of an assembly, fits.</summary>
    public required Figure<IReadOnlyList<FormFactor>> FormFactors { get; init; }

    /// <summary>Cages that the tail ends of a splitting assembly fit; empty when both ends are alike.</summary>
    public Figure<IReadOnlyList<FormFactor>>? TailFormFactors { get; init; }

    /// <summary>Thermal variants that are sold; empty when not said.</summary>
    public Figure<IReadOnlyList<ThermalType>>? ThermalTypes { get; init; }

    /// <summary>True when module and cable are one piece, bought by length.</summary>
    public bool IsAssembly =>
        Kind is InterconnectKind.Dac or InterconnectKind.Acc or InterconnectKind.Aec or InterconnectKind.Aoc or InterconnectKind.Utp;

    /// <summary>True for a module without a signal processor (LPO): the host must be able to drive it.</summary>
    public Figure<bool>? IsLinear { get; init; }

    /// <summary>Medium to rated reach. A product without a reach is shown but never chosen.</summary>
    public required Figure<IReadOnlyDictionary<Medium, Length>> Reach { get; init; }

    /// <summary>Shortest link allowed.</summary>
    public Figure<Length>? MinReach { get; init; }

    /// <summary>
    /// Lengths that are sold, ascending; null when not known. Null for a module.
    /// </summary>
    public Figure<IReadOnlyList<Length>>? CatalogueLengths { get; init; }

    /// <summary>Connector at each end, for example <c>MPO-12/APC</c>; <c>integral</c> for an assembly; null when not known.</summary>
    public Figure<string>? Connector { get; init; }

    /// <summary>Connectors a module has: 2 for a twin-port module; null for one.</summary>
    public Figure<int>? ConnectorsPerEnd { get; init; }

    /// <summary>Connectors a module has, one unless more are known.</summary>
    public int Connectors => ConnectorsPerEnd?.Value ?? 1;

    /// <summary>Fibres that a full-rate link uses, or null for copper or when not known.</summary>
    public Figure<int>? Fibres { get; init; }

    /// <summary>Medium to the channel insertion loss allowed, in decibels; missing when not known.</summary>
    public Figure<IReadOnlyDictionary<Medium, double>>? LossBudgetDb { get; init; }

    /// <summary>Typical power of one end (head end of a splitter), or null.</summary>
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Maximum power of one end (head end of a splitter), or null.</summary>
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>Maximum power of one tail of a splitter, or null when it is the same as the head's.</summary>
    public Figure<Power>? TailPowerMaximum { get; init; }

    /// <summary>What both ends together add to a link's latency beside propagation and the host's FEC, or null.</summary>
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>Propagation delay of one metre, or null (the catalogue's value for the medium then holds).</summary>
    public Figure<SimTime>? PropagationPerMetre { get; init; }

    /// <summary>Forward error correction that it needs, or null.</summary>
    public Figure<string>? Fec { get; init; }

    /// <summary>How the module or assembly can be divided, itself included (1x800). Never empty for a usable product.</summary>
    public required Figure<IReadOnlyList<Breakout>> Breakouts { get; init; }

    /// <summary>
    /// Which class of the article's distance table it belongs to (<c>passive-dac</c>, <c>active-dac</c>, <c>aoc-or-sr8</c>, <c>dr8</c>,
    /// <c>2xdr4-or-2fr4</c>, <c>lr8</c>), or null when the article names none.
    /// </summary>
    public string? ArticleClass { get; init; }

    /// <summary>Mean hours between failures of one end, or null.</summary>
    public Figure<double>? MtbfHours { get; init; }

    /// <summary>Outer diameter of the cable, or null.</summary>
    public Figure<Diameter>? OuterDiameter { get; init; }

    /// <summary>Smallest bend radius, or null.</summary>
    public Figure<Length>? BendRadius { get; init; }

    /// <summary>Mass of one metre of cable, or null.</summary>
    public Figure<Mass>? WeightPerMetre { get; init; }

    /// <summary>Public prices (a module: one module; an assembly: one assembly); may be empty.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>The price of one module, or of one assembly of the given length; null when none is known.</summary>
    public ChosenPrice? BestPrice(Length? length = null) => ChosenPrice.Of(Prices, IsAssembly ? length : null);
}
