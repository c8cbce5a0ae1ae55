namespace Lightloom.Keys;

/// <summary>What a single value in place of a section means.</summary>
/// <param name="Key">The key whose value it is; null: of every key.</param>
public sealed record Shorthand(string? Key);
