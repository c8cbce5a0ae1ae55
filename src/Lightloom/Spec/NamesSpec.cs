namespace Lightloom.Spec;

/// <summary>How ports, racks, switches, nodes and cables are called: the shop's names instead of ours.</summary>
public sealed record NamesSpec
{
    /// <summary>Fields of <see cref="Rack"/>.</summary>
    public static readonly string[] RackFields = ["site", "building", "hall", "letter", "row", "n", "use"];

    /// <summary>Fields of <see cref="Switch"/>.</summary>
    public static readonly string[] SwitchFields =
    [
        "network",
        "tier",
        "plane",
        "pod",
        "n",
        "model",
        "site",
        "building",
        "hall",
        "letter",
        "row",
        "rack",
        "ru",
    ];

    /// <summary>Fields of <see cref="Node"/>.</summary>
    public static readonly string[] NodeFields = ["pool", "n", "model", "site", "building", "hall", "letter", "row", "rack", "ru"];

    /// <summary>Fields of <see cref="Tray"/>.</summary>
    public static readonly string[] TrayFields =
    [
        "node",
        "label",
        "t",
        "kind",
        "pool",
        "n",
        "model",
        "site",
        "building",
        "hall",
        "letter",
        "row",
        "rack",
        "ru",
    ];

    /// <summary>Fields of <see cref="Panel"/>.</summary>
    public static readonly string[] PanelFields = ["frame", "n", "site", "building", "hall", "letter", "row", "ru"];

    /// <summary>Fields of <see cref="Cable"/>.</summary>
    public static readonly string[] CableFields = ["network", "tier", "n"];

    /// <summary>Whose names the ports of switches get.</summary>
    [Key("switch_ports", "Whose names the ports of switches get.")]
    public PortNaming SwitchPorts { get; init; }

    /// <summary>Whose names the ports of single switch models get, by the model's id.</summary>
    [Key(
        "switch_ports_of",
        "Whose names the ports of single switch models get: id of the model to a word of switch_ports.",
        Example = "{nvidia-qm9700: mlnx-os}"
    )]
    public IReadOnlyDictionary<string, PortNaming> SwitchPortsOf { get; init; } = new Dictionary<string, PortNaming>();

    /// <summary>Whose names the ports of nodes get.</summary>
    [Key("node_ports", "Whose names the ports of nodes get.")]
    public NodePortNaming NodePorts { get; init; }

    /// <summary>What racks are called, or null for hall letter, row and position.</summary>
    [Key(
        "rack",
        "What racks are called. Fields: site, building, hall, letter (the hall's), row, n (position in the row), use.",
        Example = "\"{letter}{row:02}-{n:02}\""
    )]
    public NamePattern? Rack { get; init; }

    /// <summary>What switches are called, or null for network, plane, tier and number.</summary>
    [Key(
        "switch",
        "What switches are called. Fields: network, tier, plane, pod, n, model, site, building, hall, letter, row, rack, ru.",
        Example = "\"{network}-{tier}{n:03}\""
    )]
    public NamePattern? Switch { get; init; }

    /// <summary>What nodes are called, or null for pool and number.</summary>
    [Key(
        "node",
        "What nodes are called. Fields: pool, n, model, site, building, hall, letter, row, rack, ru.",
        Example = "\"{rack}-{ru:02}-{pool}\""
    )]
    public NamePattern? Node { get; init; }

    /// <summary>What the trays of rack-scale nodes are called, or null for node, label and number.</summary>
    [Key(
        "tray",
        "What the trays of rack-scale nodes are called. Fields: node (its name), label and t (the tray's number among those of its kind), "
            + "kind, pool, n (the node's number), model, site, building, hall, letter, row, rack, ru.",
        Example = "\"{rack}-{ru:02}-{label}{t:02}\""
    )]
    public NamePattern? Tray { get; init; }

    /// <summary>What patch panels are called, or null for frame or rack and number.</summary>
    [Key(
        "panel",
        "What patch panels are called. Fields: frame (or the rack that it stands in), n (from 1 in it), site, building, hall, letter, row, ru.",
        Example = "\"PP-{frame}-{n:02}\""
    )]
    public NamePattern? Panel { get; init; }

    /// <summary>What cables are called, or null for network, tier and number.</summary>
    [Key("cable", "What cables are called. Fields: network, tier, n.", Example = "\"C{n:06}\"")]
    public NamePattern? Cable { get; init; }
}
