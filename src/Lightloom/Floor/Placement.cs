namespace Lightloom.Floor;

/// <summary>Where every device stands.</summary>
public sealed class Placement
{
    /// <summary>Halls in use.</summary>
    public required IReadOnlyList<Hall> Halls { get; init; }

    /// <summary>Racks in use, in floor order.</summary>
    public required IReadOnlyList<Rack> Racks { get; init; }

    /// <summary>Rack of every device.</summary>
    public required int[] RackOfDevice { get; init; }

    /// <summary>Lowest unit that a device fills, from 1, by device; 1 for a rack-scale node.</summary>
    public required byte[] UnitOfDevice { get; init; }
}
