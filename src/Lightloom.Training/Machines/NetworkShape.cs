namespace Lightloom.Training.Machines;

/// <summary>
/// What rank placement needs to know of a designed network: by XPU its domain, its leaf and its part of the tier above; by tier how much
/// narrower uplinks are than downlinks; how long messages take.
/// </summary>
/// <remarks>Immutable. Arrays are indexed by XPU in the order of the nodes.</remarks>
public sealed record NetworkShape
{
    /// <summary>By XPU: its scale-up domain.</summary>
    public required IReadOnlyList<int> Domain { get; init; }

    /// <summary>By XPU: the leaf of its first NIC port.</summary>
    public required IReadOnlyList<int> Leaf { get; init; }

    /// <summary>By XPU: the pod, below which traffic need not pass the top tier; all the same in networks of two tiers.</summary>
    public required IReadOnlyList<int> Pod { get; init; }

    /// <summary>Downlink over uplink capacity of a leaf; 0 without uplinks.</summary>
    public required double LeafOversubscription { get; init; }

    /// <summary>Downlink over uplink capacity of a spine; 0 without uplinks.</summary>
    public required double SpineOversubscription { get; init; }

    /// <summary>Share of a NIC's rate that is left on the XPU that has least; 1 without faults.</summary>
    public double NicShare { get; init; } = 1;

    /// <summary>Latency between XPUs of one leaf in seconds, cards and software of the budget included.</summary>
    public required double NearLatency { get; init; }

    /// <summary>Latency between XPUs as far apart as can be, in seconds.</summary>
    public required double FarLatency { get; init; }

    /// <summary>XPUs.</summary>
    public int Xpus => Domain.Count;

    /// <summary>The same network so many times beside itself: every copy has domains, leaves and pods of its own.</summary>
    /// <param name="times">Copies, at least 1.</param>
    public NetworkShape Repeated(int times) =>
        this with
        {
            Domain = Repeated(Domain, times),
            Leaf = Repeated(Leaf, times),
            Pod = Repeated(Pod, times),
        };

    private static int[] Repeated(IReadOnlyList<int> parts, int times)
    {
        int least = parts.Min(),
            span = parts.Max() - least + 1;
        int[] all = new int[checked(parts.Count * times)];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = checked(parts[i % parts.Count] - least + (i / parts.Count * span));
        }

        return all;
    }
}
