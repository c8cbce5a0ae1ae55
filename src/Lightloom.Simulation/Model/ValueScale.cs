namespace Lightloom.Simulation.Model;

/// <summary>What a published figure grows with, when it is carried from the network it was published for to another.</summary>
public enum ValueScale
{
    /// <summary>Nothing: it stands as it is, in its option's unit.</summary>
    Fixed,

    /// <summary>The line rate: the figure is that of a 100 Gb/s line.</summary>
    LineRate,

    /// <summary>The network's largest round trip through empty queues: the figure is a multiple of it.</summary>
    RoundTrip,

    /// <summary>The bandwidth-delay product of the line and that round trip: the figure is a multiple of it.</summary>
    BandwidthDelay,

    /// <summary>The bandwidth-delay product in whole packets: the figure is a multiple of it, rounded up to packets.</summary>
    BandwidthDelayPackets,

    /// <summary>
    /// The exponent of the smallest timeout of the verbs that exceeds so many of the network's largest round trips through full queues.
    /// </summary>
    VerbsExponent,
}
