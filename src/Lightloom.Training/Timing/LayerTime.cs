namespace Lightloom.Training.Timing;

/// <summary>What one layer costs one XPU for one micro-batch, in seconds. Immutable.</summary>
/// <param name="Products">Matrix products forward.</param>
/// <param name="Attention">Attention forward.</param>
/// <param name="Streams">Norms, activations and other kernels that wait for memory, forward.</param>
/// <param name="Backward">Everything backward.</param>
/// <param name="Recomputed">What is computed again.</param>
public readonly record struct LayerTime(double Products, double Attention, double Streams, double Backward, double Recomputed)
{
    /// <summary>Forward.</summary>
    public double Forward => Products + Attention + Streams;

    /// <summary>Gradients of weights, a part of <see cref="Backward"/>: as long as the forward products.</summary>
    public double WeightGradients => Products;

    /// <summary>Forward, backward and what is computed again.</summary>
    public double Total => Forward + Backward + Recomputed;
}
