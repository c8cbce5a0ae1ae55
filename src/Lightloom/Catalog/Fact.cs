namespace Lightloom.Catalog;

/// <summary>A single figure with its origin, for facts that belong to no part: tray heights, propagation, PUE, failure rates.</summary>
/// <param name="Key">Its name in the catalogue, for example <c>tray-height-m</c>.</param>
/// <param name="Value">The figure in the unit that the key names.</param>
/// <param name="SourceIds">Where it comes from; empty when assumed.</param>
/// <param name="Confidence">How far it can be trusted.</param>
/// <param name="Assumed">Why this value was assumed, or null when it has a source.</param>
/// <param name="Notes">What a reader should know, or null.</param>
public sealed record Fact(string Key, double Value, IReadOnlyList<string> SourceIds, Confidence Confidence, string? Assumed, string? Notes)
{
    /// <summary>
    /// All values of a fact that is a list (lengths that are sold), ascending; a single one otherwise. <see cref="Value"/> is the last of
    /// them.
    /// </summary>
    public IReadOnlyList<double> Values { get; init; } = [Value];
}
