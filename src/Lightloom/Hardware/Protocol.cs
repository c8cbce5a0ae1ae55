namespace Lightloom.Hardware;

/// <summary>What the ports at both ends of a link must speak alike.</summary>
public enum Protocol : byte
{
    /// <summary>Ethernet, whatever transport runs over it.</summary>
    [Word("ethernet")]
    Ethernet,

    /// <summary>InfiniBand.</summary>
    [Word("infiniband")]
    InfiniBand,
}
