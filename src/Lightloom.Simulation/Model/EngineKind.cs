namespace Lightloom.Simulation.Model;

/// <summary>Which engine runs an experiment.</summary>
public enum EngineKind
{
    /// <summary>Packet by packet.</summary>
    Packet,

    /// <summary>Max-min fair rates without packets: for sweeps and very large networks.</summary>
    Fluid,

    /// <summary>Packets until rates are steady, and on from there.</summary>
    Hybrid,
}
