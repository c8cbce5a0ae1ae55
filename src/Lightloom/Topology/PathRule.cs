namespace Lightloom.Topology;

/// <summary>Which paths the switches of a fabric use.</summary>
public enum PathRule : byte
{
    /// <summary>Up over the tiers until the destination lies below, then down.</summary>
    UpDown,

    /// <summary>All shortest paths on the graph of switches.</summary>
    Shortest,
}
