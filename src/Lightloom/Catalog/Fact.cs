namespace Lightloom.Catalog;

/// <summary>A single figure with its origin, for facts that belong to no part: tray heights, propagation, PUE, failure rates.</summary>
/// <param name="Key">Its name in the catalogue, for example <c>tray-height-m</c>.</param>
/// <param name="Figure">The value in the unit that the key names, with its origin.</param>
/// <param name="Confidence">How far it can be trusted.</param>
/// <param name="Notes">What a reader should know, or null.</param>
public sealed record Fact(string Key, Figure<double> Figure, Confidence Confidence, string? Notes)
{
    /// <summary>
    /// All values of a fact that is a list (lengths that are sold), ascending; a single one otherwise. <see cref="Value"/> is the last of
    /// them.
    /// </summary>
    public IReadOnlyList<double> Values { get; init; } = [Figure.Value];

    /// <summary>The value in the unit that the key names.</summary>
    public double Value => Figure.Value;

    /// <summary>Where it comes from; empty when assumed.</summary>
    public IReadOnlyList<string> SourceIds => Figure.SourceIds;

    /// <summary>Why this value was assumed, or null when it has a source.</summary>
    public string? Assumed => Figure.Assumed;
}
