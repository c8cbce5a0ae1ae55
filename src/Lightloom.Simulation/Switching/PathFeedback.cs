namespace Lightloom.Simulation.Switching;

/// <summary>What a sender learns about the path that an entropy value stands for.</summary>
internal enum PathFeedback
{
    Good,
    Marked,
    Trimmed,
    Timeout,
}
