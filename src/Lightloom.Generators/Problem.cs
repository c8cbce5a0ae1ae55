using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lightloom.Generators;

/// <summary>A mistake in a keyed type or an enum with words: what is wrong, and where in the source it stands.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Path">The source file.</param>
/// <param name="Span">The characters in the file.</param>
/// <param name="Lines">The same as lines.</param>
/// <param name="Arguments">What fills the rule's message.</param>
internal sealed record Problem(
    DiagnosticDescriptor Rule,
    string Path,
    TextSpan Span,
    LinePositionSpan Lines,
    EquatableArray<string> Arguments
)
{
    /// <summary>Makes a problem of a symbol's place.</summary>
    public static Problem At(ISymbol symbol, DiagnosticDescriptor rule, params string[] arguments)
    {
        Location location = symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;
        return new(rule, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, new(arguments));
    }

    /// <summary>As the compiler reports it.</summary>
    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rule, Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), [.. Arguments]);
}
