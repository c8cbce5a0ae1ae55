using Lightloom.Diagnostics;

namespace Lightloom.Studio.Views;

/// <summary>A diagnostic as the API has it.</summary>
internal sealed record DiagnosticAnswer(string Id, string Severity, string Message, string? Where, int? Line, int? Column)
{
    public static DiagnosticAnswer Of(Diagnostic d) =>
        new(d.Id, d.Severity.ToWord(), d.Message, d.Where is { Length: > 0 } where ? where : null, d.Mark?.Line, d.Mark?.Column);

    /// <summary>All of them, worst first, in their order within one severity.</summary>
    public static IReadOnlyList<DiagnosticAnswer> Of(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.OrderByDescending(d => d.Severity).Select(Of)];
}
