using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>A backend that was considered.</summary>
internal sealed record SizingAnswer
{
    public required string Paradigm { get; init; }
    public required int Planes { get; init; }
    public required string PlaneLayout { get; init; }
    public required int Tiers { get; init; }
    public required string Leaf { get; init; }
    public required string Spine { get; init; }
    public required long Switches { get; init; }
    public required long MaxXpus { get; init; }
    public required bool Feasible { get; init; }
    public required bool Chosen { get; init; }
    public required bool Pareto { get; init; }
    public required double Usd { get; init; }
    public required double PowerW { get; init; }
    public required int LongestHops { get; init; }
    public required string Reason { get; init; }

    public static SizingAnswer Of(Alternative a) =>
        new()
        {
            Paradigm = a.Paradigm.ToWord(),
            Planes = a.Planes,
            PlaneLayout = a.PlaneLayout.ToWord(),
            Tiers = a.Tiers,
            Leaf = a.Leaf,
            Spine = a.Spine,
            Switches = a.Switches,
            MaxXpus = a.MaxXpus,
            Feasible = a.Feasible,
            Chosen = a.Chosen,
            Pareto = a.Pareto,
            Usd = Math.Round(a.EstimatedUsd),
            PowerW = Math.Round(a.EstimatedWatts),
            LongestHops = a.LongestHops,
            Reason = a.Reason,
        };
}
