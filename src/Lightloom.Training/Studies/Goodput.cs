namespace Lightloom.Training.Studies;

/// <summary>What a month of training is worth with failures and checkpoints. Immutable; times in seconds.</summary>
public sealed record Goodput
{
    /// <summary>Share of the month that makes progress, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Time between interruptions of the job.</summary>
    public required double MeanTimeBetweenInterruptions { get; init; }

    /// <summary>Bytes of a checkpoint.</summary>
    public required double CheckpointSize { get; init; }

    /// <summary>Time to write one.</summary>
    public required double CheckpointTime { get; init; }

    /// <summary>Time between two: what costs least (Young, Daly).</summary>
    public required double CheckpointInterval { get; init; }

    /// <summary>The network over which it is written.</summary>
    public required string CheckpointNetwork { get; init; }

    /// <summary>Time until an interrupted job runs again.</summary>
    public required double Restart { get; init; }

    /// <summary>By kind of fault; XPUs first.</summary>
    public required IReadOnlyList<FaultClassCost> Faults { get; init; }

    /// <summary>Tokens in a month of 730.5 hours.</summary>
    public required double TokensPerMonth { get; init; }
}
