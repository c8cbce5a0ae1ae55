using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// Walks over all entropy values in an order that changes with every round, whatever comes back. With one path it is ECMP.
/// </summary>
internal unsafe struct Oblivious : IHostBalancer, ILoadBalancing
{
    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new() { Name = "oblivious", Help = "the host walks over its entropy values whatever happens" };

    private struct State
    {
        public ushort Base;
        public ushort Flip;
        public ushort Index;
    }

    private State* _states;
    private uint _mask;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _states = (State*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(State));
        _mask = (uint)world.Options.Paths - 1;
    }

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random)
    {
        State* state = _states + flow;
        state->Base = (ushort)SetOf(ref random, _mask);
        state->Flip = (ushort)FlipOf(ref random, _mask);
        state->Index = 0;
    }

    /// <summary>What a flow's entropy values have in common, the bits above the mask: drawn first.</summary>
    public static uint SetOf(ref uint random, uint mask) => (ushort)(Hash.Next(ref random) & ~mask);

    /// <summary>What the places of a round over the values are turned by: drawn for the first round after the set, then for each round.</summary>
    public static uint FlipOf(ref uint random, uint mask) => Hash.Next(ref random) & mask;

    /// <inheritdoc/>
    public readonly void End(int flow) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now)
    {
        State* state = _states + flow;
        uint value = (uint)(state->Index ^ state->Flip) & _mask;
        if (++state->Index > _mask)
        {
            state->Index = 0;
            state->Flip = (ushort)FlipOf(ref random, _mask);
        }
        return (ushort)(value | state->Base);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now) { }
}
