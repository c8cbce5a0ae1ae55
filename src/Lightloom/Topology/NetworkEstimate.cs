namespace Lightloom.Topology;

/// <summary>What a sized network comes to before it is placed: for ranking, never part of a bill.</summary>
/// <param name="Usd">Dollars, spares included as in the bill.</param>
/// <param name="AssumedUsd">The part of them that stands on medians of the catalogue, where no price is public.</param>
/// <param name="Watts">Typical power.</param>
internal readonly record struct NetworkEstimate(double Usd, double AssumedUsd, double Watts)
{
    /// <summary>
    /// True where links that are expected to cross from hall to hall would share a shuffle: one piece cannot lie behind unlike panels, so that
    /// they may find no cable.
    /// </summary>
    public bool MayPartAtPanels { get; init; }

    /// <summary>True where links of some kind are expected to be longer than any cable for them reaches.</summary>
    public bool FallsShort { get; init; }

    /// <summary>Nanoseconds that the links of its longest path take: of every two tiers the slowest kind, up and down.</summary>
    public double PathNs { get; init; }

    /// <summary>The share of the dollars that stands on medians, 0 to 1.</summary>
    public double AssumedShare => Usd > 0 ? AssumedUsd / Usd : 0;
}
