using System.Numerics;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Each flow's entropy values, as many on every plane. A value that came back marked is passed over once, one that was trimmed four times,
/// one that was lost is replaced by another on the same plane. Planes take turns in proportion to the values that are not being passed
/// over.
/// </summary>
internal sealed unsafe class PlaneEntropySets
{
    private struct Set
    {
        public ushort* Values;
        public byte* Skips;
        public ushort* Sent;

        /// <summary>Planes on which the receiver has no living port, as it last reported.</summary>
        public uint Down;
        public int Chosen;
        public uint Random;
        public fixed int Balance[NetworkDescription.MostPlanes];
        public fixed ushort Cursor[NetworkDescription.MostPlanes];
        public fixed ushort Skipped[NetworkDescription.MostPlanes];
        public fixed byte Losses[NetworkDescription.MostPlanes];
    }

    /// <summary>
    /// After so many losses and nothing heard in between, a plane gets a share of one value only: enough to notice when it is back.
    /// </summary>
    private const int LossesInARow = 3;
    private const int SkipsOfTrim = 4;

    private readonly BlockPool _pool;
    private readonly Set* _sets;
    private readonly int _planes;
    private readonly int _each;
    private readonly uint _sentMask;

    public PlaneEntropySets(World world, BlockPool pool)
    {
        _pool = pool;
        _planes = world.PlaneCount;
        _each = Math.Max(1, (int)(BitOperations.RoundUpToPowerOf2((uint)(world.Options.Paths / _planes + 1)) / 2));
        long window = (long)(1.5 * world.Parameters.BandwidthDelay) / world.Parameters.Mtu * _planes;
        _sentMask = BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(2 * window, 256, 1 << 16)) - 1;
        _sets = (Set*)pool.TakeZeroed((long)world.FlowCount * sizeof(Set));
    }

    private long Bytes => (long)_planes * _each * (sizeof(ushort) + sizeof(byte)) + (_sentMask + 1L) * sizeof(ushort);

    /// <summary>A flow begins: draws its values.</summary>
    public void Start(int flow, ref uint random)
    {
        Set* set = _sets + flow;
        *set = default;
        set->Chosen = -1;
        set->Random = Hash.Next(ref random) | 1;
        set->Values = (ushort*)_pool.TakeZeroed(Bytes);
        set->Sent = set->Values + _planes * _each;
        set->Skips = (byte*)(set->Sent + _sentMask + 1);
        for (int i = 0; i < _planes * _each; i++)
        {
            set->Values[i] = Draw(set, i & (_each - 1));
        }
    }

    // The low bits are the value's place on its plane, so that feedback finds it again.
    private ushort Draw(Set* set, int place) => (ushort)(Hash.Next(ref set->Random) & ~(uint)(_each - 1) | (uint)place);

    /// <summary>A flow has ended.</summary>
    public void End(int flow)
    {
        Set* set = _sets + flow;
        _pool.Give(set->Values, Bytes);
        set->Values = null;
    }

    /// <summary>The plane whose turn it is, of those that are usable; it stays chosen until <see cref="Taken"/>.</summary>
    public int Choose(int flow, ulong usable)
    {
        Set* set = _sets + flow;
        // A receiver that has lost all ports says nothing new; then what the network knows must do.
        ulong up = usable & ~(ulong)set->Down;
        usable = up != 0 ? up : usable;
        if (set->Chosen >= 0 && (usable >> set->Chosen & 1) != 0)
        {
            return set->Chosen;
        }
        int total = 0,
            best = -1;
        for (int plane = 0; plane < _planes; plane++)
        {
            if ((usable >> plane & 1) == 0)
            {
                continue;
            }
            int weight = set->Losses[plane] >= LossesInARow ? 1 : Math.Max(1, _each - set->Skipped[plane]);
            total += weight;
            set->Balance[plane] += weight;
            if (best < 0 || set->Balance[plane] > set->Balance[best])
            {
                best = plane;
            }
        }
        if (best >= 0)
        {
            set->Balance[best] -= total;
        }
        set->Chosen = best;
        return best;
    }

    /// <summary>The packet that a plane was chosen for has gone.</summary>
    public void Taken(int flow) => _sets[flow].Chosen = -1;

    /// <summary>The next value on a plane.</summary>
    public ushort Next(int flow, int plane)
    {
        Set* set = _sets + flow;
        int start = plane * _each;
        for (int i = 0; ; i++)
        {
            int at = start + (set->Cursor[plane]++ & (_each - 1));
            if (set->Skips[at] == 0 || i == _each)
            {
                return set->Values[at];
            }
            if (--set->Skips[at] == 0)
            {
                set->Skipped[plane]--;
            }
        }
    }

    /// <summary>Remembers the value that a packet carries.</summary>
    public void Remember(int flow, uint sequence, ushort entropy) => _sets[flow].Sent[sequence & _sentMask] = entropy;

    /// <summary>Something came back on a plane, with the receiver's list of planes that are down.</summary>
    public void Hear(int flow, int plane, uint down)
    {
        Set* set = _sets + flow;
        set->Losses[plane] = 0;
        set->Down = down;
    }

    /// <summary>What became of a packet with a value.</summary>
    public void Judge(int flow, int plane, ushort entropy, PathFeedback feedback)
    {
        Set* set = _sets + flow;
        int at = plane * _each + (entropy & (_each - 1));
        if (feedback is PathFeedback.Good or PathFeedback.Timeout || set->Values[at] != entropy)
        {
            return;
        }
        if (set->Skips[at] == 0)
        {
            set->Skipped[plane]++;
        }
        set->Skips[at] = (byte)Math.Max((int)set->Skips[at], feedback == PathFeedback.Trimmed ? SkipsOfTrim : 1);
    }

    /// <summary>A packet is lost: its value makes way for another on the same plane.</summary>
    public void Retire(int flow, int plane, uint sequence)
    {
        Set* set = _sets + flow;
        ushort entropy = set->Sent[sequence & _sentMask];
        set->Losses[plane] = (byte)Math.Min(byte.MaxValue, set->Losses[plane] + 1);
        int at = plane * _each + (entropy & (_each - 1));
        if (set->Values[at] != entropy)
        {
            return;
        }
        if (set->Skips[at] != 0)
        {
            set->Skips[at] = 0;
            set->Skipped[plane]--;
        }
        set->Values[at] = Draw(set, entropy & (_each - 1));
    }
}
