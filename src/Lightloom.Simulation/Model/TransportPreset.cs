namespace Lightloom.Simulation.Model;

/// <summary>A published set of a transport's constants; what it does not name keeps its default. Immutable.</summary>
public sealed record TransportPreset
{
    /// <summary>Its word: the transport's, then whose figures they are, then the line rate where they hold for one.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, without a full stop.</summary>
    public required string Help { get; init; }

    /// <summary>Where the figures are published.</summary>
    public required string Source { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<PresetValue> Values { get; init; }
}
