namespace Lightloom.Training.Timing;

/// <summary>Why XPUs communicate.</summary>
public enum CommunicationKind
{
    /// <summary>Tensor parallelism.</summary>
    Tensor,

    /// <summary>Pipeline parallelism.</summary>
    Pipeline,

    /// <summary>Data parallelism.</summary>
    Data,

    /// <summary>Expert parallelism.</summary>
    Expert,

    /// <summary>Context parallelism.</summary>
    Context,
}
