using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>What one module draws in the way in which its cage is used: some turn idle lanes off.</summary>
internal static class ModulePower
{
    /// <summary>In ordinary use, by its typical figure, else by its maximum; null when neither is known.</summary>
    /// <param name="model">The module.</param>
    /// <param name="use">Legs of its cage and the rate of one.</param>
    public static Power? Typical(InterconnectModel model, Breakout use) =>
        In(model.ModePowerTypical, use) ?? In(model.ModePowerMaximum, use) ?? (model.PowerTypical ?? model.PowerMaximum)?.Value;

    /// <summary>At most, by its maximum, else by its typical figure; null when neither is known.</summary>
    /// <param name="model">The module.</param>
    /// <param name="use">Legs of its cage and the rate of one.</param>
    public static Power? Maximum(InterconnectModel model, Breakout use) =>
        In(model.ModePowerMaximum, use) ?? In(model.ModePowerTypical, use) ?? (model.PowerMaximum ?? model.PowerTypical)?.Value;

    /// <summary>The use as far as it decides what the module draws: none where it always draws the same.</summary>
    public static Breakout UseOf(InterconnectModel model, CageUse cage, DataRate rate) =>
        model.ModePowerTypical is null && model.ModePowerMaximum is null ? default : new(Math.Max(1, cage.Ways), rate);

    private static Power? In(Figure<IReadOnlyDictionary<Breakout, Power>>? modes, Breakout use) =>
        modes is not null && modes.Value.TryGetValue(use, out Power power) ? power : null;
}
