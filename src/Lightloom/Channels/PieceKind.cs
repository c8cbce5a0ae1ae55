namespace Lightloom.Channels;

/// <summary>What a physical piece of a channel is.</summary>
public enum PieceKind : byte
{
    /// <summary>A cable whose ends are modules: DAC, ACC, AEC, AOC, or a twisted-pair cord.</summary>
    [Word("assembly")]
    Assembly,

    /// <summary>A fibre cord with one plug at either end.</summary>
    [Word("cord")]
    Cord,

    /// <summary>A fibre cord that divides: one plug at the head, several at the tails.</summary>
    [Word("harness")]
    Harness,

    /// <summary>Several plugs at both ends, whose fibre pairs change plugs between them.</summary>
    [Word("shuffle")]
    Shuffle,

    /// <summary>Many fibres between two panels.</summary>
    [Word("trunk")]
    Trunk,

    /// <summary>Leads the fibres of a trunk's plug to the LC sockets of a panel.</summary>
    [Word("cassette")]
    Cassette,
}
