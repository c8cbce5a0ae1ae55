using Lightloom.Hardware;
using Lightloom.Simulation.Collectives;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// The time of a training step: layers by a roofline, collectives by what answers for the network, stages by the pipeline's schedule, and what the stack hides.
/// docs/models/training.md has the equations.
/// </summary>
/// <remarks>Made for one plan on one machine and used once.</remarks>
public sealed class StepModel
{
    /// <summary>Bytes of an activation element between XPUs.</summary>
    private const double Element = 2;

    /// <summary>Bytes that the optimizer reads and writes for one parameter beside its state's own, read and written once each.</summary>
    private const double GradientAndWeight = 10;

    /// <summary>Bytes for one gradient to be scaled, clipped and cleared.</summary>
    private const double GradientPasses = 6;

    private readonly TrainingPlan _plan;
    private readonly ModelShape _model;
    private readonly TrainingStack _stack;
    private readonly Parallelism _parallelism;
    private readonly Machine _machine;
    private readonly ICollectiveTime _times;
    private readonly RankMap _ranks;

    private StepModel(TrainingPlan plan, Machine machine, ICollectiveTime times, RankMap ranks)
    {
        (_plan, _model, _stack, _parallelism) = (plan, plan.Model, plan.Stack, plan.Parallelism);
        (_machine, _times, _ranks) = (machine, times, ranks);
    }

    /// <summary>The step of a plan on a machine.</summary>
    /// <param name="plan">A plan that fits: every factor divides what it has to divide.</param>
    /// <param name="machine">The machine; it has at least as many XPUs as the plan takes.</param>
    /// <param name="times">How long collectives take; the closed form when left out.</param>
    /// <param name="groups">Groups that several plans share; made when left out.</param>
    public static StepTime Of(TrainingPlan plan, Machine machine, ICollectiveTime? times = null, GroupCache? groups = null)
    {
        RankMap ranks = (groups ?? new GroupCache(machine.Network, plan.Placement)).MapOf(plan.Parallelism);
        return new StepModel(plan, machine, times ?? new ClosedFormCollectives(machine), ranks).Run();
    }

    private StepTime Run()
    {
        LayerModel layers = new(_plan, _machine.Xpu);
        LayerTime dense = layers.Dense();
        LayerTime layer = _model.IsMixture ? layers.Mixture() : dense;
        double output = layers.Output() * (1 + _model.PredictionLayers);
        Part tensor = Tensor(layer),
            context = Context(layer),
            expert = Expert(layer),
            pipeline = Pipeline();

        double cores = layer.Total;
        double perLayer = cores + tensor.Exposed + context.Exposed + expert.Exposed;
        int stages = _parallelism.Pipeline,
            stageLayers = _plan.StageLayers;
        double mean = ((_model.AllLayers * perLayer) + output) / stages;
        double stage =
            stages == 1 ? mean
            : _stack.BalancedStages.Value || _model.AllLayers % stages != 0 ? Math.Max(stageLayers * perLayer, mean)
            : (stageLayers * perLayer) + output;
        double batches = _plan.MicroBatches;
        double messages = pipeline.Exposed;
        double busy = batches * (stage + messages);
        double bubble = Bubble(layer, mean + messages);
        double overhead = (_stack.Slowdown.Value * (busy + bubble)) + _stack.StepSeconds.Value;
        Part data = Data(stage);
        double optimizer = Optimizer();

        double layersPaid = batches * stageLayers;
        double compute = batches * (stage - (stageLayers * (perLayer - cores)));
        return new()
        {
            Step = busy + bubble + overhead + data.Exposed + optimizer,
            Compute = compute,
            Bubble = bubble,
            Optimizer = optimizer,
            Overhead = overhead,
            Communication =
            [
                tensor.Over(layersPaid, CommunicationKind.Tensor),
                pipeline.Over(batches, CommunicationKind.Pipeline),
                data.Over(1, CommunicationKind.Data),
                expert.Over(layersPaid, CommunicationKind.Expert),
                context.Over(layersPaid, CommunicationKind.Context),
            ],
            Flops = _model.FlopsPerToken(causal: false) * _plan.Tokens,
            CausalFlops = _model.FlopsPerToken(causal: true) * _plan.Tokens,
            RecomputedShare = _plan.Recompute == Recomputation.Full ? 1.0 / 3 : 0,
            Xpus = _parallelism.Xpus,
            Peak = _machine.Xpu.Bf16Flops,
            Tokens = _plan.Tokens,
        };
    }

