using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>The rule that a NIC without a single Ethernet port of its full rate is not joined to an Ethernet switch by one.</summary>
internal static class SinglePort
{
    /// <summary>Why a NIC cannot be one port of its full rate on a network of this protocol; null when it can.</summary>
    /// <param name="speaker">The NIC, as a message calls it.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="protocol">What the network speaks.</param>
    /// <param name="leaf">Id of the leaf where the file names it, or null.</param>
    public static Rejection? Fault(Speaker speaker, NicPorts ports, Protocol protocol, string? leaf) =>
        protocol == Protocol.Ethernet && ports.SinglePortAllowed is { Value: false }
            ? new(
                RejectionCode.SinglePort,
                $"{speaker.Name} has no single Ethernet port of {ports.Rate}, and {leaf ?? "the network"} speaks Ethernet"
            )
            : null;
}
