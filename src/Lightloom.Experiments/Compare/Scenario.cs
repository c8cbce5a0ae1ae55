namespace Lightloom.Experiments.Compare;

/// <summary>One thing that every design is put through.</summary>
/// <param name="Key">Its name in options and JSON.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Phrase">What is finished, in a sentence: "finishes all-to-all".</param>
/// <param name="Question">What it asks of a network.</param>
/// <param name="Reference">The key of the scenario whose time this one's is held against, or null.</param>
public sealed record Scenario(string Key, string Title, string Phrase, string Question, string? Reference = null)
{
    /// <summary>All scenarios, in the order of the table.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "permutation",
            "Permutation",
            "the permutation",
            "Everybody sends to one other and receives from one other, at random: can the fabric carry full load without collisions?"
        ),
        new("incast", "Incast", "the incast", "Many send to one: where do the bytes wait, and is any lost?"),
        new(
            "all-to-all",
            "All-to-all",
            "all-to-all",
            "Groups drawn from all over the cluster exchange shards, as experts do: can the fabric keep up with a pattern that moves?"
        ),
        new(
            "all-reduce-ring",
            "All-reduce, ring",
            "the ring all-reduce",
            "Rings through ranks drawn from all over the cluster: one collision holds up a whole ring in every step."
        ),
        new(
            "all-reduce-halving-doubling",
            "All-reduce, halving-doubling",
            "the halving-doubling all-reduce",
            "The partner changes in every step, and the first steps carry half the buffer across the spine."
        ),
        new(
            "one-job",
            "One job alone",
            "one job alone",
            "Half of the XPUs run an all-reduce while the other half is idle: the yardstick of the next row."
        ),
        new(
            "two-jobs",
            "Two jobs",
            "the first of two jobs",
            "The same all-reduce while the other half runs all-to-all on the same leaves and spines: does a neighbour cost anything?",
            "one-job"
        ),
        new(
            "two-pools",
            "Two pools, all-to-all",
            "an all-to-all over two pools",
            "A job over XPUs of different NIC rates, equal shards: the slowest gates it."
        ),
        new(
            "two-pools-by-rate",
            "Two pools, all-to-all by rate",
            "an all-to-all over two pools with shards by rate",
            "The same data with shards in proportion to the rates: what does weighting regain?",
            "two-pools"
        ),
        new(
            "two-pools-all-reduce",
            "Two pools, all-reduce",
            "an all-reduce over two pools",
            "A direct all-reduce over XPUs of different NIC rates, equal shards."
        ),
        new(
            "two-pools-all-reduce-by-rate",
            "Two pools, all-reduce by rate",
            "an all-reduce over two pools with shards by rate",
            "The same with shards after the rates, so that all finish together.",
            "two-pools-all-reduce"
        ),
        new(
            "cable-lost",
            "One cable lost",
            "the permutation with a cable lost",
            "A cable between leaf and spine is cut a third of the way into the permutation.",
            "permutation"
        ),
        new(
            "spine-lost",
            "One spine lost",
            "the permutation with a spine lost",
            "A spine (or fabric element) dies a third of the way into the permutation.",
            "permutation"
        ),
    ];

    /// <summary>The scenario of a key, or null.</summary>
    public static Scenario? Find(string key) => All.FirstOrDefault(s => s.Key == key);
}
