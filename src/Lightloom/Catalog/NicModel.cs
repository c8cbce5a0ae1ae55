using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A NIC, DPU or IPU: its rates, how it can be divided over planes, what its transport can do.</summary>
public sealed record NicModel : CatalogueEntry
{
    /// <summary>What it is: NIC, SuperNIC, DPU, IPU or transport; or null.</summary>
    public string? Kind { get; init; }

    /// <summary>The highest rate of one port, or null.</summary>
    public Figure<DataRate>? MaxRate { get; init; }

    /// <summary>Port configurations, as published.</summary>
    public Figure<IReadOnlyList<Breakout>>? PortConfigs { get; init; }

    /// <summary>Into how many planes it can be divided, or null.</summary>
    public Figure<int>? MaxPlanes { get; init; }

    /// <summary>Cages it is sold with.</summary>
    public Figure<IReadOnlyList<FormFactor>>? FormFactors { get; init; }

    /// <summary>What is said of packet spraying, or null.</summary>
    public Figure<string>? PacketSpraying { get; init; }

    /// <summary>What is said of out-of-order delivery, or null.</summary>
    public Figure<string>? OutOfOrderDelivery { get; init; }

    /// <summary>What is said of congestion control, or null.</summary>
    public Figure<string>? CongestionControl { get; init; }

    /// <summary>When it can be had, or null.</summary>
    public Figure<string>? Availability { get; init; }

    /// <summary>Transports it speaks.</summary>
    public Figure<IReadOnlyList<string>>? Transports { get; init; }

    /// <summary>Public prices; may be empty. Not part of the network's cost.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>The price that a bill uses, or null.</summary>
    public ChosenPrice? BestPrice() => ChosenPrice.Of(Prices);
}
