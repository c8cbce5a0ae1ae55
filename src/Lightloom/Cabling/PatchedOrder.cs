using Lightloom.Routing;

namespace Lightloom.Cabling;

/// <summary>The pieces of a link through panels as they are ordered, in millimetres.</summary>
/// <param name="Route">The pieces as they were measured.</param>
/// <param name="CordA">From the A port to the panel on its side.</param>
/// <param name="Trunk">From panel to panel; 0 without a trunk.</param>
/// <param name="CordZ">From the last panel to the Z port.</param>
/// <param name="Jumper">One jumper between two panels of a frame.</param>
internal readonly record struct PatchedOrder(PatchedRoute Route, int CordA, int Trunk, int CordZ, int Jumper)
{
    /// <summary>The cord from the panel in the A rack to the frame; 0 without.</summary>
    public int LinkA { get; init; }

    /// <summary>The cord from the frame to the panel in the Z rack; 0 without.</summary>
    public int LinkZ { get; init; }

    /// <summary>One of the route's jumpers, counted from A.</summary>
    public int JumperAt(int jumper) =>
        jumper == 0 && Route.RackA is not null ? LinkA
        : jumper == Route.Jumpers - 1 && Route.RackZ is not null ? LinkZ
        : Jumper;

    /// <summary>What comes after the piece at the A port.</summary>
    public int Rest
    {
        get
        {
            int ends = (Route.RackA is null ? 0 : 1) + (Route.RackZ is null ? 0 : 1);
            return (int)Math.Min(int.MaxValue, (long)Trunk + CordZ + ((long)Jumper * (Route.Jumpers - ends)) + LinkA + LinkZ);
        }
    }

    /// <summary>All pieces together.</summary>
    public int Sum => (int)Math.Min(int.MaxValue, (long)CordA + Rest);
}
