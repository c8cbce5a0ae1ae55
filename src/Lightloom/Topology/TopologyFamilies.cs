namespace Lightloom.Topology;

/// <summary>The kinds of network that a backend can have. To add one, write its class and register it here.</summary>
internal static class TopologyFamilies
{
    /// <summary>All of them; the first is the one of a file that names none.</summary>
    public static IReadOnlyList<ITopologyFamily> All { get; } = [new ClosFamily()];

    /// <summary>The family of this name, or null.</summary>
    public static ITopologyFamily? Named(string name) => All.FirstOrDefault(f => f.Name == name);
}
