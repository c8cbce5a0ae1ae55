namespace Lightloom.Simulation.Collectives;

/// <summary>How a collective is run over its ranks.</summary>
public enum CollectiveAlgorithm
{
    /// <summary>Around a ring, one part a step.</summary>
    Ring,

    /// <summary>A double binary tree, pipelined in chunks.</summary>
    Tree,

    /// <summary>Recursive halving and doubling over a power of two of ranks.</summary>
    HalvingDoubling,

    /// <summary>Every rank to every other at once.</summary>
    Direct,

    /// <summary>Every rank with one other at a time, in as many rounds as there are others.</summary>
    Pairwise,

    /// <summary>In levels: inside the scale-up domain, over the domains on every rail at once, inside the domain.</summary>
    Hierarchical,

    /// <summary>Reduced and copied by the switches on the way.</summary>
    InNetwork,
}
