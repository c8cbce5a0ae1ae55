namespace Lightloom.Floor;

/// <summary>A building while the floor is being planned.</summary>
internal sealed class BuildingState
{
    public required int Index { get; init; }

    public required string Name { get; init; }

    public required string Site { get; init; }

    public required int SiteIndex { get; init; }

    /// <summary>Place of the entrance in the region, millimetres.</summary>
    public required long X { get; init; }

    public required long Y { get; init; }

    /// <summary>True when halls are added to need, because the file names none.</summary>
    public required bool Growable { get; init; }

    /// <summary>Planes of the layout pods that stand here; empty for no preference.</summary>
    public required IReadOnlyList<int> Planes { get; init; }

    public List<HallState> Halls { get; } = [];
}
