namespace Lightloom.Simulation.Model;

/// <summary>Hosts by number, switches by the name in their description. Immutable.</summary>
public sealed class NumberedNames(NetworkDescription network) : INetworkNames
{
    /// <inheritdoc/>
    public string Host(int host) => $"host {host}";

    /// <inheritdoc/>
    public string Switch(int index) => network.Switches[index].Name is { Length: > 0 } name ? name : $"switch {index}";

    /// <inheritdoc/>
    public (string From, string To) Ends(int link, bool upwards)
    {
        NodeId a = network.Links[link].A;
        (string lower, string upper) = (a.IsHost ? Host(a.Index) : Switch(a.Index), Switch(network.Links[link].Z.Index));
        return upwards ? (lower, upper) : (upper, lower);
    }

    /// <inheritdoc/>
    public string Cable(int link) => "";
}
