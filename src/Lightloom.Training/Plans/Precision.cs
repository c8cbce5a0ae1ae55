namespace Lightloom.Training.Plans;

/// <summary>Arithmetic of the matrix products of the layers.</summary>
public enum Precision
{
    /// <summary>BF16.</summary>
    Bf16,

    /// <summary>FP8 with BF16 attention and output.</summary>
    Fp8,
}
