namespace Lightloom.Experiments.Faults;

/// <summary>What a year is reckoned with. Immutable.</summary>
public sealed record GoodputOptions
{
    /// <summary>Years to sample.</summary>
    public int Years { get; init; } = 1000;

    /// <summary>Seeds the years.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; does not change results.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The user's repair times in hours, by class.</summary>
    public IReadOnlyDictionary<FaultClass, double> RepairHours { get; init; } = new Dictionary<FaultClass, double>();

    /// <summary>
    /// Minutes from an interruption until the job runs again, without the nodes that are cut off. The default is an assumption.
    /// </summary>
    public double RestartMinutes { get; init; } = 15;

    /// <summary>Minutes between checkpoints; half of them are lost on the average. The default is an assumption.</summary>
    public double CheckpointMinutes { get; init; } = 30;

    /// <summary>Share of a step that waits for the network; 1 reckons with a job that only communicates, the worst case.</summary>
    public double NetworkShare { get; init; } = 1;

    /// <summary>
    /// Hours of repair when the user says nothing: assumptions. A spare module, cable or port needs a technician; a switch a swap and its
    /// configuration.
    /// </summary>
    public static double AssumedRepairHours(FaultClass one) =>
        one switch
        {
            FaultClass.Transceiver => 2,
            FaultClass.Cable => 4,
            FaultClass.NicPort => 8,
            FaultClass.Plane => 4,
            _ => 6,
        };
}
