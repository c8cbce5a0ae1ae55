using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>Ultra Ethernet's network-signalled congestion control; the equations are in <c>Uet.Nscc.cs</c>.</summary>
internal readonly struct Nscc : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "nscc",
            Help = "Ultra Ethernet's network-signalled congestion control: a sender window steered by delay and marks",
            Trims = true,
            ReadsMarks = true,
            WindowPerPlane = true,
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } = new() { SenderWindow = true };
}
