namespace Lightloom.Verify.Outcome;

/// <summary>All rules, in the order in which their contradictions are printed. docs/verify.md explains each.</summary>
public static class Rules
{
    /// <summary>Files and their hashes.</summary>
    public static readonly Rule Manifest = new("manifest", "The manifest names the folder's files with their sizes and SHA-256.");

    /// <summary>Devices and the catalogue.</summary>
    public static readonly Rule DeviceKnown = new(
        "device-known",
        "Every device of cables.csv is one of design.json's, and its model is in the catalogue."
    );

    /// <summary>One place a device.</summary>
    public static readonly Rule DevicePlace = new("device-place", "Every device stands in one place, in a rack that design.json lists.");

    /// <summary>One device a unit.</summary>
    public static readonly Rule UnitOnce = new("unit-once", "No rack unit is filled by two devices.");

    /// <summary>Devices end within the rack.</summary>
    public static readonly Rule UnitInRack = new("unit-in-rack", "Every device lies within its rack's units.");

    /// <summary>Trays of rack-scale nodes.</summary>
    public static readonly Rule TrayUnit = new(
        "tray-unit",
        "Every tray of a rack-scale node stands in a unit that its maker's elevation has for its kind."
    );

    /// <summary>Units and devices of a rack.</summary>
    public static readonly Rule RackRoom = new("rack-room", "No rack holds more units or devices than it counts or has.");

    /// <summary>Power of a rack.</summary>
    public static readonly Rule RackPower = new("rack-power", "No rack draws more than its limit.");

    /// <summary>Weight of racks.</summary>
    public static readonly Rule RackWeight = new(
        "rack-weight",
        "No rack weighs more than its limit, as far as the weights of its devices are known."
    );

    /// <summary>Trays.</summary>
    public static readonly Rule TrayFill = new("tray-fill", "No tray is fuller or heavier than its limit unless the design warns of it.");

    /// <summary>One link a lane.</summary>
    public static readonly Rule LaneOnce = new("lane-once", "Every breakout leg of every cage carries one link.");

    /// <summary>One rate a cage.</summary>
    public static readonly Rule CageRate = new("cage-rate", "All links of a cage run at one rate.");

    /// <summary>Division of cages.</summary>
    public static readonly Rule CageDivision = new(
        "cage-division",
        "Every cage is one of its model's and is divided as the model allows, at a rate that its lanes run at."
    );

    /// <summary>Logical ports.</summary>
    public static readonly Rule LogicalPorts = new(
        "logical-ports",
        "No switch runs more logical ports than its chip, or one pipeline, does."
    );

    /// <summary>Ports kept free.</summary>
    public static readonly Rule PortsFree = new("ports-free", "Every switch has the ports free that its tier keeps free.");

    /// <summary>Ports of nodes.</summary>
    public static readonly Rule NodePorts = new(
        "node-ports",
        "Every node has all its ports of a network cabled, at rates that its NICs have."
    );

    /// <summary>Tiers.</summary>
    public static readonly Rule TierOrder = new("tier-order", "Both ends of every link are of the tiers that the row names, A the lower.");

    /// <summary>Planes.</summary>
    public static readonly Rule PlanesApart = new("planes-apart", "No switch of a plane has a link of another plane.");

    /// <summary>XPUs.</summary>
    public static readonly Rule XpusReach = new(
        "xpus-reach",
        "Every node with XPUs reaches every other over the backend, on each plane where NICs are split over planes."
    );

    /// <summary>Other networks.</summary>
    public static readonly Rule NetworkWhole = new("network-whole", "Every other network joins all nodes that it has.");

    /// <summary>Rows of a cable.</summary>
    public static readonly Rule CableRows = new(
        "cable-rows",
        "All rows of a cable agree, share a cage at one end unless a shuffle joins several, and fit its breakout."
    );

    /// <summary>Products.</summary>
    public static readonly Rule ProductKnown = new("product-known", "Every product is in the catalogue.");

    /// <summary>Columns about a product.</summary>
    public static readonly Rule ProductColumns = new("product-columns", "Kind, breakout and rate of every row go with its product.");

