using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>One entropy value for the whole flow: what switches do with it is their affair.</summary>
internal unsafe struct OnePath : IHostBalancer
{
    private ushort* _values;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition) =>
        _values = (ushort*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(ushort));

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random) => _values[flow] = First(ref random);

    /// <summary>The value of a flow whose generator is as a transport starts it.</summary>
    public static ushort First(ref uint random) => (ushort)Hash.Next(ref random);

    /// <inheritdoc/>
    public readonly void End(int flow) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now) => _values[flow];

    /// <inheritdoc/>
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now) { }
}
