namespace Lightloom.Experiments.Faults;

/// <summary>What sampled years say. The interval is of the sampling: how wrong the rates may be is not in it.</summary>
public sealed record GoodputEstimate
{
    /// <summary>Years sampled.</summary>
    public required int Years { get; init; }

    /// <summary>Mean goodput of a year, 0 to 1.</summary>
    public required double Mean { get; init; }

    /// <summary>Lower end of the 95 % confidence interval of the mean.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>One year in twenty is this bad or worse.</summary>
    public required double WorstOf20 { get; init; }

    /// <summary>The worst year of all.</summary>
    public required double Worst { get; init; }

    /// <summary>Interruptions of the job in a year.</summary>
    public required double InterruptionsPerYear { get; init; }

    /// <summary>By class: failures in a year.</summary>
    public required IReadOnlyList<double> FailuresPerYear { get; init; }
}
