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
        int left = Between(floor, panels);
        string? between = scope switch
        {
            Scope.SameRack or Scope.SameRow => null,
            Scope.SameHall => $"floor.panels_between_rows: {left}",
            Scope.SameBuilding => $"floor.panels_between_halls: {left}",
            _ => $"floor.panels_between_buildings: {left}",
        };
        return racks is null || between is null ? between ?? racks ?? "" : $"{between}, {racks}";
    }

    /// <summary>The floor with those keys so.</summary>
    /// <param name="floor">What the file asks for.</param>
    /// <param name="scope">How far apart the ends of the links stand.</param>
    /// <param name="panels">Panels that the links would pass.</param>
    public static FloorSpec In(FloorSpec floor, Scope scope, int panels)
    {
        int left = Between(floor, panels);
        FloorSpec fewer = panels < 2 ? floor with { PanelsAtRacks = RackPanels.None } : floor;
        return scope switch
        {
            Scope.SameRack or Scope.SameRow => fewer,
            Scope.SameHall => fewer with { PanelsBetweenRows = left },
            Scope.SameBuilding => fewer with { PanelsBetweenHalls = left },
            _ => fewer with { PanelsBetweenBuildings = left },
        };
    }

    // Of the panels that a link would pass, those that are not the two at its racks.
    private static int Between(FloorSpec floor, int panels) => floor.PanelsAtRacks == RackPanels.None || panels < 2 ? panels : panels - 2;

    /// <summary>The floor without the panels that the file asks for, and the keys that say so; no keys where it asks for none.</summary>
    public static (FloorSpec Floor, string Keys) Without(FloorSpec floor)
    {
        List<string> keys = [];
        if (floor.PanelsAtRacks != RackPanels.None)
        {
            keys.Add("floor.panels_at_racks: none");
        }

        if (floor.PanelsBetweenRows > 0)
        {
            keys.Add("floor.panels_between_rows: 0");
        }

        if (floor.PanelsBetweenHalls > 0)
        {
            keys.Add("floor.panels_between_halls: 0");
        }

        if (floor.PanelsBetweenBuildings > 0)
        {
            keys.Add("floor.panels_between_buildings: 0");
        }

        return (
            floor with
            {
                PanelsAtRacks = RackPanels.None,
                PanelsBetweenRows = None(floor.PanelsBetweenRows),
                PanelsBetweenHalls = None(floor.PanelsBetweenHalls),
                PanelsBetweenBuildings = None(floor.PanelsBetweenBuildings),
            },
            string.Join(", ", keys)
        );

        static int? None(int? panels) => panels > 0 ? 0 : panels;
    }
}
