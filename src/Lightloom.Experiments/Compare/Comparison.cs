namespace Lightloom.Experiments.Compare;

/// <summary>Several designs side by side: what they are, what they did, and what follows. Immutable.</summary>
public sealed record Comparison
{
    /// <summary>What was compared.</summary>
    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>What was run.</summary>
    public required CompareOptions Options { get; init; }

    /// <summary>XPUs that took part in every run.</summary>
    public required int Xpus { get; init; }

    /// <summary>Columns of the simulated table.</summary>
    public required IReadOnlyList<SimulatedColumn> Columns { get; init; }

    /// <summary>Rows of the simulated table.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>By column, then scenario.</summary>
    public required IReadOnlyList<IReadOnlyList<Outcome>> Outcomes { get; init; }

    /// <summary>What follows, as sentences, each with its number.</summary>
    public IReadOnlyList<string> Verdict { get; init; } = [];

    /// <summary>What was assumed on the way, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The outcome of a column and a scenario's key, or null when it was not run.</summary>
    public Outcome? OutcomeOf(int column, string key)
    {
        for (int s = 0; s < Scenarios.Count; s++)
        {
            if (Scenarios[s].Key == key)
            {
                return Outcomes[column][s];
            }
        }

        return null;
    }

    /// <summary>A scenario's time over that of its reference in the same column, or null.</summary>
    public double? Relative(int column, Scenario scenario) =>
        scenario.Reference is { } key
        && OutcomeOf(column, key) is { IsGood: true } reference
        && OutcomeOf(column, scenario.Key) is { IsGood: true } outcome
        && reference.TimeUs > 0
            ? outcome.TimeUs / reference.TimeUs
            : null;
}
