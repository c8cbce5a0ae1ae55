namespace Lightloom.Experiments.Faults;

/// <summary>The rule of <see cref="GoodputModel.Combine(GoodputClass, GoodputClass)"/> against a simulated pair of faults.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Workload">The workload.</param>
/// <param name="ByRule">Inflation that the rule gives from the single faults.</param>
/// <param name="Simulated">Inflation of the pair.</param>
public sealed record RuleCheck(string Pair, string Workload, double ByRule, double Simulated)
{
    /// <summary>By how much the rule is too high; negative when it is too kind.</summary>
    public double Error => ByRule / Simulated - 1;

    /// <summary>Every pair whose single faults were simulated too.</summary>
    public static List<RuleCheck> Of(IReadOnlyList<FaultOutcome> outcomes)
    {
        Dictionary<FaultKind, FaultOutcome> singles = [];
        foreach (FaultOutcome outcome in outcomes.Where(o => o.Scenario.Kinds.Count == 1))
        {
            singles.TryAdd(outcome.Scenario.Kinds[0], outcome);
        }

        List<RuleCheck> checks = [];
        foreach (FaultOutcome pair in outcomes.Where(o => o.Scenario.Kinds.Count == 2))
        {
            FaultKind a = pair.Scenario.Kinds[0],
                b = pair.Scenario.Kinds[1];
            foreach (WorkloadOutcome workload in pair.Workloads)
            {
                if (workload.Inflation is { } simulated && Single(a, workload.Name) is { } first && Single(b, workload.Name) is { } second)
                {
                    checks.Add(new(pair.Scenario.Label, workload.Name, GoodputModel.Combine(first, second), simulated));
                }
            }
        }

        return checks;

        GoodputClass? Single(FaultKind kind, string name) =>
            singles.TryGetValue(kind, out FaultOutcome? outcome)
            && outcome.Workloads.FirstOrDefault(w => w.Name == name)?.Inflation is { } inflation
                ? new()
                {
                    Name = "",
                    Population = 1,
                    FailuresPerYear = 0,
                    RepairHours = 1,
                    Slowdown = Math.Max(1, inflation),
                    Bandwidth = outcome.Graph.BandwidthFactor,
                    IsGlobal = kind.IsGlobal,
                }
                : null;
    }
}
