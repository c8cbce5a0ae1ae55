namespace Lightloom.Floor;

/// <summary>What a rack position holds.</summary>
public enum RackUse : byte
{
    /// <summary>Nothing yet.</summary>
    [Word("empty")]
    Empty,

    /// <summary>Must stay empty.</summary>
    [Word("keep-out")]
    KeepOut,

    /// <summary>XPU nodes.</summary>
    [Word("nodes")]
    Nodes,

    /// <summary>A node that is a whole rack, or a part of one that fills several.</summary>
    [Word("rack-scale")]
    RackScale,

    /// <summary>Service nodes.</summary>
    [Word("services")]
    Services,

    /// <summary>Switches.</summary>
    [Word("network")]
    Network,

    /// <summary>Equipment that is not part of the design.</summary>
    [Word("other")]
    Other,
}
