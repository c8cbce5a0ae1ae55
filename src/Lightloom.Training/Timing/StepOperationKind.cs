namespace Lightloom.Training.Timing;

/// <summary>What an XPU does in a step.</summary>
public enum StepOperationKind
{
    /// <summary>It computes.</summary>
    Compute,

    /// <summary>It sends a message.</summary>
    Send,

    /// <summary>It receives one.</summary>
    Receive,
}
