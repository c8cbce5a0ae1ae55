using Lightloom.Diagnostics;

namespace Lightloom.Topology;

/// <summary>What became of a changed file that was carried through the whole line.</summary>
/// <param name="Lacks">The first error, or null when it is a design.</param>
/// <param name="Network">The network of the design; null where there is none, or none was drawn.</param>
internal sealed record Carried(Diagnostic? Lacks, Network? Network)
{
    /// <summary>All errors, the first of which is <see cref="Lacks"/>.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = Lacks is null ? [] : [Lacks];
}
