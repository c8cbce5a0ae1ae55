namespace Lightloom.Training.Plans;

/// <summary>Memory of the XPU that needs most. Immutable; in bytes.</summary>
/// <param name="Weights">Weights.</param>
/// <param name="Gradients">Gradients.</param>
/// <param name="Optimizer">Master weights and moments.</param>
/// <param name="Activations">Activations that wait for their backward pass.</param>
/// <param name="Reserve">Runtime, communication buffers, fragmentation.</param>
/// <param name="Has">What the XPU has.</param>
public sealed record MemoryNeed(double Weights, double Gradients, double Optimizer, double Activations, double Reserve, double Has)
{
    /// <summary>All of it.</summary>
    public double Total => Weights + Gradients + Optimizer + Activations + Reserve;

    /// <summary>True when it fits.</summary>
    public bool Fits => Total <= Has;
}
