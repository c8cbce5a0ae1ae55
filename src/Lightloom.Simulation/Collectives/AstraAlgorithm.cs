namespace Lightloom.Simulation.Collectives;

/// <summary>ASTRA-sim's collective algorithms that have a closed form over one dimension.</summary>
public enum AstraAlgorithm
{
    /// <summary>A ring in one direction.</summary>
    Ring,

    /// <summary>Every rank sends to every other at once.</summary>
    Direct,

    /// <summary>Recursive halving, then doubling, over a power of two.</summary>
    HalvingDoubling,

    /// <summary>A ring over all dimensions; over one dimension the same as <see cref="Ring"/>.</summary>
    OneRing,

    /// <summary>Direct over all dimensions; over one dimension the same as <see cref="Direct"/>.</summary>
    OneDirect,
}
