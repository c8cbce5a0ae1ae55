using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// As oblivious, but each value carries a penalty: a mark adds 1, a trim 4, a timeout 15. A value with a penalty is passed over, and each
/// choice pays one point of the first value that it passes.
/// </summary>
internal unsafe struct Bitmap : IHostBalancer, ILoadBalancing
{
    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "bitmap",
            Help = "the host walks over its entropy values and skips those that were marked, trimmed or lost",
            RemembersPaths = true,
        };

    private const int MaximumPenalty = 15;

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct State
    {
        public byte* Penalties;
        public ushort Base;
        public ushort Flip;
        public ushort Index;
    }

    private State* _states;
    private uint _mask;
    private Partition _partition;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _partition = partition;
        _states = (State*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(State));
        _mask = (uint)world.Options.Paths - 1;
    }

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random)
    {
        State* state = _states + flow;
        state->Penalties = (byte*)_partition.Pool.TakeZeroed(_mask + 1);
        state->Base = (ushort)Oblivious.SetOf(ref random, _mask);
        state->Flip = (ushort)Oblivious.FlipOf(ref random, _mask);
        state->Index = 0;
    }

    /// <inheritdoc/>
    public readonly void End(int flow)
    {
        State* state = _states + flow;
        _partition.Pool.Give(state->Penalties, _mask + 1);
        state->Penalties = null;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now)
    {
        State* state = _states + flow;
        uint value = (uint)(state->Index ^ state->Flip) & _mask;
        if (state->Penalties[value] != 0)
        {
            state->Penalties[value]--;
            uint tries = 0;
            do
            {
                if (++tries > _mask + 1)
                {
                    break;
                }
                Step(state, ref random);
                value = (uint)(state->Index ^ state->Flip) & _mask;
            } while (state->Penalties[value] != 0);
        }
        Step(state, ref random);
        return (ushort)(value | state->Base);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Step(State* state, ref uint random)
    {
        if (++state->Index > _mask)
        {
            state->Index = 0;
            state->Flip = (ushort)(Hash.Next(ref random) & _mask);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now)
    {
        if (feedback == PathFeedback.Good)
        {
            return;
        }
        byte* penalty = _states[flow].Penalties + (entropy & _mask);
        int more = feedback switch
        {
            PathFeedback.Marked => 1,
            PathFeedback.Trimmed => 4,
            _ => MaximumPenalty,
        };
        *penalty = (byte)Math.Min(MaximumPenalty, *penalty + more);
    }
}
