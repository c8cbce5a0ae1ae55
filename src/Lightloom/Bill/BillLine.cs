using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>One line of the bill.</summary>
public sealed record BillLine
{
    /// <summary><c>switch</c>, <c>transceiver</c>, <c>assembly</c>, <c>fibre</c>, <c>panel</c>, <c>trunk</c>, <c>spare-...</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Catalogue id, with the length for what is sold by length.</summary>
    public required string Id { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; init; }

    /// <summary>How many.</summary>
    public required long Quantity { get; init; }

    /// <summary>Price of one, or null when there is none.</summary>
    public Money? UnitPrice { get; init; }

    /// <summary>Typical power of one, or null when it is not known.</summary>
    public Power? UnitPower { get; init; }

    /// <summary>Date of the price, or null.</summary>
    public string? PriceDate { get; init; }

    /// <summary>Source of the price, or of the part when it has none.</summary>
    public string? Source { get; init; }

    /// <summary>What about this line is assumed, or null.</summary>
    public string? Assumed { get; init; }

    /// <summary>Quantity times price.</summary>
    public Money? Total => UnitPrice * Quantity;

    /// <summary>Quantity times power.</summary>
    public Power? TotalPower => UnitPower * Quantity;
}
