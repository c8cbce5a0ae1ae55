namespace Lightloom.Simulation.Model;

/// <summary>What collective operations have in common whoever runs them.</summary>
public static class Collective
{
    /// <summary>
    /// The factor from algorithm bandwidth to bus bandwidth of a collective over so many ranks; 1 for what is no collective.
    /// </summary>
    /// <param name="name">The collective, for example <c>all-reduce-ring</c>.</param>
    /// <param name="ranks">Ranks that take part, at least 1.</param>
    public static double BusFactor(string name, int ranks) =>
        name switch
        {
            _ when name.StartsWith("all-reduce", StringComparison.Ordinal) => 2.0 * (ranks - 1) / ranks,
            "reduce-scatter" or "all-gather" or "all-to-all" or "all-to-all-v" or "moe-dispatch" or "moe-combine" => (double)(ranks - 1)
                / ranks,
            _ => 1,
        };
}
