using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Verify.Facts;

/// <summary>
/// What the column product of cables.csv names: an assembly, or the module of the head and, where it differs, that of the tail.
/// </summary>
/// <param name="Text">The column.</param>
/// <param name="Head">The module of the end that carries more, or the assembly.</param>
/// <param name="Tail">The module at the other end; the same entry where both are alike.</param>
internal sealed record Product(string Text, InterconnectModel Head, InterconnectModel Tail)
{
    /// <summary>True when cable and ends are one piece.</summary>
    public bool IsAssembly => Head.IsAssembly;

    /// <summary>True when its two ends are not alike.</summary>
    public bool HasTwoKindsOfEnds => Head.Id != Tail.Id || (IsAssembly && Head.TailFormFactors is { Value.Count: > 0 });

    /// <summary>The plugs of its head or tail.</summary>
    public IReadOnlyList<FormFactor> Forms(bool head) =>
        !head && IsAssembly && Head.TailFormFactors is { Value.Count: > 0 } tails ? tails.Value
        : head ? Head.FormFactors.Value
        : Tail.FormFactors.Value;

    /// <summary>
    /// The rate of one electrical lane, or null where nothing says it: a coherent module's line says nothing of its host side, and the
    /// tails of a splitter with a gearbox have a rate of their own.
    /// </summary>
    public static DataRate? HostLane(InterconnectModel model, bool atTail) =>
        atTail && model.TailLaneRate is { } tail ? tail.Value
        : model.HostLaneRate is { } own ? own.Value
        : model is { Optics: Optics.Coherent } or { Traits.HasLanes: false } ? null
        : model.LaneRate is { } lane ? lane.Value
        : model.Lanes is { Value: > 0 } lanes ? model.Rate.Value / lanes.Value
        : null;

    /// <summary>Figures of a medium; a better grade of multimode fibre does at least what a lesser does.</summary>
    public static T? On<T>(IReadOnlyDictionary<Medium, T>? figures, Medium medium)
        where T : struct
    {
        if (figures is null)
        {
            return null;
        }

        foreach (Medium grade in Grades(medium))
        {
            if (figures.TryGetValue(grade, out T value))
            {
                return value;
            }
        }

        return null;
    }

    private static ReadOnlySpan<Medium> Grades(Medium medium) =>
        medium switch
        {
            Medium.Om5 => [Medium.Om5, Medium.Om4, Medium.Om3],
            Medium.Om4 => [Medium.Om4, Medium.Om3],
            Medium.Om3 => [Medium.Om3],
            Medium.Os2 => [Medium.Os2],
            Medium.Copper => [Medium.Copper],
            _ => [Medium.TwistedPair],
        };
}
