namespace Lightloom.Hardware;

/// <summary>Whether a node is a server or a whole rack.</summary>
public enum NodeKind
{
    /// <summary>A server, which a rack holds.</summary>
    [Word("server")]
    Server,

    /// <summary>A rack of its own, or several.</summary>
    [Word("rack")]
    Rack,
}
