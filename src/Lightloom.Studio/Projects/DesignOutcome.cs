using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Studio.Views;

namespace Lightloom.Studio.Projects;

/// <summary>What became of designing one text. Immutable.</summary>
internal sealed record DesignOutcome
{
    public static DesignOutcome Nothing { get; } = new() { Phase = DesignPhase.Empty };

    public required DesignPhase Phase { get; init; }
    public string Stage { get; init; } = "";
    public double Share { get; init; }
    public double Milliseconds { get; init; }
    public long? Xpus { get; init; }
    public long? EstimateBytes { get; init; }
    public ClusterSpec? Spec { get; init; }
    public DesignView? View { get; init; }
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
