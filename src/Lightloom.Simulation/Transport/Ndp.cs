using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>NDP: made for queues of eight packets that trim.</summary>
internal readonly struct Ndp : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "ndp",
            Help = "NDP: the first window at line rate, then receiver pulls one by one",
            Trims = true,
            ReceiverCredit = true,
            QueuePackets = 8,
            Options = [UetOptions.MostWindow],
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } =
        new()
        {
            ReceiverCredit = true,
            PullsPackets = true,
            CreditPerPull = 1,
            AcknowledgesEachPacket = true,
        };
}
