using Lightloom.Training.Machines;

namespace Lightloom.Training.Timing;

/// <summary>How long a collective takes, and for what it waits. Immutable.</summary>
/// <param name="Seconds">The time.</param>
/// <param name="Binds">The class of links that takes longest.</param>
/// <param name="Backend">True when bytes leave the scale-up domain.</param>
public readonly record struct CollectiveTime(double Seconds, LinkKind Binds, bool Backend)
{
    /// <summary>No time.</summary>
    public static CollectiveTime None { get; } = new(0, LinkKind.ScaleUp, false);
}
