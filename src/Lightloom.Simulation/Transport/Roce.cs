using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>RoCEv2 without congestion control.</summary>
internal readonly struct Roce : IRdmaTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "roce",
            Help = "RoCEv2 at line rate with go-back-N, which relies on a lossless fabric",
            TakesFirstWindow = true,
            InOrder = true,
            Timeout = TimeoutRule.Verbs,
            FlowControl = FlowControl.Pfc,
            Options = [VerbsTimeout.Option],
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new(world, partition, line);
}
