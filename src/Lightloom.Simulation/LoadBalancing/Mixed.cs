using System.Runtime.CompilerServices;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// Reuses an entropy value that came back unmarked when there is one, and asks the bitmap otherwise; both hear every feedback.
/// </summary>
internal unsafe struct Mixed : IHostBalancer, ILoadBalancing
{
    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "mixed",
            Help = "the host reuses an unmarked value when it has one and asks the bitmap otherwise",
            RemembersPaths = true,
        };

    /// <summary>Values remembered; a sender holds fewer unless many more acknowledgements come than packets go.</summary>
    private const int Slots = 64;

    private struct State
    {
        public fixed ushort Values[Slots];
        public ushort Head;
        public ushort Count;
    }

    private State** _states;
    private Bitmap _bitmap;
    private Partition _partition;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _partition = partition;
        _states = (State**)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(State*));
        _bitmap.Prepare(world, partition);
    }

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random)
    {
        _states[flow] = (State*)_partition.Pool.TakeZeroed(sizeof(State));
        _bitmap.Start(flow, ref random);
    }

    /// <inheritdoc/>
    public readonly void End(int flow)
    {
        _partition.Pool.Give(_states[flow], sizeof(State));
        _states[flow] = null;
        _bitmap.End(flow);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now)
    {
        State* state = _states[flow];
        if (state->Count == 0)
        {
            return _bitmap.Next(flow, ref random, now);
        }
        state->Count--;
        return state->Values[state->Head++ & (Slots - 1)];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now)
    {
        if (feedback == PathFeedback.Good)
        {
            State* state = _states[flow];
            if (state->Count == Slots)
            {
                state->Head++;
                state->Count--;
            }
            state->Values[(state->Head + state->Count++) & (Slots - 1)] = entropy;
        }
        _bitmap.Feedback(flow, entropy, feedback, now);
    }
}
