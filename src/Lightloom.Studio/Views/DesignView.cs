using System.Collections.Concurrent;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>A design with what questions about it need more than once; each part is made when it is first asked for.</summary>
/// <remarks>Safe to use from several threads. It lives as long as its design.</remarks>
internal sealed class DesignView
{
    private readonly Lazy<LinkIndex> _links;
    private readonly Lazy<CableIndex> _cables;
    private readonly Lazy<DeviceNames> _names;
    private readonly Lazy<RackFigures> _racks;
    private readonly Lazy<CableTable> _table;
    private readonly Lazy<RackContents> _contents;
    private readonly ConcurrentDictionary<(string Role, bool Rails), Lazy<FabricMap>> _maps = [];

    /// <summary>Looks at a design.</summary>
    public DesignView(ClusterDesign design)
    {
        Design = design;
        Figures = DesignFigures.Of(design);
        _links = new(() => new(design.Network));
        _cables = new(() => new(design, Links));
        _names = new(() => new(design.Network));
        _racks = new(() => new(this));
        _table = new(() => new(this));
        _contents = new(() => new(design.Network, design.Placement));
    }

    /// <summary>The design.</summary>
    public ClusterDesign Design { get; }

    /// <summary>What is always to be seen.</summary>
    public DesignFigures Figures { get; }

    /// <summary>Links by device.</summary>
    public LinkIndex Links => _links.Value;

    /// <summary>Links by cable, and ids of cables.</summary>
    public CableIndex Cables => _cables.Value;

    /// <summary>Devices by name.</summary>
    public DeviceNames Names => _names.Value;

    /// <summary>What cables do at each rack.</summary>
    public RackFigures Racks => _racks.Value;

    /// <summary>Rows of cables, sorted and filtered.</summary>
    public CableTable Table => _table.Value;

    /// <summary>What stands in each rack.</summary>
    public RackContents Contents => _contents.Value;

    /// <summary>A network in numbers.</summary>
    public FabricMap MapOf(Fabric fabric, bool rails) =>
        _maps.GetOrAdd((fabric.Role.Name, rails), _ => new(() => FabricMap.Of(Design, fabric, rails))).Value;

    /// <summary>The network of that name, or null.</summary>
    public Fabric? FabricOf(string role) => Design.Network.Fabrics.FirstOrDefault(f => f.Role.Name == role);
}
