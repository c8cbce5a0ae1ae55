namespace Lightloom.Floor;

/// <summary>What a rack position holds.</summary>
public enum RackUse : byte
{
    /// <summary>Nothing yet.</summary>
    Empty,

    /// <summary>Must stay empty.</summary>
    KeepOut,

    /// <summary>XPU nodes.</summary>
    Nodes,

    /// <summary>A node that is a whole rack, or a part of one that fills several.</summary>
    RackScale,

    /// <summary>Service nodes.</summary>
    Services,

    /// <summary>Switches.</summary>
    Network,

    /// <summary>Equipment that is not part of the design.</summary>
    Other,
}
