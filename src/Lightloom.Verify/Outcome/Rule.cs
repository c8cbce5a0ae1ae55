namespace Lightloom.Verify.Outcome;

/// <summary>One thing that <c>verify</c> proves. Immutable.</summary>
/// <param name="Id">Its name in the output: words joined by hyphens, never changed once published.</param>
/// <param name="Proves">What holds when there is no contradiction, in a sentence.</param>
public sealed record Rule(string Id, string Proves);