    // Two reductions a layer forward and two backward, each as long as an all-reduce; sequence parallelism splits them into an all-gather
    // and a reduce-scatter of the same bytes. What is computed again communicates again.
    private Part Tensor(LayerTime layer)
    {
        _ = layer;
        RankGroups groups = _ranks.Groups(_parallelism.Tensor, 1);
        Cost one = Time(CollectiveKind.AllReduce, groups, _plan.LocalTokens * _model.Hidden * Element);
        int times = _plan.Recompute == Recomputation.Full ? 6 : 4;
        return Part.Of(one, times, _stack.TensorOverlap.Value, groups.Shape);
    }

    // Ring attention: keys and values of the others pass by, forward once, backward twice (themselves and their gradients).
    private Part Context(LayerTime layer)
    {
        RankGroups groups = _ranks.Groups(_parallelism.Context, _parallelism.Tensor);
        (int score, int value) = _model.HeadWidths;
        double width = _model.Latent is { } l
            ? l.Kv + l.Rotary
            : Math.Max(1, (double)_model.KvHeads / _parallelism.Tensor) * (score + value);
        double bytes = (double)_plan.MicroBatch * _model.Sequence * width * Element;
        Cost one = Time(CollectiveKind.AllGather, groups, bytes);
        Part part = Part.Of(one, 3, _stack.ContextOverlap?.Value ?? 0, groups.Shape);
        double hidden = Math.Min(part.Hidden, layer.Attention * 3.5);
        return part with { Exposed = part.Total - hidden };
    }

    // Tokens go out to their experts and come back, forward and backward.
    private Part Expert(LayerTime layer)
    {
        if (!_model.IsMixture || _parallelism.Expert == 1)
        {
            return Part.Nothing;
        }

        RankGroups groups = _ranks.Groups(_parallelism.Expert, _parallelism.Tensor);
        GroupShape group = groups.Shape;
        double copies = _model.ExpertsPerToken;
        if (_stack.NodeRouting?.Value == true && group.Domains > 1)
        {
            // Distinct nodes that a token's experts lie on, its own aside.
            double nodes = group.Domains;
            double distinct = Math.Min(
                _model.ExpertNodes > 0 ? _model.ExpertNodes : nodes,
                nodes * (1 - Math.Pow(1 - (1 / nodes), copies))
            );
            copies = distinct;
        }

        double tokens = _plan.LocalTokens / (_stack.SequenceParallel.Value ? _parallelism.Tensor : 1);
        double out_ = tokens * _model.Hidden * copies * (_plan.Precision == Precision.Fp8 ? 1 : Element);
        double back = tokens * _model.Hidden * copies * Element;
        double imbalance = _stack.ExpertImbalance?.Value ?? 1;
        Cost dispatch = Time(CollectiveKind.AllToAll, groups, out_ * imbalance);
        Cost combine = Time(CollectiveKind.AllToAll, groups, back * imbalance);
        Part part = Part.Of(dispatch with { Seconds = dispatch.Seconds + combine.Seconds }, 2, _stack.ExpertOverlap?.Value ?? 0, group);
        double hidden = Math.Min(part.Hidden, layer.Total);
        return part with { Exposed = part.Total - hidden };
    }

    // A micro-batch's activations to the next stage and their gradients back, once for each chunk of layers.
    private Part Pipeline()
    {
        if (_parallelism.Pipeline == 1)
        {
            return Part.Nothing;
        }

        long stride = (long)_parallelism.Tensor * _parallelism.Context * _parallelism.Data;
        RankGroups groups = _ranks.Groups(_parallelism.Pipeline, stride);
        double bytes = _plan.LocalTokens * _model.Hidden * Element / _parallelism.Tensor;
        Cost one = Time(CollectiveKind.SendReceive, groups, bytes);
        return Part.Of(one, 2 * _parallelism.Chunks, _stack.PipelineOverlap.Value, groups.Shape);
    }

    // What groups of one do, or without a byte, takes no time.
    private Cost Time(CollectiveKind kind, RankGroups groups, double bytes)
    {
        long whole = (long)Math.Round(bytes);
        if (groups.Size <= 1 || whole < 1)
        {
            return new(0, LinkKind.ScaleUp, false);
        }

        CollectiveTiming timing = _times.Of(new(kind, DataSize.FromBytes(whole), groups));
        return new(timing.Time.Seconds, LinkKinds.Of(timing), !groups.Shape.IsInside);
    }

