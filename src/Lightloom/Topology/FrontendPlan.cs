using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>A sized frontend, or a further network of the same sort.</summary>
/// <param name="Network">Which network it is.</param>
/// <param name="Plane">Its one plane.</param>
/// <param name="Switches">Its switches.</param>
/// <param name="Protocol">What its ports speak.</param>
/// <param name="Dual">True when nodes with two ports end on both leaves of a pair.</param>
/// <param name="Field">What it has in common with the others that could have been taken.</param>
/// <param name="Shape">What placement and cabling see of it, as <see cref="BackendPlan.Shape"/>.</param>
internal sealed record FrontendPlan(
    NodeNetwork Network,
    PlanePlan Plane,
    TierSwitches Switches,
    Protocol Protocol,
    bool Dual,
    FrontendField Field,
    string Shape
)
{
    /// <summary>Why no interconnect joins some of its cages, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>What it comes to by estimate.</summary>
    public required NetworkEstimate Estimate { get; init; }

    /// <summary>How simple it is to run.</summary>
    public FrontendKind Kind { get; init; }

    /// <summary>How far the lanes of its leaves are from the hosts': 0 where they are alike.</summary>
    public int Misfit { get; init; }

    /// <summary>True where it is there for the case that all others find no cables.</summary>
    public bool IsLast { get; init; }

    /// <inheritdoc cref="NetworkEstimate.MayPartAtPanels"/>
    public bool MayPartAtPanels => Estimate.MayPartAtPanels;

    /// <inheritdoc cref="NetworkEstimate.FallsShort"/>
    public bool FallsShort => Estimate.FallsShort;

    /// <summary>True where a switch of it is not sold yet.</summary>
    public bool IsAnnounced => Counts.Any(c => c.Count > 0 && c.Model.IsAnnounced);

    /// <summary>Ids of its leaf models.</summary>
    public string LeafIds => Listed.InWords(Plane.Leaves.Models.Select(m => m.Model.Id));

    /// <summary>Id of its spine; null without one.</summary>
    public string? SpineId => Plane.Spines > 0 ? Switches.Spine.Id : null;

    /// <summary>True where all its switches are of one model.</summary>
    public bool IsOneModel => ModelCount == 1;

    /// <summary>Switch models that it has.</summary>
    public int ModelCount => Counts.Where(c => c.Count > 0).DistinctBy(c => c.Model).Count();

    /// <summary>Its switches.</summary>
    public long SwitchCount => Counts.Sum(c => c.Count);

    /// <summary>Its switches by model, from the leaf up; counts may be zero.</summary>
    public IReadOnlyList<(SwitchModel Model, long Count)> Counts =>
        [
            .. Plane.Leaves.Models.Select(m => (m.Model, (long)m.Count)),
            (Switches.Spine, Plane.Spines),
            (Switches.SuperSpine, Plane.SuperSpines),
        ];

    /// <summary>Rack units that its switches take together.</summary>
    public double RackUnits => Counts.Sum(c => c.Count * (c.Model.RackUnits?.Value ?? 2));

    /// <summary>The kinds of link that it has, as a word to compare: two frontends that have the same find the same cables.</summary>
    public string Ends => string.Join('|', Plane.LinkKinds(Protocol, planesOfNic: 1).Select(k => k.Ends).Distinct());

    /// <summary>Ids of its switches, from the leaf up.</summary>
    public string Names => Listed.InWords(Counts.Where(c => c.Count > 0).Select(c => c.Model.Id).Distinct());
}
