namespace Lightloom.Hardware;

/// <summary>Something with ports, and what its ports speak.</summary>
/// <param name="Name">What a message calls it.</param>
/// <param name="Protocols">Every protocol that its ports can run; null when that is not known.</param>
public readonly record struct Speaker(string Name, IReadOnlyList<Protocol>? Protocols)
{
    /// <summary>A switch.</summary>
    public static Speaker Of(SwitchModel model) => new(model.Id, model.Protocols?.Value);

    /// <summary>
    /// The ports of a node: what they say themselves, else what their NIC speaks; not known when the node names no NIC of the catalogue or
    /// the NIC does not say.
    /// </summary>
    public static Speaker Of(NodeModel node, NicPorts ports, Catalogue catalogue)
    {
        NicModel? nic = ports.NicModel is { } id ? catalogue.Nics.GetValueOrDefault(id) : null;
        return new(
            nic is null ? $"the NIC of {node.Id}" : $"the NIC of {node.Id} ({nic.Id})",
            ports.Protocols?.Value ?? nic?.Protocols?.Value
        );
    }
}
