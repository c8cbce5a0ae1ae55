using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>No congestion control: what the others are compared with.</summary>
internal readonly struct Ideal : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "ideal",
            Help = "a fixed window of 1.5 bandwidth-delay products and no reaction: the yardstick",
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
