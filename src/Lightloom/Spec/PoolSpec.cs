using Lightloom.Diagnostics;

namespace Lightloom.Spec;

/// <summary>A number of like nodes: a pool of XPU nodes, or a service on the frontend.</summary>
public sealed record PoolSpec
{
    /// <summary>Name, unique in the file; device names start with it.</summary>
    [Key("name", "Name of the pool; device names start with it.", Required = true, Example = "train")]
    public string Name { get; init; } = "";

    /// <summary>The node's catalogue id.</summary>
    [Key("node", "Catalogue id of the node.", Required = true, Example = "dgx-h100")]
    public string Node { get; init; } = "";

    /// <summary>
    /// How many nodes. The reader fills it in when the file says <see cref="Xpus"/>, so a pool that was read always has it.
    /// </summary>
    [Key("nodes", "How many nodes (or give xpus).", Minimum = 1, Maximum = 4_194_304, Example = "127")]
    public int? Nodes { get; init; }

    /// <summary>
    /// How many XPUs: those of whole nodes. The reader fills it in when the file says <see cref="Nodes"/>; null for a service.
    /// </summary>
    [Key("xpus", "How many XPUs, rounded up to whole nodes (or give nodes).", Minimum = 1, Maximum = 16_777_216, Example = "1016")]
    public int? Xpus { get; init; }

    /// <summary>Halls, buildings or sites (by name) in which the pool must stand; empty for anywhere.</summary>
    [Key("place", "Names of halls, buildings or sites in which the pool must stand.", Example = "[hall-1]")]
    public IReadOnlyList<string> Place { get; init; } = [];

    /// <summary>Where the entry starts in the file.</summary>
    public SourceMark Mark { get; init; }
}
