namespace Lightloom.Simulation.Model;

/// <summary>How a link keeps its receiver from overflowing.</summary>
public enum FlowControl
{
    /// <summary>It does not; a full queue trims or drops.</summary>
    None,

    /// <summary>Priority flow control: pause and resume frames.</summary>
    Pfc,

    /// <summary>Credit-based flow control of Ultra Ethernet.</summary>
    Cbfc,
}
