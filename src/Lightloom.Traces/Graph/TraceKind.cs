namespace Lightloom.Traces.Graph;

/// <summary>What an operation of a trace does.</summary>
public enum TraceKind : byte
{
    /// <summary>Computation, or anything else that takes a stream of its rank for a known time.</summary>
    Compute,

    /// <summary>A message to another rank.</summary>
    Send,

    /// <summary>A message from another rank.</summary>
    Receive,

    /// <summary>One rank's part in a collective.</summary>
    Collective,

    /// <summary>Nothing that takes time: metadata, or a point that several operations lead to.</summary>
    Join,
}
