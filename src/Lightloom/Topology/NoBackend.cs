using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>The backend of a cluster without one: no switches, no links. What is designed are the other networks.</summary>
internal sealed class NoBackend : BackendPlan
{
    private const string Reason = "no node has backend ports, or the file says that there is no backend";

    private NoBackend() { }

    /// <summary>It alone, as a candidate.</summary>
    public static BackendCandidate Candidate { get; } =
        new(
            new NoBackend
            {
                Paradigm = Paradigm.EndpointScheduled,
                Layout = PlaneLayout.NicSplit,
                Planes = 1,
            },
            new()
            {
                Paradigm = Paradigm.EndpointScheduled,
                PlaneLayout = PlaneLayout.NicSplit,
                Planes = 1,
                Leaf = "",
                Spine = "",
                Feasible = true,
                Chosen = true,
                Reason = Reason,
            },
            null
        );

    /// <inheritdoc/>
    public override ITopologyFamily Family => throw new InvalidOperationException("nothing is wired where there is no backend");

    /// <inheritdoc/>
    public override int Tiers => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<(SwitchModel Model, long Count)> Switches => [];

    /// <inheritdoc/>
    public override long Links => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<(SwitchModel Model, int Times)> LongestPath => [];

    /// <inheritdoc/>
    public override IEnumerable<CountedLinks> LinkKinds => [];

    /// <inheritdoc/>
    public override string Shape => "none";
}
