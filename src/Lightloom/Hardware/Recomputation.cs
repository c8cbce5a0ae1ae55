namespace Lightloom.Hardware;

/// <summary>What the backward pass computes again instead of reading it from memory.</summary>
public enum Recomputation
{
    /// <summary>Nothing.</summary>
    [Word("none")]
    None,

    /// <summary>The attention scores alone: large in memory, cheap to compute.</summary>
    [Word("selective")]
    Selective,

    /// <summary>Every layer from its input.</summary>
    [Word("full")]
    Full,
}
