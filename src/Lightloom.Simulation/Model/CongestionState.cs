namespace Lightloom.Simulation.Model;

/// <summary>What a sender's congestion control remembers when its card has ports on several planes.</summary>
public enum CongestionState
{
    /// <summary>One window for all planes: the most congested plane slows all.</summary>
    Global,

    /// <summary>
    /// One window for each plane and destination. For the transports whose sender keeps a window: NSCC, NSCC with RCCC, ideal.
    /// </summary>
    PerPlane,
}