    private double Bubble(LayerTime layer, double stage)
    {
        int stages = _parallelism.Pipeline;
        double layers = (double)_model.AllLayers / stages;
        double weights = layers * layer.WeightGradients;
        return stages == 1
            ? 0
            : _plan.Schedule switch
            {
                PipelineSchedule.ZeroBubble => (stages - 1) * Math.Max(0, stage - (2 * weights)),
                PipelineSchedule.DualPipe => ((stages / 2.0) - 1)
                    * Math.Max(0, stage + (layers * (layer.Backward + layer.Recomputed)) - (3 * weights)),
                _ => (stages - 1) * stage / _parallelism.Chunks,
            };
    }

    // Gradients summed and weights gathered once a step; with sharded weights they are gathered twice for every micro-batch.
    private Part Data(double stage)
    {
        int replicas = _parallelism.Data * _parallelism.Context;
        (double plain, double routed) = ShardedParameters.Of(_plan);
        RankGroups everyone = _ranks.Groups(replicas, _parallelism.Tensor),
            some = _ranks.Groups(Math.Max(1, replicas / _parallelism.Expert), (long)_parallelism.Tensor * _parallelism.Expert);
        GroupShape all = everyone.Shape;
        double gradient = _stack.GradientBytes.Value;
        Cost Once(CollectiveKind kind, double bytes) => Add(Time(kind, everyone, plain * bytes), Time(kind, some, routed * bytes));

        if (_plan.Zero == 0)
        {
            Cost sum = Once(CollectiveKind.AllReduce, gradient);
            return Hide(Part.Of(sum, 1, _stack.DataOverlap.Value, all), stage * Math.Min(_plan.MicroBatches, _parallelism.Pipeline));
        }

        Cost scatter = Once(CollectiveKind.ReduceScatter, gradient),
            gather = Once(CollectiveKind.AllGather, Element);
        if (_plan.Zero < 3)
        {
            Part once = Part.Of(Add(scatter, gather), 1, _stack.DataOverlap.Value, all);
            return Hide(once, stage * Math.Min(_plan.MicroBatches, _parallelism.Pipeline));
        }

        // Gathered for forward and again for backward, scattered after each.
        Part each = Part.Of(
            scatter with
            {
                Seconds = scatter.Seconds + (2 * gather.Seconds),
            },
            _plan.MicroBatches,
            _stack.DataOverlap.Value,
            all
        );
        return Hide(each, stage * _plan.MicroBatches);

        static Part Hide(Part part, double window) => part with { Exposed = part.Total - Math.Min(part.Hidden, window) };
        static Cost Add(Cost a, Cost b) => new(a.Seconds + b.Seconds, a.Seconds >= b.Seconds ? a.Binds : b.Binds, a.Backend || b.Backend);
    }

    private double Optimizer()
    {
        double mine =
            (_model.PlainParameters + (_model.RoutedParameters / _parallelism.Expert)) / (_parallelism.Tensor * _parallelism.Pipeline);
        double shards = _plan.Zero == 0 ? 1 : _parallelism.Data * _parallelism.Context;
        double plain = _model.PlainParameters / (_parallelism.Tensor * _parallelism.Pipeline) / shards;
        double routed =
            _model.RoutedParameters
            / ((double)_parallelism.Tensor * _parallelism.Pipeline * _parallelism.Expert)
            / (_plan.Zero == 0 ? 1 : Math.Max(1, shards / _parallelism.Expert));
        double memory = _machine.Xpu.MemoryRate * _machine.Xpu.Generation.MemoryShare.Value;
        double state = (2.0 * _stack.OptimizerBytes.Value) + GradientAndWeight;
        return (((plain + routed) * state) + (mine * GradientPasses)) / memory;
    }

    // How long a collective takes, for what it waits, and whether bytes leave the scale-up domain.
    private readonly record struct Cost(double Seconds, LinkKind Binds, bool Backend);

    // Communication of one layer or one micro-batch, before it is multiplied by how often it comes.
    private readonly record struct Part(double Total, double Hidden, double Exposed, bool Backend, LinkKind Binds, GroupShape Group)
    {
        public static Part Nothing { get; } = new(0, 0, 0, false, LinkKind.ScaleUp, GroupShape.Alone);

        public static Part Of(Cost one, double times, double overlap, GroupShape group)
        {
            double total = one.Seconds * times;
            return new(total, overlap * total, (1 - overlap) * total, one.Backend, one.Binds, group);
        }

        public CommunicationShare Over(double times, CommunicationKind kind) =>
            new(kind, Exposed * times, (Total - Exposed) * times, Backend, Binds, Group);
    }
}
