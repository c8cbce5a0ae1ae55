namespace Lightloom.Diagnostics;

/// <summary>
/// Something Lightloom has to say about its input or about a design: an id that never changes its meaning, how much it matters, what is the
/// case and what to do.
/// </summary>
/// <param name="Id"><c>LLnnnn</c>; the ranges are listed in docs/diagnostics.md.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is the case, and what to do about it.</param>
/// <param name="Where">The place in the design it speaks of (a device, a fabric, a key), or null.</param>
/// <param name="Mark">The place in the input file, or null when it does not come from one line.</param>
public sealed record Diagnostic(string Id, Severity Severity, string Message, string? Where = null, SourceMark? Mark = null)
{
    /// <summary><c>FILE:LINE:COL: error LLnnnn: what, and what to do</c>; without the place when there is none.</summary>
    public override string ToString()
    {
        string prefix = Mark is { } mark ? mark + ": " : "";
        return $"{prefix}{Severity.ToWord()} {Id}: {Message}";
    }
}
