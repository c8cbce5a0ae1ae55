using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>EQDS: about a packet's credit in each pull.</summary>
internal readonly struct Eqds : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "eqds",
            Help = "EQDS: receiver credit for each sender",
            Trims = true,
            ReceiverCredit = true,
            Options = [UetOptions.MostWindow, UetOptions.PullRate],
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } =
        new()
        {
            ReceiverCredit = true,
            CreditPerPull = 4096 / UetProfile.QuantumBytes,
            AcknowledgesEachPacket = true,
        };
}
