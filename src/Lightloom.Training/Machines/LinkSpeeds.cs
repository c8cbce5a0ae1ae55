namespace Lightloom.Training.Machines;

/// <summary>Factors on the speed of classes of links; 1 is as designed, infinity takes no time. Immutable.</summary>
public sealed record LinkSpeeds
{
    /// <summary>Of the scale-up domains.</summary>
    public double ScaleUp { get; init; } = 1;

    /// <summary>Of NICs and their links.</summary>
    public double HostLeaf { get; init; } = 1;

    /// <summary>Of uplinks of leaves.</summary>
    public double LeafSpine { get; init; } = 1;

    /// <summary>Of uplinks of spines.</summary>
    public double SpineSuperSpine { get; init; } = 1;

    /// <summary>Of messages: their latency is divided by it.</summary>
    public double Latency { get; init; } = 1;

    /// <summary>All as designed but one class, which is twice as fast.</summary>
    public static LinkSpeeds Twice(LinkKind kind) =>
        kind switch
        {
            LinkKind.ScaleUp => new() { ScaleUp = 2 },
            LinkKind.HostLeaf => new() { HostLeaf = 2 },
            LinkKind.LeafSpine => new() { LeafSpine = 2 },
            LinkKind.SpineSuperSpine => new() { SpineSuperSpine = 2 },
            _ => new() { Latency = 2 },
        };
}
