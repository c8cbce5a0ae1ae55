namespace Lightloom.Training.Timing;

/// <summary>One thing that an XPU does in a step, numbered by its place among that XPU's operations. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="Seconds">How long a computation takes.</param>
/// <param name="Bytes">The size of a message.</param>
/// <param name="Peer">The other XPU of a message.</param>
/// <param name="Tag">What tells messages between two XPUs apart.</param>
/// <param name="Waits">Places of the operations that must have ended, or where said begun, before.</param>
public sealed record StepOperation(
    StepOperationKind Kind,
    double Seconds,
    long Bytes,
    int Peer,
    int Tag,
    IReadOnlyList<(int On, bool Start)> Waits
);
