namespace Lightloom.Floor;

/// <summary>The racks that switches want to be near.</summary>
/// <param name="Rack">For every switch, by its number less that of the first switch: the mean number of the node racks that it serves,
/// directly or through lower tiers.</param>
/// <param name="Management">Leaves of the management network that serve what can hold them, and the device in the middle of those that each
/// serves.</param>
/// <param name="HasManagementRack">By switch: true when <paramref name="Management"/> places it.</param>
internal sealed record SwitchAnchors(double[] Rack, IReadOnlyList<(int Leaf, int Served)> Management, bool[] HasManagementRack);
