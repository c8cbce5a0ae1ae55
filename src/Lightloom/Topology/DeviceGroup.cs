using System.Globalization;
using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>A run of like devices with consecutive numbers: the nodes of one pool, or the switches of one tier of one plane.</summary>
public sealed class DeviceGroup
{
    /// <summary>Position in <see cref="Network.Groups"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>Number of the first device.</summary>
    public required int First { get; init; }

    /// <summary>How many devices, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The node model, for nodes.</summary>
    public NodeModel? Node { get; init; }

    /// <summary>The switch model, for switches.</summary>
    public SwitchModel? Switch { get; init; }

    /// <summary>Index of the pool (services follow the pools) for nodes; -1 for switches.</summary>
    public int Pool { get; init; } = -1;

    /// <summary>True for a service's nodes.</summary>
    public bool IsService { get; init; }

    /// <summary>The network that a switch belongs to; without meaning for nodes, which are on several.</summary>
    public FabricRole Fabric { get; init; } = FabricRole.Backend;

    /// <summary>The tier; <see cref="Tier.Host"/> for nodes.</summary>
    public required Tier Tier { get; init; }

    /// <summary>
    /// The plane, from 0, for switches; -1 where it belongs to no plane (nodes, and the aggregation tier of the layout pods).
    /// </summary>
    public int Plane { get; init; } = -1;

    /// <summary>The pod of a three-tier fabric, from 0, or -1 where there are no pods.</summary>
    public int Pod { get; init; } = -1;

    /// <summary>What device names start with, for example <c>be-p0-leaf</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>The number in the first device's name, from 1.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>Digits of the number in a name.</summary>
    public int Digits { get; init; } = 3;

    /// <summary>Names that the file's pattern gave, one a device, or null for <see cref="NamePrefix"/> and number.</summary>
    public IReadOnlyList<string>? Given { get; private init; }

    /// <summary>Names that the file's pattern gave to trays, node by node; or null for the node's name and the tray's suffix.</summary>
    public IReadOnlyList<string>? GivenTrays { get; private init; }

    /// <summary>The trays of each device, or null where a device is one whole.</summary>
    public NodeTrays? Trays => Node?.TrayList;

    /// <summary>True for nodes.</summary>
    public bool IsNode => Node is not null;

    /// <summary>True for switches of the design; false for nodes and for what is outside.</summary>
    public bool IsOurSwitch => !IsNode && Tier != Tier.External;

    /// <summary>The catalogue entry.</summary>
    public CatalogueEntry Model => (CatalogueEntry?)Node ?? Switch!;

    /// <summary>The number in the name of the device with number <paramref name="device"/>, from 1.</summary>
    public int NumberOf(int device) => FirstNumber + device - First;

    /// <summary>Name of the device with number <paramref name="device"/>.</summary>
    public string NameOf(int device) => Given is { } given ? given[device - First] : OwnNameOf(device);

    /// <summary>The name that Lightloom gives the device with number <paramref name="device"/>, whatever the file calls it.</summary>
    public string OwnNameOf(int device) => $"{NamePrefix}-{NumberOf(device).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0')}";

    /// <summary>Name of a tray of the device with number <paramref name="device"/>.</summary>
    public string NameOf(int device, Tray tray) =>
        GivenTrays is { } given ? given[((device - First) * Trays!.All.Count) + tray.Index] : $"{NameOf(device)}-{tray.Suffix}";

    /// <summary>The same group, its devices called otherwise.</summary>
    /// <param name="names">A name a device, or null to leave them as they are.</param>
    /// <param name="trays">A name a tray, device by device, or null for what follows from the device's.</param>
    public DeviceGroup Called(IReadOnlyList<string>? names, IReadOnlyList<string>? trays = null) =>
        new()
        {
            Index = Index,
            First = First,
            Count = Count,
            Node = Node,
            Switch = Switch,
            Pool = Pool,
            IsService = IsService,
            Fabric = Fabric,
            Tier = Tier,
            Plane = Plane,
            Pod = Pod,
            NamePrefix = NamePrefix,
            FirstNumber = FirstNumber,
            Digits = Digits,
            Given = names ?? Given,
            GivenTrays = trays ?? GivenTrays,
        };
}
