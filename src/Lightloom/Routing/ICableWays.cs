using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>
/// What the planner must know of the floor: how long every link is, how many panels it passes, and between which halls it runs.
/// </summary>
internal interface ICableWays
{
    /// <summary>Computed length of every link in millimetres.</summary>
    int[] Lengths(LinkClass c);

    /// <summary>Panels on the way of every link, or null when no link of the class passes one.</summary>
    byte[]? Panels(LinkClass c);

    /// <summary>Racks at the ends of a link.</summary>
    (int A, int Z) Racks(LinkClass c, int link);

    /// <summary>Halls at the ends of a link.</summary>
    (int A, int Z) Halls(LinkClass c, int link);

    /// <summary>How far apart the ends of a link stand.</summary>
    Scope ScopeOf(LinkClass c, int link);

    /// <summary>The pieces of a link that passes panels, or null.</summary>
    PatchedRoute? Patch(LinkClass c, int link);
}