    /// <summary>Protocols.</summary>
    public static readonly Rule Protocol = new("protocol", "Both cages and the product of every link share a protocol.");

    /// <summary>Forms.</summary>
    public static readonly Rule FormFactor = new("form-factor", "Every plug fits its cage: form and heat sink.");

    /// <summary>Lanes.</summary>
    public static readonly Rule LaneRate = new(
        "lane-rate",
        "The lanes of every plug run on those of its cage, and are enough for the rate and the legs before it."
    );

    /// <summary>Media.</summary>
    public static readonly Rule Medium = new(
        "medium",
        "The modules at both ends speak the same over the same fibre, and all pieces are of that fibre."
    );

    /// <summary>FEC.</summary>
    public static readonly Rule Fec = new("fec", "The modules at both ends need the same forward error correction.");

    /// <summary>Ordered lengths.</summary>
    public static readonly Rule Ordered = new("length-ordered", "What is ordered is at least as long as the way.");

    /// <summary>Reach.</summary>
    public static readonly Rule Reach = new("reach", "The reach is at least what is ordered, and at most what the catalogue rates.");

    /// <summary>Lengths that are sold.</summary>
    public static readonly Rule SoldLength = new("length-sold", "Every assembly is ordered in a length that is sold.");

    /// <summary>Loss.</summary>
    public static readonly Rule Loss = new("loss", "The loss is at least that of the fibre, and within the modules' budget.");

    /// <summary>Rows of a piece.</summary>
    public static readonly Rule PieceRows = new("piece-rows", "All rows of a piece agree, and it has as many plugs as its kind.");

    /// <summary>Pieces in channels.</summary>
    public static readonly Rule PieceUsed = new("piece-used", "Every piece of pieces.csv is in a channel.");

    /// <summary>Places of pieces.</summary>
    public static readonly Rule PiecePlace = new("piece-place", "Every end of a piece is where its device, or its panel, stands.");

    /// <summary>One plug a socket.</summary>
    public static readonly Rule PlugOnce = new("plug-once", "No socket of a module and no port of a panel takes two plugs.");

    /// <summary>Housings and adapters.</summary>
    public static readonly Rule PanelKind = new(
        "panel-kind",
        "Cassettes stand in housings; where plugs meet without one, the panel has adapters."
    );

    /// <summary>Ports of panels.</summary>
    public static readonly Rule PanelPorts = new("panel-ports", "No panel has more ports in use than the panels of the bill have.");

    /// <summary>Sockets of modules.</summary>
    public static readonly Rule Sockets = new("sockets", "Every plug goes into a socket that its module has.");

    /// <summary>Lanes and sockets.</summary>
    public static readonly Rule LaneSocket = new(
        "lane-socket",
        "Every channel leaves a module by the socket, and a harness by the tail, that has its lanes."
    );

    /// <summary>Connectors.</summary>
    public static readonly Rule Connector = new("connector", "Every fibre plug is of the kind of its module's connector.");

    /// <summary>Pins.</summary>
    public static readonly Rule Gender = new("gender", "Of two MPO plugs that meet one is pinned; a module's socket is.");

    /// <summary>Polish.</summary>
    public static readonly Rule Polish = new(
        "polish",
        "Plugs that meet are polished alike: APC with APC, UPC with UPC, in modules, adapters and cassettes; pieces are as their part is, "
            + "panels hold one polish."
    );

    /// <summary>Order codes.</summary>
    public static readonly Rule OrderCode = new(
        "order-code",
        "Every order code says what the piece is: product, polarity, pins, jacket and length; of an assembly the plugs and the split that "
            + "its cages take."
    );

    /// <summary>Continuity.</summary>
    public static readonly Rule ChannelWhole = new(
        "channel-whole",
        "Every leg has a channel that goes from its cage at A piece by piece to its cage at Z."
    );

    /// <summary>Polarity.</summary>
    public static readonly Rule Polarity = new(
        "polarity",
        "Every fibre channel leads what one module sends to where the other listens, by TIA-568's tables; every piece has a polarity that its "
            + "connectors have."
    );

    /// <summary>Fibres.</summary>
    public static readonly Rule Fibres = new("fibres", "Every piece has fibres for all lanes that its channels carry.");

