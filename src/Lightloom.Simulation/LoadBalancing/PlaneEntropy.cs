using System.Runtime.CompilerServices;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// The host's choice where entropy values are divided over planes: the plane is settled by the time a value is asked for.
/// </summary>
internal struct PlaneEntropy : IHostBalancer
{
    private Partition _partition;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition) => _partition = partition;

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random) => _partition.EntropySets!.Start(flow, ref random);

    /// <inheritdoc/>
    public readonly void End(int flow) => _partition.EntropySets!.End(flow);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now) => _partition.EntropySets!.Next(flow, _partition.ServingPlane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now) =>
        _partition.EntropySets!.Judge(flow, _partition.FeedbackPlane, entropy, feedback);
}
