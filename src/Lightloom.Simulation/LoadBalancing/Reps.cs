using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// REPS: a ring of eight entropy values whose packets came back unmarked; each is used once more, oldest first, and chance fills in. A
/// timeout freezes the ring for 10 ms: values are then reused over and over, because known good paths beat unknown ones during a failure.
/// </summary>
internal unsafe struct Reps : IHostBalancer, ILoadBalancing
{
    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "reps",
            Help = "REPS: the host reuses entropy values whose packets came through unmarked",
            DrawsEachValue = true,
        };

    private const int Slots = 8;
    private const long FreezePicoseconds = 10_000_000_000;
    private const int ExploreAfterFreeze = 16;

    [StructLayout(LayoutKind.Sequential, Size = 48)]
    private struct State
    {
        public fixed ushort Values[Slots];
        public long FrozenUntil;
        public byte Valid;
        public byte Head;
        public byte Fresh;
        public byte Count;
        public byte FrozenHead;
        public byte Frozen;
        public byte Explore;
    }

    private State* _states;
    private int _paths;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition) => Prepare(partition.Pool, world.FlowCount, world.Options.Paths);

    /// <summary>Takes memory for the rings of <paramref name="flows"/> flows, whose values are below <paramref name="paths"/>.</summary>
    internal void Prepare(BlockPool pool, int flows, int paths)
    {
        _states = (State*)pool.TakeZeroed((long)flows * sizeof(State));
        _paths = paths;
    }

    /// <inheritdoc/>
    public readonly void Start(int flow, ref uint random) => _states[flow] = default;

    /// <inheritdoc/>
    public readonly void End(int flow) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ushort Next(int flow, ref uint random, long now)
    {
        State* state = _states + flow;
        if (state->Explore > 0)
        {
            state->Explore--;
            return Chance(ref random);
        }
        if (state->Frozen != 0)
        {
            if (state->Count == 0)
            {
                return Chance(ref random);
            }
            int at = state->FrozenHead;
            state->FrozenHead = (byte)((at + 1) % Math.Max(1, (int)state->Count));
            if ((state->Valid & (1 << at)) != 0)
            {
                state->Valid &= (byte)~(1 << at);
                state->Fresh--;
            }
            return state->Values[at];
        }
        if (state->Fresh == 0)
        {
            return Chance(ref random);
        }
        int oldest = (state->Head + Slots - state->Fresh) % Slots;
        state->Valid &= (byte)~(1 << oldest);
        state->Fresh--;
        return state->Values[oldest];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ushort Chance(ref uint random) => Chance(ref random, _paths);

    /// <summary>A value for a packet of which nothing is known yet: any of all, and the same ones for every flow.</summary>
    public static ushort Chance(ref uint random, int paths) => (ushort)Hash.Below(Hash.Next(ref random), paths);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Feedback(int flow, ushort entropy, PathFeedback feedback, long now)
    {
        State* state = _states + flow;
        if (feedback == PathFeedback.Timeout && state->Frozen == 0 && state->Explore == 0)
        {
            state->Frozen = 1;
            state->FrozenUntil = now + FreezePicoseconds;
        }
        if (state->Frozen != 0 && now > state->FrozenUntil)
        {
            *state = default;
            state->Explore = ExploreAfterFreeze;
        }
        if (feedback == PathFeedback.Good)
        {
            int head = state->Head;
            if ((state->Valid & (1 << head)) == 0)
            {
                state->Valid |= (byte)(1 << head);
                state->Fresh++;
            }
            state->Values[head] = entropy;
            state->Head = (byte)((head + 1) % Slots);
            state->Count = (byte)Math.Min(Slots, state->Count + 1);
        }
    }
}
