using Lightloom.Design;
using Lightloom.Experiments;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>
/// The names of a simulated network's parts as they stand in the design's files: devices with port and lane, cable ids. Safe to share
/// between threads.
/// </summary>
public sealed class DesignNames : INetworkNames
{
    private readonly ClusterDesign _design;
    private readonly DesignedNetwork _designed;
    private readonly CableIds[] _cableIds;

    /// <summary>Names by a design.</summary>
    public DesignNames(ClusterDesign design, DesignedNetwork designed)
    {
        _design = design;
        _designed = designed;
        _cableIds = CableIds.Of(design);
    }

    /// <inheritdoc/>
    public string Host(int host) => _designed.NameOfHost(host);

    /// <inheritdoc/>
    public string Switch(int index) => _design.Network.NameOf(_designed.DeviceOfSwitch[index]);

    /// <inheritdoc/>
    public (string From, string To) Ends(int link, bool upwards)
    {
        (LinkClass links, int index) = _designed.OriginOf(link);
        Link one = links.Links[index];
        Network network = _design.Network;
        // The lane as the cut sheet counts it, from 0.
        string lower = $"{network.NameOf(one.A, links.Fabric, one.ACage)} {network.PortNameA(links, one)}";
        string upper = $"{network.NameOf(one.Z, links.Fabric, one.ZCage)} {network.PortNameZ(links, one)}";
        return upwards ? (lower, upper) : (upper, lower);
    }

    /// <inheritdoc/>
    public string Cable(int link)
    {
        (LinkClass links, int index) = _designed.OriginOf(link);
        int cable = _design.Cables.CableOfLink[links.Index][index];
        return cable < 0 ? "" : _cableIds[links.Index].IdOf(cable);
    }
}
