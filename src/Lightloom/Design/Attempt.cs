using Lightloom.Diagnostics;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>One backend carried as far as it goes.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Stage">Where it ended.</param>
/// <param name="Diagnostics">What was said on the way; holds an error unless it is complete.</param>
/// <param name="Design">The design, from the bill on; not to be handed out before <see cref="AttemptStage.Complete"/>.</param>
/// <param name="Values">What it comes to, from the bill on.</param>
/// <param name="Excess">The worst limit's ratio, 1 when all are kept; infinite before the bill.</param>
internal sealed record Attempt(
    BackendCandidate Backend,
    AttemptStage Stage,
    IReadOnlyList<Diagnostic> Diagnostics,
    ClusterDesign? Design = null,
    LimitValues? Values = null,
    double Excess = double.PositiveInfinity
);
