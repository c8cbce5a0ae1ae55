using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>Max-min fair rates that everybody knows at once, and switches that never drop: what the others are compared with.</summary>
internal readonly struct Ideal : IRdmaTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "ideal",
            Help = "max-min fair rates over all hosts, known to all at once, and queues without end: the yardstick",
            AcknowledgesByBytes = true,
            KnowsAllFlows = true,
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new IdealControl(world, partition, line);
}
