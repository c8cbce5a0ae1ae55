using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>What the planner must know of the floor: how long every link is, how many panels it passes, and between which racks and halls it runs.</summary>
internal interface ICableWays
{
    /// <summary>Computed length of every link in millimetres.</summary>
    int[] Lengths(LinkClass c);

    /// <summary>Rack of every A end, then of every Z end.</summary>
    (int[] A, int[] Z) Racks(LinkClass c);

    /// <summary>True when some pair of racks has panels between.</summary>
    bool HasPanels { get; }

    /// <summary>Panels between two racks.</summary>
    int Panels(int rackA, int rackZ);

    /// <summary>Hall of a rack.</summary>
    int HallOf(int rack);
}
