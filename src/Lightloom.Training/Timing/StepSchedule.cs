using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Timing;

/// <summary>
/// A training step as operations of every XPU, for other simulators: micro-batches through the stages one forward, one backward; messages
/// between stages; gradients and weights around rings of replicas, one a rail, the hidden share beside the last backward passes.
/// </summary>
/// <remarks>
/// What the step model exposes of communication inside layers (tp, cp, ep) is part of the computation, as are what the stack loses and the
/// optimizer. Bytes are whole: what cards and software leave of a rate is not in them. Immutable; operations are made as they are asked for.
/// </remarks>
public sealed class StepSchedule
{
    private const double Element = 2;

    private readonly TrainingPlan _plan;
    private readonly RankMap _ranks;
    private readonly int[] _rankOf;
    private readonly IReadOnlyList<IReadOnlyList<PipelineTask>> _tasks;
    private readonly double _forward;
    private readonly double _backward;
    private readonly double _end;
    private readonly double _hidden;
    private readonly List<Rings> _rings = [];

    /// <summary>Makes the schedule of a step.</summary>
    /// <param name="plan">The plan; its schedule is 1f1b.</param>
    /// <param name="machine">The XPUs and their network.</param>
    /// <param name="step">The step as the model times it.</param>
    /// <exception cref="RefusedException">The order of another schedule is not known.</exception>
    public StepSchedule(TrainingPlan plan, Machine machine, StepTime step)
    {
        Parallelism p = plan.Parallelism;
        if (plan.Schedule != PipelineSchedule.OneForwardOneBackward && p.Pipeline > 1)
        {
            throw new RefusedException("a step is written in the order of 1f1b only; take --schedule 1f1b");
        }

        if (p.Chunks > 1 && plan.MicroBatches % p.Pipeline != 0)
        {
            throw new RefusedException(
                $"{plan.MicroBatches} micro-batches are no multiple of {p.Pipeline} stages, which interleaving needs; take --vpp 1"
            );
        }

        _plan = plan;
        _ranks = new(machine.Network, p, plan.Placement);
        _rankOf = new int[Enumerable.Range(0, (int)p.Xpus).Max(rank => _ranks.XpuOf(rank)) + 1];
        Array.Fill(_rankOf, -1);
        for (int rank = 0; rank < p.Xpus; rank++)
        {
            _rankOf[_ranks.XpuOf(rank)] = rank;
        }

        LayerModel layers = new(plan, machine.Xpu);
        LayerTime layer = plan.Model.IsMixture ? layers.Mixture() : layers.Dense();
        double inside = new[] { CommunicationKind.Tensor, CommunicationKind.Context, CommunicationKind.Expert }.Sum(k =>
            step.Of(k).Exposed
        );
        double each = (step.Compute + inside) / plan.MicroBatches / p.Chunks * (1 + plan.Stack.Slowdown.Value);
        _forward = each * layer.Forward / layer.Total;
        _backward = each - _forward;
        _end = step.Optimizer + plan.Stack.StepSeconds.Value;
        CommunicationShare data = step.Of(CommunicationKind.Data);
        _hidden = data.Total <= 0 ? 0 : data.Overlapped / data.Total;
        _tasks = PipelineTimeline.Play(p.Pipeline, p.Chunks, plan.MicroBatches, _forward, _backward);
        AddRings();
    }

    /// <summary>XPUs up to the last of the job.</summary>
    public int Xpus => _rankOf.Length;

    /// <summary>What an XPU does, in an order in which it can be done; nothing where it has no part in the job.</summary>
    public IReadOnlyList<StepOperation> Of(int xpu)
    {
        Parallelism p = _plan.Parallelism;
        int stride = p.Tensor * p.Context * p.Data,
            rank = _rankOf[xpu],
            stage = rank / stride,
            within = rank % stride;
        Maker made = new();
        if (rank < 0)
        {
            return made.Operations;
        }

        long bytes = (long)Math.Round(_plan.LocalTokens * _plan.Model.Hidden * Element / p.Tensor);
        int backwards = 0,
            total = _plan.MicroBatches * p.Chunks,
            window = total - (Math.Min(_plan.MicroBatches, p.Pipeline) * p.Chunks);
        int last = -1,
            opens = -1;
        foreach (PipelineTask task in _tasks[stage])
        {
            List<(int, bool)> waits = last < 0 ? [] : [(last, false)];
            if (Neighbour(task, -1) is { } from)
            {
                waits.Add((made.Receive(bytes, Peer(from.Stage), Tag(task.Chunk, task.MicroBatch, task.Forward)), false));
            }

            last = made.Compute(task.Forward ? _forward : _backward, waits);
            if (!task.Forward && backwards++ == window)
            {
                opens = last;
            }

            if (Neighbour(task, 1) is { } to)
            {
                made.Send(bytes, Peer(to.Stage), Tag(to.Chunk, task.MicroBatch, task.Forward), [(last, false)]);
            }
        }

        Reduce(made, xpu, opens, last);
        return made.Operations;

        int Peer(int other) => _ranks.XpuOf((other * (long)stride) + within);
    }

