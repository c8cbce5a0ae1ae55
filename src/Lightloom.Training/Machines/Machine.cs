using Lightloom.Units;

namespace Lightloom.Training.Machines;

/// <summary>XPUs of one kind and the network between them. Immutable.</summary>
public sealed record Machine
{
    /// <summary>The XPUs.</summary>
    public required XpuClass Xpu { get; init; }

    /// <summary>The network.</summary>
    public required NetworkShape Network { get; init; }

    /// <summary>How much faster each class of links is than designed, for asking what binds; 1 is as designed.</summary>
    public LinkSpeeds Speeds { get; init; } = new();

    /// <summary>The same machine with a network that takes no time between scale-up domains.</summary>
    public Machine Ideal =>
        this with
        {
            Speeds = Speeds with
            {
                HostLeaf = double.PositiveInfinity,
                LeafSpine = double.PositiveInfinity,
                SpineSuperSpine = double.PositiveInfinity,
                Latency = double.PositiveInfinity,
            },
        };

    /// <summary>
    /// A machine without a design: nodes of one scale-up domain each on one leaf a rail, no oversubscription. For published runs, of whose
    /// networks no more is known.
    /// </summary>
    /// <param name="xpu">The XPUs.</param>
    /// <param name="xpus">How many.</param>
    /// <param name="near">Latency within a leaf.</param>
    /// <param name="far">Latency otherwise.</param>
    /// <param name="unitNodes">Nodes on one leaf.</param>
    public static Machine Uniform(XpuClass xpu, int xpus, SimTime near, SimTime far, int unitNodes = 32)
    {
        int domain = Math.Max(1, xpu.ScaleUpDomain);
        return new()
        {
            Xpu = xpu,
            Network = new()
            {
                Domain = [.. Enumerable.Range(0, xpus).Select(x => x / domain)],
                Leaf = [.. Enumerable.Range(0, xpus).Select(x => (x / domain / unitNodes * domain) + (x % domain))],
                Pod = new int[xpus],
                LeafOversubscription = 1,
                SpineOversubscription = 0,
                NearLatency = near.Seconds,
                FarLatency = far.Seconds,
            },
        };
    }
}
