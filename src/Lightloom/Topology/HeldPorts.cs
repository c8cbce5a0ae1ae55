namespace Lightloom.Topology;

/// <summary>What each switch of a tier may not use for links to the tiers beside it.</summary>
/// <remarks>Two are equal only when they are the same object, so that divisions of faceplates can be remembered by them.</remarks>
internal sealed class HeldPorts
{
    /// <summary>Nothing is held.</summary>
    public static HeldPorts None { get; } = new();

    /// <summary>Ports of each switch of a model, by id, that are in use already.</summary>
    public IReadOnlyDictionary<string, int> InUse { get; init; } = new Dictionary<string, int>();

    /// <summary>Downlinks that stay free.</summary>
    public int Free { get; init; }

    /// <summary>Ports for links that go to no other tier.</summary>
    public IReadOnlyList<HeldOutward> Outward { get; init; } = [];

    /// <summary>The same with other ports for links that go to no other tier.</summary>
    public HeldPorts Holding(IReadOnlyList<HeldOutward> outward) =>
        new()
        {
            Free = Free,
            InUse = InUse,
            Outward = outward,
        };
}
