namespace Lightloom.Simulation.Model;

/// <summary>What happens to the host that fills a virtual output queue.</summary>
public enum VoqFullAction
{
    /// <summary>It is paused (PFC) until the queue has drained below the lower bound: nothing is lost.</summary>
    Pause,

    /// <summary>Its packet is dropped.</summary>
    Drop,
}
