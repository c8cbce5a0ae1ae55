using Lightloom.Hardware;

namespace Lightloom.Training.Models;

/// <summary>Widths of multi-head latent attention, in elements. Immutable.</summary>
/// <param name="Query">Latent vector of queries.</param>
/// <param name="Kv">Latent vector of keys and values.</param>
/// <param name="Plain">Part of a head's query and key without position.</param>
/// <param name="Rotary">Part of a head's query and key with position.</param>
/// <param name="Value">A head's value.</param>
public sealed record LatentWidths(int Query, int Kv, int Plain, int Rotary, int Value)
{
    /// <summary>Those of a catalogue's model.</summary>
    public static LatentWidths Of(LatentAttention l) =>
        new(l.QueryRank.Value, l.KvRank.Value, l.PlainWidth.Value, l.RotaryWidth.Value, l.ValueWidth.Value);
}
