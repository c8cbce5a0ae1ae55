namespace Lightloom.Traces.Graph;

/// <summary>One operation of a rank as a reader hands it on.</summary>
/// <param name="Id">The number that dependencies name it by, unique within its rank.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Place">Where it stands: the line of a text file, the byte of a binary one.</param>
/// <param name="Nanoseconds">How long a computation takes, at least 0.</param>
/// <param name="Bytes">The size of a message or collective, at least 0.</param>
/// <param name="Peer">The other rank of a message; <see cref="Any"/> for a receive that takes any sender's.</param>
/// <param name="Tag">The tag of a message; <see cref="Any"/> for a receive that takes any.</param>
/// <param name="Stream">The stream of a computation, 0 to 255: a stream computes one thing at a time.</param>
/// <param name="Collective">Which collective.</param>
/// <param name="Group">The name of the ranks that take part in it; empty for all.</param>
public readonly record struct TraceNode(
    long Id,
    TraceKind Kind,
    long Place,
    long Nanoseconds = 0,
    long Bytes = 0,
    int Peer = TraceNode.Any,
    int Tag = 0,
    byte Stream = 0,
    TraceCollective Collective = TraceCollective.AllReduce,
    string Group = ""
)
{
    /// <summary>Whatever sender, or whatever tag.</summary>
    public const int Any = -1;
}
