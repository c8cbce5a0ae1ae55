using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>Ultra Ethernet's two congestion controls together: a packet needs room in the window and credit.</summary>
internal readonly struct NsccRccc : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "nscc+rccc",
            Help = "Ultra Ethernet's sender window and receiver credit together",
            AcknowledgesByBytes = true,
            TakesFirstWindow = true,
            Trims = true,
            ReadsMarks = true,
            ReceiverCredit = true,
            WindowPerPlane = true,
            Options = [.. UetOptions.Window, UetOptions.PullRate, UetOptions.LateCredit, .. UetOptions.Marks],
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } = new() { SenderWindow = true, ReceiverCredit = true };
}
