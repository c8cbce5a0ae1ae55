using Lightloom.Simulation.Collectives;

namespace Lightloom.Training.Machines;

/// <summary>Classes of links in the words of <see cref="CollectiveTiming.Bound"/>.</summary>
internal static class LinkKinds
{
    /// <summary>The words of a class.</summary>
    public static string InWords(LinkKind kind) =>
        kind switch
        {
            LinkKind.ScaleUp => "scale-up ports",
            LinkKind.HostLeaf => "host links",
            LinkKind.LeafSpine => "leaf uplinks",
            LinkKind.SpineSuperSpine => "spine uplinks",
            _ => "",
        };

    /// <summary>For what a collective waits: the links that are full, or its messages where those take more than half of it.</summary>
    public static LinkKind Of(CollectiveTiming timing) =>
        timing.Fixed.Picoseconds > timing.Time.Picoseconds - timing.Fixed.Picoseconds
            ? LinkKind.Latency
            : timing.Bound switch
            {
                "scale-up ports" => LinkKind.ScaleUp,
                "host links" => LinkKind.HostLeaf,
                "leaf uplinks" => LinkKind.LeafSpine,
                "" => LinkKind.Latency,
                _ => LinkKind.SpineSuperSpine,
            };
}
