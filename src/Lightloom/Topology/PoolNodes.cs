using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A pool or service with its node model and the numbers of its nodes.</summary>
/// <param name="Index">Position; services follow the pools.</param>
/// <param name="Spec">As the file gives it.</param>
/// <param name="Node">The node model.</param>
/// <param name="First">Number of its first node.</param>
/// <param name="Count">Nodes.</param>
/// <param name="IsService">True for a service, whose backend ports, if any, are not those of XPUs.</param>
internal sealed record PoolNodes(int Index, PoolSpec Spec, NodeModel Node, int First, int Count, bool IsService)
{
    /// <summary>True for nodes with XPUs and backend ports, where the file has a backend.</summary>
    public bool IsOnBackend => !IsService && Node.Backend is not null && HasBackend;

    /// <summary>False where the file says that there is no backend.</summary>
    public bool HasBackend { get; init; } = true;

    /// <summary>Where its nodes may stand.</summary>
    public PlaceKey Place { get; init; }

    /// <summary>XPUs of all nodes of <paramref name="pools"/>.</summary>
    public static long XpusOf(IEnumerable<PoolNodes> pools) => pools.Sum(p => (long)p.Count * p.Node.Xpus.Value);
}
