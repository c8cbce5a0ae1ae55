using Lightloom.Keys;

namespace Lightloom.Studies.Files;

/// <summary>How a study asks a Slurm cluster for its tasks.</summary>
public sealed record SlurmSpec
{
    /// <summary>The partition.</summary>
    [Key("partition", "Partition of the tasks; left out, the cluster's default.", Example = "main")]
    public string? Partition { get; init; }

    /// <summary>The account.</summary>
    [Key("account", "Account that is charged; left out, the user's default.", Example = "network")]
    public string? Account { get; init; }

    /// <summary>Points that one task of an array takes, one after the other.</summary>
    [Key(
        "points_a_task",
        "Points that one task of the array takes, one after the other; left out, as few as the array allows.",
        Minimum = 1,
        Maximum = 1_000_000,
        Example = "10"
    )]
    public int? PointsATask { get; init; }

    /// <summary>Tasks of an array that run at once at most.</summary>
    [Key(
        "most_at_once",
        "Tasks that run at once at most; left out, as many as the cluster gives.",
        Minimum = 1,
        Maximum = 1_000_000,
        Example = "64"
    )]
    public int? MostAtOnce { get; init; }

    /// <summary>Further options of sbatch.</summary>
    [Key("options", "Further options of sbatch, each a text that starts with --.", Example = "--qos=low")]
    public IReadOnlyList<string> Options { get; init; } = [];
}
