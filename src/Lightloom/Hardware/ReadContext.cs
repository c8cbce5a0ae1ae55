using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>
/// What the reading of one set of catalogue files shares: where complaints go, whether figures must have sources, which sources were cited.
/// </summary>
internal sealed class ReadContext(DiagnosticBag diagnostics, bool userDefined)
{
    /// <summary>Where complaints go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>True for a user's additions: they are the user's own word and need no source.</summary>
    public bool UserDefined { get; } = userDefined;

    /// <summary>
    /// "; did you mean 'X'?" or "; use one of ...". After a hundred complaints nobody reads a suggestion, and a hostile file would pay for
    /// thousands.
    /// </summary>
    public string Suggest(string text, IEnumerable<string> candidates, string? fallback = null) =>
        Diagnostics.Count > 100 ? "" : Nearest.Suggestion(text, candidates, fallback ?? "; use one of " + string.Join(", ", candidates));

    /// <summary>Every citation with its place, checked once all sources are known.</summary>
    public List<Citation> Citations { get; } = [];

    /// <summary>A source id and the place where it is cited.</summary>
    internal sealed record Citation(string SourceId, SourceMark Mark);
}
