using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// Where the nodes of a pool may stand, as far as the file says. Nodes of unlike places share no leaf: a leaf stands with its nodes, and only
/// its uplinks cross.
/// </summary>
/// <param name="Buildings">Numbers of the buildings that the pool may stand in; alike for all pools where there is one building.</param>
/// <param name="Halls">Names of the halls, where the file names halls; else empty.</param>
internal readonly record struct PlaceKey(string Buildings, string Halls)
{
    /// <summary>The place of a pool.</summary>
    public static PlaceKey Of(FloorSpec floor, PoolSpec pool)
    {
        SortedSet<int> buildings = [];
        SortedSet<string> halls = new(StringComparer.Ordinal);
        int index = 0;
        foreach (SiteSpec site in floor.Sites)
        {
            foreach (BuildingSpec building in site.Buildings)
            {
                bool whole = pool.Place.Count == 0 || pool.Place.Contains(site.Name) || pool.Place.Contains(building.Name);
                List<string> named = [.. building.Halls.Select(h => h.Name).Where(pool.Place.Contains)];
                if (whole || named.Count > 0)
                {
                    buildings.Add(index);
                    halls.UnionWith(whole ? [] : named);
                }

                index++;
            }
        }

        return new(string.Join(',', buildings), string.Join(',', halls));
    }
}
