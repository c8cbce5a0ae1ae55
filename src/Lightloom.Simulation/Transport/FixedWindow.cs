using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>No congestion control.</summary>
internal readonly struct FixedWindow : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "fixed-window",
            Help = "a fixed window of 1.5 bandwidth-delay products and no reaction",
            AcknowledgesByBytes = true,
            TakesFirstWindow = true,
            Trims = true,
            ReadsMarks = true,
            WindowPerPlane = true,
            Options = UetOptions.Marks,
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } = new() { SenderWindow = true, FixedWindow = true };
}
