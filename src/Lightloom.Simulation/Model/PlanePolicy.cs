using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Model;

/// <summary>Which port of its network card a host sends a packet on, when it has one on each of several planes.</summary>
public enum PlanePolicy
{
    /// <summary>The port that is free first: the shortest local queue.</summary>
    ShortestQueue,

    /// <summary>A flow keeps the port that its number hashes to.</summary>
    Hash,

    /// <summary>Each packet of a flow takes the next port.</summary>
    RoundRobin,

    /// <summary>
    /// Each plane earns credit towards each destination, at a rate that marks and losses on that plane lower; of the planes with credit the
    /// port that is free first (after Spectrum-X multiplane).
    /// </summary>
    Credit,

    /// <summary>
    /// A flow's entropy values are divided over the planes and name them; a plane's share follows its usable values, a lost packet retires
    /// its value, and receivers report ports that are down (after MRC).
    /// </summary>
    WeightedEntropy,

    /// <summary>The plane of the destination's rail: its number modulo the planes.</summary>
    Rail,

    /// <summary>A message is cut into a connection for each plane, which stays there: what a card that insists on order can do.</summary>
    Stripe,
}
