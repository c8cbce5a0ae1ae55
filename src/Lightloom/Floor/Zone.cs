namespace Lightloom.Floor;

/// <summary>Where a run of nodes, and the switches around it, may stand.</summary>
internal sealed class Zone
{
    public required string Key { get; init; }

    /// <summary>Halls that the file names, in the order in which they are filled.</summary>
    public required IReadOnlyList<HallState> Halls { get; init; }

    /// <summary>Buildings that get default halls to need.</summary>
    public required IReadOnlyList<BuildingState> Growable { get; init; }

    /// <summary>True when the file says where it must be; such zones choose first.</summary>
    public required bool Restricted { get; init; }

    /// <summary>
    /// True for a plane of the layout pods without a place of its own: it starts in a fresh hall rather than being cut by the end of one.
    /// </summary>
    public required bool KeepTogether { get; init; }

    /// <summary>True when racks of the zone may stand in that hall.</summary>
    public bool Allows(HallState hall) => hall.Building.Growable ? Growable.Contains(hall.Building) : Halls.Contains(hall);
}
