namespace Lightloom.Channels;

/// <summary>How the fibres of a piece lie from one end to the other, after ANSI/TIA-568.3.</summary>
public enum Polarity : byte
{
    /// <summary>Type A: fibre i comes out at position i.</summary>
    [Word("A")]
    TypeA,

    /// <summary>Type B: fibre i of N comes out at position N + 1 - i.</summary>
    [Word("B")]
    TypeB,

    /// <summary>Type C: neighbouring fibres change places, 1 with 2, 3 with 4.</summary>
    [Word("C")]
    TypeC,

    /// <summary>A duplex cord that crosses: position A comes out at B. The usual one.</summary>
    [Word("A-B")]
    CrossedDuplex,

    /// <summary>A duplex cord that does not cross.</summary>
    [Word("A-A")]
    StraightDuplex,
}
