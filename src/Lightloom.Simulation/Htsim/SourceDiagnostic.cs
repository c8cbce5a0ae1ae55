namespace Lightloom.Simulation.Htsim;

/// <summary>Something wrong with a text file: where, which rule, what, and what to do about it.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Id">The rule, <c>LL3000</c> to <c>LL3999</c> for this assembly.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="IsWarning">The file can be used all the same.</param>
public sealed record SourceDiagnostic(string File, int Line, int Column, string Id, string Message, bool IsWarning = false)
{
    /// <summary>The one-line form: <c>FILE:LINE:COL: error LL3001: what, and what to do</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {(IsWarning ? "warning" : "error")} {Id}: {Message}";
}
