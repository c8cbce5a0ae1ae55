using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>How a sender chooses the entropy value of each packet. A struct with its own state for each flow.</summary>
internal interface IHostBalancer
{
    /// <summary>Sizes the state.</summary>
    void Prepare(World world, Partition partition);

    /// <summary>A flow begins.</summary>
    void Start(int flow, ref uint random);

    /// <summary>A flow has ended; its state may go.</summary>
    void End(int flow);

    /// <summary>The entropy value of the flow's next packet.</summary>
    ushort Next(int flow, ref uint random, long now);

    /// <summary>An acknowledgement or its absence says how a path is.</summary>
    void Feedback(int flow, ushort entropy, PathFeedback feedback, long now);
}
