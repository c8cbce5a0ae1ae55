namespace Lightloom.Hardware;

/// <summary>Widths of multi-head latent attention.</summary>
/// <remarks>Immutable. Widths are numbers of elements.</remarks>
public sealed record LatentAttention
{
    /// <summary>Width of the latent vector of queries.</summary>
    [Key("query_rank", "Width of the latent vector of queries.", Required = true, Minimum = 1, Maximum = 10_000_000)]
    public required Figure<int> QueryRank { get; init; }

    /// <summary>Width of the latent vector of keys and values.</summary>
    [Key("kv_rank", "Width of the latent vector of keys and values.", Required = true, Minimum = 1, Maximum = 10_000_000)]
    public required Figure<int> KvRank { get; init; }

    /// <summary>Width of a head's part without position.</summary>
    [Key("plain_width", "Width of the part of a head's query and key without position.", Required = true, Minimum = 1, Maximum = 1_000_000)]
    public required Figure<int> PlainWidth { get; init; }

    /// <summary>Width of a head's part with position.</summary>
    [Key("rotary_width", "Width of the part of a head's query and key with position.", Required = true, Minimum = 0, Maximum = 1_000_000)]
    public required Figure<int> RotaryWidth { get; init; }

    /// <summary>Width of a head's value.</summary>
    [Key("value_width", "Width of a head's value.", Required = true, Minimum = 1, Maximum = 1_000_000)]
    public required Figure<int> ValueWidth { get; init; }
}
