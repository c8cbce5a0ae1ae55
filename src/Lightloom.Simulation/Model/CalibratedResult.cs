using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What a run takes by ideal rates, and as a transport and a load balancing were measured to take it. Immutable.</summary>
/// <param name="Transport">The word of the transport.</param>
/// <param name="LoadBalancing">The word of the load balancing.</param>
/// <param name="IdealFinish">When the last flow ends by even shares of all ways.</param>
/// <param name="Finish">The same as the pair was measured.</param>
/// <param name="IdealMean">A flow's completion time by even shares; the mean.</param>
/// <param name="Mean">The same as the pair was measured.</param>
/// <param name="Error">The mean relative error of such times against packets.</param>
public sealed record CalibratedResult(
    string Transport,
    string LoadBalancing,
    SimTime IdealFinish,
    SimTime Finish,
    SimTime IdealMean,
    SimTime Mean,
    double Error
)
{
    /// <summary>The rate of the hosts' cards at which that was measured; zero where the table does not say.</summary>
    public DataRate MeasuredRate { get; init; }

    /// <summary>Why the error says nothing about this network; null where it does.</summary>
    public string? Doubt { get; init; }
}
