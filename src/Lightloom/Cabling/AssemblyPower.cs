using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// What an assembly draws: a straight cable at its two like ends, however many legs it carries; a splitting one at its head and at each tail.
/// </summary>
/// <remarks>
/// A tail without a figure of its own counts by its share of the lanes to the power of 3/4, rounded up to a tenth of a watt: 0.59 of the head for
/// half of them and 0.35 for a quarter, as modules do (14 W of an 800G SR8, 8 W of a 400G SR4, 5 W of 200G). The plugs of passive copper are
/// alike at every end.
/// </remarks>
internal static class AssemblyPower
{
    // Between 800G SR8 (14 W) and 400G SR4 (8 W) it is 0.81, between 800G and 200G (5 W) 0.74.
    private const double TailExponent = 0.75;

    /// <summary>What one cable draws in ordinary use, by its typical figure, else by its maximum; null when neither is known.</summary>
    /// <param name="model">The assembly.</param>
    /// <param name="legs">Legs of the divided cage, 1 and more; a straight cable does not look at it.</param>
    public static Power? Typical(InterconnectModel model, int legs) => Of(model, legs, (model.PowerTypical ?? model.PowerMaximum)?.Value);

    /// <summary>What one cable may draw, by its maximum, else by its typical figure; null when neither is known.</summary>
    /// <param name="model">The assembly.</param>
    /// <param name="legs">Legs of the divided cage, 1 and more; a straight cable does not look at it.</param>
    public static Power? Maximum(InterconnectModel model, int legs) => Of(model, legs, (model.PowerMaximum ?? model.PowerTypical)?.Value);

    /// <summary>What about an assembly's power is assumed beyond its own figures, or null.</summary>
    public static string? Assumption(InterconnectModel model) =>
        model is { DividesCage: true, TailPowerMaximum: null, Traits.IsActive: true }
        && (model.PowerTypical ?? model.PowerMaximum)?.Value > Power.Zero
            ? "power: no figure of a tail is published, each counts by its lanes, as smaller modules do"
            : null;

    private static Power? Of(InterconnectModel model, int legs, Power? end) =>
        end is not { } head ? null
        : !model.DividesCage ? head * 2
        : model.TailPowerMaximum is { } tail ? head + (tail.Value * legs)
        : !model.Traits.IsActive ? head * (1 + legs)
        : head + (Power.FromWatts(Math.Ceiling((head.Watts * Math.Pow(legs, -TailExponent) * 10) - 1e-9) / 10) * legs);
}
