namespace Lightloom.Hardware;

/// <summary>What a passive part of the fibre plant is.</summary>
public enum PassiveKind
{
    /// <summary>A fibre cable with a connector at each end, bought by length: joins two modules, or a module and a panel.</summary>
    [Word("fibre-cable")]
    FibreCable,

    /// <summary>A fibre cable that divides: one connector at the head, several at the tails.</summary>
    [Word("fibre-breakout")]
    FibreBreakout,

    /// <summary>A pre-terminated cable of many fibres between two panels.</summary>
    [Word("trunk")]
    Trunk,

    /// <summary>A patch panel with its adapters.</summary>
    [Word("panel")]
    Panel,

    /// <summary>A panel's frame without adapters: cassettes, which bring their own, fill it. Its ports are theirs when it is full.</summary>
    [Word("housing")]
    Housing,

    /// <summary>Leads the fibres of a trunk's plug to LC sockets; it stands in a housing.</summary>
    [Word("cassette")]
    Cassette,

    /// <summary>
    /// A harness of several plugs at both ends that leads every fibre pair of a plug to another plug at the other end, so that the legs of a
    /// socket may part at both ends of a link. Bought by length.
    /// </summary>
    [Word("shuffle")]
    Shuffle,
}
