using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Units;

namespace Lightloom.Studies.Files;

/// <summary>What a study file asks for: a command, its cluster file, and what is varied. Immutable.</summary>
public sealed record StudySpec
{
    /// <summary>The version of the format that this Lightloom reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Format version; 1.</summary>
    [Key("lightloom_study", "Format version; 1.", Required = true, Minimum = 1, Maximum = 1, Example = "1")]
    public int Format { get; init; } = 1;

    /// <summary>The study's name.</summary>
    [Key("name", "Name of the study: letters, digits, - and _.", Required = true, Example = "oversubscription")]
    public string Name { get; init; } = "";

    /// <summary>The command that each point runs.</summary>
    [Key(
        "command",
        "The command that each point runs.",
        Required = true,
        OneOf = "design|explore|simulate|train|infer|faults|compare",
        Example = "simulate"
    )]
    public string Command { get; init; } = "";

    /// <summary>The cluster file; several for <c>compare</c>.</summary>
    [Key(
        "cluster",
        "The cluster file, from this file's folder on; a list for compare. A varied place is varied in each.",
        Required = true,
        OneOrMany = true,
        Example = "cluster.yaml"
    )]
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>What every point has: options and places of the cluster file.</summary>
    [Key(
        "fixed",
        "What every point has: options and places of the cluster file, as in {--workload: all-reduce, --size: 1MiB}.",
        Example = "{--size: 1MiB}"
    )]
    public GivenValues Fixed { get; init; } = GivenValues.None;

    /// <summary>Points listed one by one.</summary>
    [Key("points", "Points listed one by one; axes and seeds are run for each of them.", Example = "{backend.planes: 2, --seed: 3}")]
    public IReadOnlyList<GivenValues> Points { get; init; } = [];

    /// <summary>What is varied.</summary>
    [Key("axes", "What is varied, each over its values or its range.")]
    public IReadOnlyList<AxisSpec> Axes { get; init; } = [];

    /// <summary>How points are taken from the axes.</summary>
    [Key("sampling", "How points are taken from the axes: every combination (grid), or samples spread evenly (latin-hypercube).")]
    public Sampling Sampling { get; init; }

    /// <summary>Samples of a Latin hypercube.</summary>
    [Key("samples", "Samples of a Latin hypercube.", Minimum = 1, Maximum = 1_000_000, Example = "100")]
    public int? Samples { get; init; }

    /// <summary>What the samples are drawn with.</summary>
    [Key("sampling_seed", "What the samples of a Latin hypercube are drawn with.", Minimum = 0)]
    public int SamplingSeed { get; init; } = 1;

    /// <summary>Seeds that every point is run with.</summary>
    [Key("seeds", "Seeds that every point is run with: a number of them or a list; each becomes --seed.", Example = "5")]
    public SeedList? Seeds { get; init; }

    /// <summary>Memory that a point may take.</summary>
    [Key(
        "memory_gb",
        "GiB that a point may take before it is ended and counted as failed; left out, the machine's, divided over the workers.",
        Minimum = 0.1,
        Maximum = 100_000,
        Example = "4"
    )]
    public DataSize? Memory { get; init; }

    /// <summary>Minutes that a point may take.</summary>
    [Key(
        "minutes",
        "Minutes that a point may take before it is ended and counted as failed; left out, any.",
        Minimum = 0.01,
        Maximum = 1e6,
        Example = "30"
    )]
    public double? Minutes { get; init; }

    /// <summary>How a Slurm cluster is asked.</summary>
    [Key("slurm", "How --engine slurm asks for its tasks.")]
    public SlurmSpec Slurm { get; init; } = new();

    /// <summary>Where the file starts.</summary>
    public SourceMark Mark { get; init; }
}
