using Lightloom.Hardware;
using Lightloom.Routing;

namespace Lightloom.Channels;

/// <summary>What is alike of ways that share trunks: where their frames stand, the fibre, the connector at the panels, the panels passed.</summary>
/// <param name="FrameA">The frame on the A side.</param>
/// <param name="FrameZ">The frame on the Z side; the A side's where one panel is passed.</param>
/// <param name="Medium">Fibre grade.</param>
/// <param name="Connector">The connector at the panels.</param>
/// <param name="Panels">Panels on the way.</param>
/// <param name="AtRackA">True where the first panel stands in the A rack, and the way goes on from there to the A frame.</param>
/// <param name="AtRackZ">True where the last panel stands in the Z rack, and the way comes there from the Z frame.</param>
internal readonly record struct StrandKey(
    FramePlace FrameA,
    FramePlace FrameZ,
    Medium Medium,
    string Connector,
    int Panels,
    bool AtRackA,
    bool AtRackZ
) : IComparable<StrandKey>
{
    public bool IsLc => Cabling.FibreConnector.IsLc(Connector);

    public bool HasTrunk => Panels > 1;

    public bool HasCassettes => HasTrunk && IsLc;

    public int PanelsA => (Panels + 1) / 2;

    public int PanelsZ => Panels - PanelsA;

    public int CompareTo(StrandKey other)
    {
        int c = FrameA.CompareTo(other.FrameA);
        c = c != 0 ? c : FrameZ.CompareTo(other.FrameZ);
        c = c != 0 ? c : Medium.CompareTo(other.Medium);
        c = c != 0 ? c : string.CompareOrdinal(Connector, other.Connector);
        return c != 0 ? c : (Panels, AtRackA, AtRackZ).CompareTo((other.Panels, other.AtRackA, other.AtRackZ));
    }
}

/// <summary>All ways of one key, with the trunks that they share and the panel ports that they take.</summary>
internal sealed class StrandGroup(StrandKey key)
{
    /// <summary>LC sockets of a cassette behind one MPO-12 plug.</summary>
    public const int CassettePairs = 6;

    public StrandKey Key => key;

    /// <summary>Number of ways.</summary>
    public int Count { get; set; }

    /// <summary>Fibres in use in the trunks.</summary>
    public long UsedFibres { get; set; }

    /// <summary>Computed and ordered length of the trunks in millimetres.</summary>
    public (int Computed, int Ordered) TrunkLength { get; set; }

    /// <summary>Trunk plugs in use at either end; as many cassettes where the panels have LC sockets.</summary>
    public int Plugs => key.HasCassettes ? (Count + CassettePairs - 1) / CassettePairs : Count;

    /// <summary>Plugs at either end of a trunk; the last one may have fewer.</summary>
    public int PlugsPerTrunk { get; set; } = 1;

    /// <summary>Articles of the trunks, in order.</summary>
    public int[] Trunks { get; set; } = [];

    /// <summary>Number of the first trunk among the pieces.</summary>
    public long FirstTrunk { get; set; }

    /// <summary>Number of the first cassette: those of the A side, then those of the Z side.</summary>
    public long FirstCassette { get; set; }

    /// <summary>The articles of its cassettes on the A and the Z side, or -1.</summary>
    public (int A, int Z) Cassettes { get; set; } = (-1, -1);

    /// <summary>By level from the A module to the Z module: the block of panel ports.</summary>
    public required PortBlock[] Blocks { get; init; }
}

/// <summary>Ports of like panels of one frame that belong to one group.</summary>
/// <param name="Rank">The kind of panel in the frame.</param>
/// <param name="Start">First port, counted over all panels of the kind.</param>
internal readonly record struct PortBlock(PanelRank Rank, int Start);
