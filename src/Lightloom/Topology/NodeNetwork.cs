using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A network that nodes are on beside the backend: the frontend, or one that the file names under <c>networks:</c>.</summary>
/// <param name="Role">Which one.</param>
/// <param name="Spec">What the file says of it.</param>
/// <param name="Key">Where it says so: <c>frontend</c>, <c>networks.storage</c>.</param>
internal sealed record NodeNetwork(FabricRole Role, FrontendSpec Spec, string Key)
{
    /// <summary>The frontend of a file.</summary>
    public static NodeNetwork Frontend(ClusterSpec spec) => new(FabricRole.Frontend, spec.Frontend, "frontend");

    /// <summary>The further networks of a file, in its order.</summary>
    public static IReadOnlyList<NodeNetwork> Further(ClusterSpec spec) =>
        [.. spec.Networks.Select((n, i) => new NodeNetwork(FabricRole.Further(n.Key, i), n.Value, "networks." + n.Key))];
}
