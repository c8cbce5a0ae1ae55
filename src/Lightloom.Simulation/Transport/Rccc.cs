using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>Ultra Ethernet's receiver-credit congestion control; the equations are in <c>Uet.Rccc.cs</c>.</summary>
internal readonly struct Rccc : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "rccc",
            Help = "Ultra Ethernet's receiver-credit congestion control",
            AcknowledgesByBytes = true,
            Trims = true,
            ReadsMarks = true,
            ReceiverCredit = true,
            Options = [UetOptions.MostWindow, UetOptions.PullRate, UetOptions.LateCredit, .. UetOptions.Slows, .. UetOptions.Marks],
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } = new() { ReceiverCredit = true, SlowsWhenOversubscribed = true };
}
