using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A design that was considered, and why it won or lost.</summary>
public sealed record Alternative
{
    /// <summary>Who schedules.</summary>
    public required Paradigm Paradigm { get; init; }

    /// <summary>Layout of the planes.</summary>
    public required PlaneLayout PlaneLayout { get; init; }

    /// <summary>Planes.</summary>
    public required int Planes { get; init; }

    /// <summary>Tiers; 0 when nothing was sized.</summary>
    public int Tiers { get; init; }

    /// <summary>Id of the leaf switch.</summary>
    public required string Leaf { get; init; }

    /// <summary>Id of the spine switch; equal to the leaf's where the plan has no spine.</summary>
    public required string Spine { get; init; }

    /// <summary>Switches over all planes; 0 when infeasible.</summary>
    public long Switches { get; init; }

    /// <summary>Logical links over all planes; 0 when infeasible.</summary>
    public long Links { get; init; }

    /// <summary>
    /// Estimated cost in dollars for ranking only: list prices where there are any, else the catalogue's median per gigabit.
    /// </summary>
    public double EstimatedUsd { get; init; }

    /// <summary>Share of <see cref="EstimatedUsd"/> that rests on assumed prices.</summary>
    public double AssumedShare { get; init; }

    /// <summary>Estimated network power in watts, for ranking only.</summary>
    public double EstimatedWatts { get; init; }

    /// <summary>Switches that the longest path passes.</summary>
    public int LongestHops { get; init; }

    /// <summary>The switches of it that are not sold yet, each with when it can be had, or an empty text.</summary>
    public string NotSold { get; init; } = "";

    /// <summary>XPUs that the shape could reach.</summary>
    public long MaxXpus { get; init; }

    /// <summary>True when it serves what was asked.</summary>
    public required bool Feasible { get; init; }

    /// <summary>True for the one that was taken.</summary>
    public bool Chosen { get; init; }

    /// <summary>True when it was carried through to its bill, so that <c>design</c> is known not to refuse it.</summary>
    public bool Proven { get; init; }

    /// <summary>True when no other feasible alternative is at least as good in cost, power and hops and better in one.</summary>
    public bool Pareto { get; init; }

    /// <summary>Why it lost, or why it won.</summary>
    public required string Reason { get; init; }
}