    // The stage and chunk before (-1) or after a task on its way; null where there is none or it is the same XPU.
    private (int Stage, int Chunk)? Neighbour(PipelineTask task, int way)
    {
        Parallelism p = _plan.Parallelism;
        int place = (task.Chunk * p.Pipeline) + task.Stage + (task.Forward ? way : -way);
        return p.Pipeline == 1 || place < 0 || place >= p.Pipeline * p.Chunks ? null : (place % p.Pipeline, place / p.Pipeline);
    }

    private int Tag(int chunk, int micro, bool forward) => (2 * ((chunk * _plan.MicroBatches) + micro)) + (forward ? 0 : 1);

    private void AddRings()
    {
        Parallelism p = _plan.Parallelism;
        int replicas = p.Data * p.Context;
        (double plain, double routed) = ShardedParameters.Of(_plan);
        Add(_ranks.Groups(replicas, p.Tensor), plain);
        Add(_ranks.Groups(Math.Max(1, replicas / p.Expert), (long)p.Tensor * p.Expert), routed);

        void Add(RankGroups groups, double parameters)
        {
            GroupShape shape = groups.Shape;
            if (groups.Size > 1 && !shape.IsInside && parameters >= 1)
            {
                bool rails = shape.Size % shape.Local == 0;
                _rings.Add(new(rails ? groups.Rails : groups, Xpus, rails ? parameters / shape.Local : parameters));
            }
        }
    }

    // Bytes of one sum of gradients and of one gathering of weights, as often as the sharding asks for.
    private (double Sum, double Gather) BytesOf(double parameters)
    {
        double gradient = parameters * _plan.Stack.GradientBytes.Value,
            weight = parameters * Element;
        return _plan.Zero switch
        {
            0 => (gradient, gradient),
            3 => (gradient * _plan.MicroBatches, 2 * weight * _plan.MicroBatches),
            _ => (gradient, weight),
        };
    }

    private void Reduce(Maker made, int xpu, int opens, int last)
    {
        List<(int, bool)> ends = [(last, false)];
        int tag = 2 * _plan.MicroBatches * _plan.Parallelism.Chunks;
        foreach ((double share, (int On, bool Start) first) in new[] { (_hidden, (opens, true)), (1 - _hidden, (last, false)) })
        {
            foreach (Rings ring in _rings)
            {
                (double sum, double gather) = BytesOf(ring.Parameters);
                (int Next, int Previous) beside = ring.Of(xpu);
                List<(int, bool)> waits = [.. ends.Skip(1), first];
                foreach (double bytes in new[] { sum * share, gather * share })
                {
                    long piece = (long)Math.Round(bytes / ring.Size);
                    for (int step = 0; step < ring.Size - 1 && piece > 0; step++, tag++)
                    {
                        made.Send(piece, beside.Next, tag, waits);
                        waits = [(made.Receive(piece, beside.Previous, tag), false)];
                    }
                }

                ends.AddRange(waits.Where(w => w != first));
            }
        }

        made.Compute(_end, ends);
    }

    // Who is next to whom on rings of one kind.
    private sealed class Rings
    {
        private readonly int[] _next;
        private readonly int[] _previous;

        public Rings(RankGroups groups, int xpus, double parameters)
        {
            (_next, _previous) = (new int[xpus], new int[xpus]);
            (Size, Parameters) = (groups.Size, parameters);
            foreach (IReadOnlyList<int> group in groups)
            {
                for (int i = 0; i < group.Count; i++)
                {
                    int next = group[(i + 1) % group.Count];
                    (_next[group[i]], _previous[next]) = (next, group[i]);
                }
            }
        }

        public int Size { get; }

        public double Parameters { get; }

        public (int Next, int Previous) Of(int xpu) => (_next[xpu], _previous[xpu]);
    }

    private sealed class Maker
    {
        private readonly List<StepOperation> _operations = [];

        public IReadOnlyList<StepOperation> Operations => _operations;

        public int Compute(double seconds, IReadOnlyList<(int, bool)> waits) =>
            Add(new(StepOperationKind.Compute, seconds, 0, -1, 0, waits));

        public int Send(long bytes, int peer, int tag, IReadOnlyList<(int, bool)> waits) =>
            Add(new(StepOperationKind.Send, 0, bytes, peer, tag, waits));

        public int Receive(long bytes, int peer, int tag) => Add(new(StepOperationKind.Receive, 0, bytes, peer, tag, []));

        private int Add(StepOperation operation)
        {
            _operations.Add(operation);
            return _operations.Count - 1;
        }
    }
}
