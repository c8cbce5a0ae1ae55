using Lightloom.Routing;
using Lightloom.Spec;

namespace Lightloom.Cabling;

/// <summary>Which keys of the file put panels on links, and what they would have to say for a link to pass fewer.</summary>
internal static class PanelKeys
{
    /// <summary>
    /// The key with the value at which links of a scope pass fewer panels: <c>floor.panels_between_rows: 1</c>. Panels in racks are two, so
    /// that they go where fewer are to be left.
    /// </summary>
    /// <param name="floor">What the file asks for.</param>
    /// <param name="scope">How far apart the ends of the links stand.</param>
    /// <param name="panels">Panels that the links would pass.</param>
    public static string For(FloorSpec floor, Scope scope, int panels)
    {
        string? racks =
            floor.PanelsAtRacks == RackPanels.None
                ? null
                : $"floor.panels_at_racks: {(panels < 2 ? "none" : floor.PanelsAtRacks.ToWord())}";
        int left = racks is null || panels < 2 ? panels : panels - 2;
        string? between = scope switch
        {
            Scope.SameRack or Scope.SameRow => null,
            Scope.SameHall => $"floor.panels_between_rows: {left}",
            Scope.SameBuilding => $"floor.panels_between_halls: {left}",
            _ => $"floor.panels_between_buildings: {left}",
        };
        return racks is null || between is null ? between ?? racks ?? "" : $"{between}, {racks}";
    }
}
