namespace Lightloom.Hardware;

/// <summary>How a software stack computes attention.</summary>
public enum AttentionKernel
{
    /// <summary>Scores are written to memory between the two products; everything above the diagonal is computed as well.</summary>
    [Word("unfused")]
    Unfused,

    /// <summary>One kernel that keeps scores on the chip and skips what lies above the diagonal.</summary>
    [Word("fused")]
    Fused,
}
