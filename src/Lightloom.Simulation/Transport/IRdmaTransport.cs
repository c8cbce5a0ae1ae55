using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// A transport that runs on the machinery of <see cref="Rdma{TBalancer}"/>: it says what it is and makes its congestion control.
/// </summary>
internal interface IRdmaTransport
{
    /// <summary>Its word, help and traits.</summary>
    static abstract TransportDescription Description { get; }

    /// <summary>The congestion control of the hosts of one partition.</summary>
    static abstract RdmaControl Create(World world, Partition partition, HostLine line);
}
