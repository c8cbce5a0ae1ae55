using Lightloom.Training.Machines;

namespace Lightloom.Training.Timing;

/// <summary>Communication of one kind over a whole step. Immutable; times in seconds.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Exposed">What the step waits for.</param>
/// <param name="Overlapped">What computation hides.</param>
/// <param name="Backend">True when bytes leave the scale-up domain.</param>
/// <param name="Binds">The class of links that takes longest.</param>
/// <param name="Group">The group's ranks.</param>
public sealed record CommunicationShare(
    CommunicationKind Kind,
    double Exposed,
    double Overlapped,
    bool Backend,
    LinkKind Binds,
    GroupShape Group
)
{
    /// <summary>Both.</summary>
    public double Total => Exposed + Overlapped;
}
