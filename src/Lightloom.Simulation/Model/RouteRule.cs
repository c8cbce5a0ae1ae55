namespace Lightloom.Simulation.Model;

/// <summary>Which paths a network's switches use.</summary>
public enum RouteRule : byte
{
    /// <summary>Up and down over the tiers of a Clos network: a switch climbs until the destination's leaf lies below it.</summary>
    UpDown,

    /// <summary>All shortest paths, counted in links, on any graph: torus, mesh, dragonfly. Links of equal ends share load.</summary>
    ShortestPaths,
}