    /// <summary>Lengths of channels.</summary>
    public static readonly Rule ChannelLength = new(
        "channel-length",
        "The pieces of a channel are as long, and ordered as long, as the row of its cable says."
    );

    /// <summary>Loss of channels.</summary>
    public static readonly Rule ChannelLoss = new(
        "channel-loss",
        "Every piece of a channel loses what its fibre and the plugs at its end lose; they add up to the loss of its cable."
    );

    /// <summary>Pieces and bill.</summary>
    public static readonly Rule PieceBill = new(
        "piece-bill",
        "The bill buys every piece once: quantities by order code are the counts of pieces.csv."
    );

    /// <summary>Labels.</summary>
    public static readonly Rule LabelOnce = new("label-once", "No two ends have the same label.");

    /// <summary>Labels and places.</summary>
    public static readonly Rule LabelPlace = new("label-place", "Every label names the end that it sticks on.");

    /// <summary>Counts of design.json.</summary>
    public static readonly Rule Totals = new("totals", "The totals of design.json are the counts of the files' rows.");

    /// <summary>Counts of the fabrics.</summary>
    public static readonly Rule FabricCounts = new("fabric-counts", "Links and switches of every fabric are those of the rows.");

    /// <summary>Counts of interconnects.</summary>
    public static readonly Rule Interconnects = new("interconnects", "Counts and lengths of every product are those of the rows.");

    /// <summary>Arithmetic of a line.</summary>
    public static readonly Rule BillTimes = new("bill-times", "Every line of the bill is quantity times price, and quantity times power.");

    /// <summary>One line an order code.</summary>
    public static readonly Rule BillOnce = new("bill-once", "Every order code has one line.");

    /// <summary>Part numbers.</summary>
    public static readonly Rule PartNumber = new(
        "part-number",
        "A maker's part number in a name of the bill is that of the plugs which its order code names."
    );

    /// <summary>Sums of the bill.</summary>
    public static readonly Rule BillSum = new("bill-sum", "The totals of cost and power are the sums of the lines.");

    /// <summary>Spares.</summary>
    public static readonly Rule Spares = new(
        "spares",
        "Spares are the stated share of what is in use, at the same price; those that lie in stock carry no traffic."
    );

    /// <summary>Stock.</summary>
    public static readonly Rule StockFirst = new(
        "stock-first",
        "What is in stock costs nothing, is no more than there is, and is used before any is bought."
    );

    /// <summary>Quantities.</summary>
    public static readonly Rule BillQuantity = new(
        "bill-quantity",
        "The bill buys what the rows use: switches, modules of the form and heat sink that the cages take, assemblies."
    );

    /// <summary>Prices.</summary>
    public static readonly Rule BillPrice = new(
        "bill-price",
        "Every price that does not come from the price book is one that the catalogue has from the source named: of that month, plug and length."
    );

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Manifest,
        DeviceKnown,
        DevicePlace,
        UnitOnce,
        UnitInRack,
        TrayUnit,
        RackRoom,
        RackPower,
        RackWeight,
        TrayFill,
        LaneOnce,
        CageRate,
        CageDivision,
        LogicalPorts,
        PortsFree,
        NodePorts,
        TierOrder,
        PlanesApart,
        XpusReach,
        NetworkWhole,
        CableRows,
        ProductKnown,
        ProductColumns,
        Protocol,
        FormFactor,
        LaneRate,
        Medium,
        Fec,
        Ordered,
        Reach,
        SoldLength,
        Loss,
        PieceRows,
        PieceUsed,
        PiecePlace,
        PlugOnce,
        PanelPorts,
        PanelKind,
        Sockets,
        LaneSocket,
        Connector,
        Gender,
        Polish,
        OrderCode,
        ChannelWhole,
        Polarity,
        Fibres,
        ChannelLength,
        ChannelLoss,
        LabelOnce,
        LabelPlace,
        Totals,
        FabricCounts,
        Interconnects,
        BillTimes,
        BillOnce,
        PartNumber,
        BillSum,
        Spares,
        StockFirst,
        BillQuantity,
        BillPrice,
        PieceBill,
    ];
}
