namespace Lightloom.Spec;

/// <summary>What decides between interconnects of the same class.</summary>
public enum InterconnectObjective
{
    /// <summary>The price of the whole link.</summary>
    [Word("cost")]
    Cost,

    /// <summary>The power of the whole link.</summary>
    [Word("power")]
    Power,

    /// <summary>The latency of the whole link.</summary>
    [Word("latency")]
    Latency,
}
