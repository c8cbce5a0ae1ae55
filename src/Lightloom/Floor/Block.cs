namespace Lightloom.Floor;

/// <summary>Racks of nodes that want to stay together, and the leaves that serve them.</summary>
internal sealed class Block
{
    public required Zone Zone { get; init; }

    /// <summary>Pod or pod plane, or -1.</summary>
    public required int Pod { get; init; }

    public required bool IsService { get; init; }

    /// <summary>Number of its first rack among all racks of nodes.</summary>
    public required int FirstRack { get; init; }

    public List<RackDraft> Racks { get; } = [];

    /// <summary>Leaves whose place is here.</summary>
    public List<int> Leaves { get; } = [];

    /// <summary>Spines and above whose centroid is here.</summary>
    public List<int> Upper { get; } = [];
}
