using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>What the placement pass gained: the cost of all cables, by the planner's own measure, before and after it.</summary>
/// <param name="Before">The plain placement: nodes in the order of the file, leaves with their nodes, everything above after them.</param>
/// <param name="After">The placement that was kept; never more than <paramref name="Before"/> unless <c>floor.places</c> moved racks.</param>
/// <param name="TotalLengthBefore">All cables, end to end, before.</param>
/// <param name="TotalLengthAfter">All cables, end to end, after.</param>
/// <param name="NetworkRacks">Where the racks of switches stand.</param>
/// <param name="Moves">Moves of racks, or of whole rows of racks of switches, that the search made.</param>
/// <param name="Steps">What was tried, in words, with its cost.</param>
public sealed record PlacementCost(
    Money Before,
    Money After,
    Length TotalLengthBefore,
    Length TotalLengthAfter,
    NetworkRackPosition NetworkRacks,
    int Moves,
    IReadOnlyList<string> Steps
);
