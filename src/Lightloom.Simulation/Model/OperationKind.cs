namespace Lightloom.Simulation.Model;

/// <summary>What an operation of an <see cref="OperationGraph"/> does.</summary>
public enum OperationKind : byte
{
    /// <summary>Takes a stream of its rank for a time.</summary>
    Compute,

    /// <summary>Starts a flow; ends when the flow's sender has its last acknowledgement.</summary>
    Send,

    /// <summary>Ends when the flow's receiver has its last byte.</summary>
    Receive,

    /// <summary>Takes no time: a point that several operations lead to.</summary>
    Join,
}
