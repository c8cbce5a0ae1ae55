using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>One collective operation, or traffic pattern, over a number of XPUs.</summary>
[Shorthand("name")]
public sealed record CollectiveSpec
{
    /// <summary>Its name, as <c>simulate --workload</c> knows it.</summary>
    [Key(
        "name",
        "Name of the collective, as `simulate --workload` knows it, for example all-reduce.",
        Required = true,
        Example = "all-reduce"
    )]
    public string Name { get; init; } = "";

    /// <summary>Bytes of one XPU's buffer, or null for the command's default.</summary>
    [Key("size", "Size of one XPU's buffer in bytes, or with a unit: 4MiB, 1GB.", Example = "1GiB")]
    public DataSize? Size { get; init; }

    /// <summary>XPUs that take part, or null for all.</summary>
    [Key("xpus", "XPUs that take part; all when absent.", Minimum = 1, Maximum = 16_777_216, Example = "1016")]
    public int? Xpus { get; init; }

    /// <summary>Algorithm, or null for the default of the collective.</summary>
    [Key("algorithm", "Algorithm (ring, halving-doubling, tree, direct ...); the collective's default when absent.", Example = "ring")]
    public string? Algorithm { get; init; }
}
