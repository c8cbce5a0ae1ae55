namespace Lightloom.Verify.Reading;

/// <summary>The texts that the folder's files share.</summary>
internal sealed class Names
{
    /// <summary>Devices: nodes, switches, panels.</summary>
    public Interner Devices { get; } = new();

    /// <summary>Port names.</summary>
    public Interner Ports { get; } = new();

    /// <summary>Halls.</summary>
    public Interner Halls { get; } = new();

    /// <summary>Racks.</summary>
    public Interner Racks { get; } = new();

    /// <summary>Words of small sets: networks, tiers, products, kinds, breakouts.</summary>
    public Interner Words { get; } = new();
}
