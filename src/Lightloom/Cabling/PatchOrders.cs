using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>
/// How long the pieces of links through panels are ordered. Cords of one cage are ordered alike, so that they can change places and a
/// harness has one length, even where its tails go to different frames.
/// </summary>
internal sealed class PatchOrders(ICableWays ways, FibrePlant plant)
{
    // Only cages whose own links would be ordered at different lengths.
    private readonly Dictionary<(FabricRole Fabric, int Device, int Cage, bool AtZ), int> _longest = [];

    /// <summary>The pieces of a link that passes panels, as they are ordered; null where it passes none.</summary>
    public PatchedOrder? Of(LinkClass c, int link)
    {
        if (ways.Patch(c, link) is not { } route)
        {
            return null;
        }

        long a = plant.OrderCord(route.CordA);
        long z = plant.OrderCord(route.CordZ);
        if (_longest.Count > 0)
        {
            Link l = c.Links[link];
            a = _longest.TryGetValue((c.Fabric, l.A, l.ACage, false), out int longerA) ? longerA : a;
            z = _longest.TryGetValue((c.Fabric, l.Z, l.ZCage, true), out int longerZ) ? longerZ : z;
        }

        return new PatchedOrder(route, (int)a, (int)FibrePlant.OrderTrunk(route.Trunk), (int)z, (int)plant.OrderCord(route.Jumper))
        {
            LinkA = route.RackA is null ? 0 : (int)plant.OrderCord(route.LinkA),
            LinkZ = route.RackZ is null ? 0 : (int)plant.OrderCord(route.LinkZ),
        };
    }

    /// <summary>Makes the cords of each cage of some classes alike.</summary>
    /// <param name="classes">Classes whose cages are divided.</param>
    /// <param name="panels">By class: the panels of each link, or null where none has any.</param>
    public void Unite(IReadOnlyList<LinkClass> classes, IReadOnlyList<byte[]?> panels)
    {
        Dictionary<(FabricRole, int, int, bool), (int Shortest, int Longest)> seen = [];
        for (int k = 0; k < classes.Count; k++)
        {
            if (panels[k] is not { } of)
            {
                continue;
            }

            LinkClass c = classes[k];
            for (int i = 0; i < of.Length; i++)
            {
                if (of[i] > 0 && ways.Patch(c, i) is { } route)
                {
                    Link l = c.Links[i];
                    Widen((c.Fabric, l.A, l.ACage, false), (int)plant.OrderCord(route.CordA));
                    Widen((c.Fabric, l.Z, l.ZCage, true), (int)plant.OrderCord(route.CordZ));
                }
            }
        }

        foreach (((FabricRole, int, int, bool) cage, (int shortest, int longest)) in seen)
        {
            if (shortest != longest)
            {
                _longest[cage] = longest;
            }
        }

        void Widen((FabricRole, int, int, bool) cage, int order)
        {
            ref (int Shortest, int Longest) range = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                seen,
                cage,
                out bool known
            );
            range = known ? (Math.Min(range.Shortest, order), Math.Max(range.Longest, order)) : (order, order);
        }
    }
}
