namespace Lightloom.Simulation.Model;

/// <summary>A class of data packets, with a queue of its own at every switch port. Immutable.</summary>
/// <param name="Name">What reports and <c>--job</c> call it.</param>
public sealed record TrafficClass(string Name)
{
    /// <summary>Its share of a port among the classes that are not strict, 1 to 1,024.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether it goes before every class that is not strict, and before strict ones listed after it.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether it is never dropped: its upstream port is paused instead (PFC by class).</summary>
    public bool Lossless { get; init; }

    /// <summary>
    /// How large its queue at a port may grow, as a multiple of what is free of the switch's shared buffer; 1/128 to 64. Lossless classes
    /// are bounded at the ingress instead.
    /// </summary>
    public double Alpha { get; init; } = 1;
}
