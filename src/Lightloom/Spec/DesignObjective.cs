namespace Lightloom.Spec;

/// <summary>What decides between feasible designs.</summary>
public enum DesignObjective
{
    /// <summary>The network's purchase price.</summary>
    [Word("capex")]
    Capex,

    /// <summary>The network's power.</summary>
    [Word("power")]
    Power,

    /// <summary>The typical path's unloaded latency.</summary>
    [Word("latency")]
    Latency,
}
