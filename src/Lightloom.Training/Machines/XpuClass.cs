using Lightloom.Hardware;

namespace Lightloom.Training.Machines;

/// <summary>What one kind of XPU in its node brings to a job. Immutable; rates in base units a second.</summary>
public sealed record XpuClass
{
    /// <summary>Its name, as its node gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Dense BF16 operations a second.</summary>
    public required double Bf16Flops { get; init; }

    /// <summary>Dense FP8 operations a second; null when it has none or they are not known.</summary>
    public double? Fp8Flops { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required double Memory { get; init; }

    /// <summary>Memory bandwidth in bytes a second.</summary>
    public required double MemoryRate { get; init; }

    /// <summary>Scale-up bandwidth one way in bytes a second; 0 without a scale-up domain.</summary>
    public required double ScaleUpRate { get; init; }

    /// <summary>XPUs of a scale-up domain; 1 without.</summary>
    public required int ScaleUpDomain { get; init; }

    /// <summary>Rate of the NICs that one XPU has for itself, in bytes a second.</summary>
    public required double NicRate { get; init; }

    /// <summary>What its generation delivers of all that.</summary>
    public required XpuGeneration Generation { get; init; }
}
