using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// What an assembly draws: a straight cable at its two like ends, however many legs it carries; a splitting one at its head and at each tail.
/// </summary>
/// <remarks>
/// A tail without a figure of its own draws the head's share of its lanes: all tails together as much as the head. The published ones do
/// about so: 0.3 W of a 200G tail under a head of 1.5 W that has four (MCA7J70). The plugs of passive copper are alike at every end.
/// </remarks>
internal static class AssemblyPower
{
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
        model is { DividesCage: true, TailPowerMaximum: null, Kind: not InterconnectKind.Dac }
        && (model.PowerTypical ?? model.PowerMaximum)?.Value > Power.Zero
            ? "power: no figure of a tail is published, all tails together count like the head"
            : null;

    private static Power? Of(InterconnectModel model, int legs, Power? end) =>
        end is not { } head ? null
        : !model.DividesCage ? head * 2
        : model.TailPowerMaximum is { } tail ? head + (tail.Value * legs)
        : model.Kind == InterconnectKind.Dac ? head * (1 + legs)
        : head * 2;
}
