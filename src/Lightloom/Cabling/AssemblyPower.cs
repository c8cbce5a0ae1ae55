using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// What an assembly draws: a straight cable at its two like ends, however many legs it carries; a splitting one at its head and at each tail.
/// </summary>
/// <remarks>A tail without a figure of its own counts like the head.</remarks>
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

    private static Power? Of(InterconnectModel model, int legs, Power? end) =>
        end is not { } head ? null
        : model.DividesCage ? head + (model.TailPowerMaximum?.Value ?? head) * legs
        : head * 2;
}
