using Lightloom.Spec;

namespace Lightloom.Floor;

/// <summary>One way to lay out the floor.</summary>
/// <param name="Position">Where racks of switches stand.</param>
/// <param name="UpperAtCentroid">True when spines stand in the middle of what they connect, false when they follow after all nodes.</param>
/// <param name="Packing">How closely racks are laid out.</param>
/// <param name="SeparateTiers">True when leaves and spines must not share racks, because the file fixes racks for either.</param>
/// <param name="RacksPerRow">Rack positions a row of a default hall.</param>
/// <param name="RowsPerHall">Rows of a default hall.</param>
internal sealed record LayoutPlan(
    NetworkRackPosition Position,
    bool UpperAtCentroid,
    Packing Packing,
    bool SeparateTiers,
    int RacksPerRow,
    int RowsPerHall
);
