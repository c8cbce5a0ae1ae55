using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>A sized frontend, or a further network of the same sort.</summary>
/// <param name="Network">Which network it is.</param>
/// <param name="Plane">Its one plane.</param>
/// <param name="Switches">Its switches.</param>
/// <param name="Protocol">What its ports speak.</param>
/// <param name="Dual">True when nodes with two ports end on both leaves of a pair.</param>
/// <param name="Feasible">How many switches of the catalogue could have been taken.</param>
/// <param name="Shape">What placement and cabling see of it, as <see cref="BackendPlan.Shape"/>.</param>
internal sealed record FrontendPlan(
    NodeNetwork Network,
    PlanePlan Plane,
    TierSwitches Switches,
    Protocol Protocol,
    bool Dual,
    int Feasible,
    string Shape
)
{
    /// <summary>Why no interconnect joins some of its cages, or null.</summary>
    public string? Fault { get; init; }

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
