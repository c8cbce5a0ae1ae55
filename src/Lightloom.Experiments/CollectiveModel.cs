namespace Lightloom.Experiments;

/// <summary>Whose model says how long a collective takes.</summary>
public enum CollectiveModel
{
    /// <summary>Max-min fair rates on the designed network.</summary>
    Fluid,

    /// <summary>Packets until rates are steady, and on from there.</summary>
    Hybrid,

    /// <summary>ASTRA-sim's analytical backend, congestion-unaware, the network as one switch.</summary>
    Astra,

    /// <summary>SimAI's analytical mode.</summary>
    Simai,
}
