namespace Lightloom.Floor;

/// <summary>What a rack position may take while racks are being placed.</summary>
internal enum SlotUse : byte
{
    /// <summary>Any rack.</summary>
    Free,

    /// <summary>A rack of this design stands there.</summary>
    Taken,

    /// <summary>Must stay empty.</summary>
    KeepOut,

    /// <summary>Equipment that is not part of the design stands there.</summary>
    Other,

    /// <summary>Racks of leaves only.</summary>
    Leaf,

    /// <summary>Racks of spines and what is above them only.</summary>
    Spine,

    /// <summary>Racks of switches only.</summary>
    Network,

    /// <summary>Racks of XPU nodes only.</summary>
    Nodes,

    /// <summary>Racks of service nodes only.</summary>
    Services,
}
