namespace Lightloom.Hardware;

/// <summary>Where a figure comes from. Immutable.</summary>
/// <param name="SourceIds">The catalogue's sources; empty when the figure is assumed or the user's own word.</param>
/// <param name="Assumed">Why the figure is assumed, or null when it is not.</param>
public sealed record Origin(IReadOnlyList<string> SourceIds, string? Assumed)
{
    /// <summary>What a user or a piece of code says itself: no source, no assumption.</summary>
    public static readonly Origin Own = new([], null);

    /// <summary>The reason of an assumption, else the ids of the sources: what is printed behind a figure.</summary>
    public string Citation => Assumed ?? string.Join(", ", SourceIds);
}
