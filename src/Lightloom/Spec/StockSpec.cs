namespace Lightloom.Spec;

/// <summary>Parts of one model that are in stock, as in <c>12</c> or <c>{count: 12, used_ports: 8}</c>.</summary>
[Shorthand("count")]
public sealed record StockSpec
{
    /// <summary>How many there are.</summary>
    [Key("count", "How many are in stock.", Required = true, Minimum = 0, Maximum = 4_194_304, Example = "12")]
    public int Count { get; init; }

    /// <summary>Ports of each switch that are in use already: the last ones by number.</summary>
    [Key(
        "used_ports",
        "Ports of each that are in use already, the last ones by number; the design does not use them.",
        Minimum = 0,
        Maximum = 1024
    )]
    public int UsedPorts { get; init; }
}
