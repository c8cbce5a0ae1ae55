using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Timing;

/// <summary>
/// The time of a layer by a roofline: every matrix product takes its operations at the generation's share of the peak or its bytes at the
/// share of the memory's, whichever is longer, and a kernel's own time on top, which makes small products inefficient.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
internal sealed class LayerModel
{
    /// <summary>Bytes of an activation element.</summary>
    private const double Element = 2;

    private readonly TrainingPlan _plan;
    private readonly ModelShape _model;
    private readonly TrainingStack _stack;
    private readonly double _tensor;
    private readonly double _tokens;
    private readonly double _bf16;
    private readonly double _fp8;
    private readonly double _memory;
    private readonly double _kernel;
    private readonly double _peak;
    private readonly XpuGeneration _generation;

    public LayerModel(TrainingPlan plan, XpuClass xpu)
    {
        (_plan, _model, _stack, _generation) = (plan, plan.Model, plan.Stack, xpu.Generation);
        double cores = 1 - (_stack.CommunicationCores?.Value ?? 0);
        _tensor = plan.Parallelism.Tensor;
        _tokens = plan.LocalTokens;
        _peak = xpu.Bf16Flops * cores;
        _bf16 = _peak * _generation.Bf16Share.Value;
        _fp8 =
            plan.Precision == Precision.Fp8 && xpu.Fp8Flops is { } fp8 && _generation.Fp8Share is { } share
                ? fp8 * cores * share.Value
                : _bf16;
        _memory = xpu.MemoryRate * _generation.MemoryShare.Value;
        _kernel = _generation.Kernel.Value.Seconds;
    }

    /// <summary>A layer with a dense feed-forward part.</summary>
    public LayerTime Dense() => Layer(FeedForward(_model.FeedForward, _tokens, 1), _model.FeedForward, 0);

    /// <summary>A layer with routed experts.</summary>
    public LayerTime Mixture()
    {
        // Tokens that one XPU's experts receive: as many as it sends, with an even load, times the load of the busiest.
        double perXpu = _tokens * _model.ExpertsPerToken * (_stack.ExpertImbalance?.Value ?? 1);
        double experts = Math.Max(1, _model.Experts / (double)_plan.Parallelism.Expert);
        double routed = FeedForward(_model.ExpertFeedForward, perXpu / experts, experts);
        double shared = _model.SharedExperts == 0 ? 0 : FeedForward(_model.ExpertFeedForward * _model.SharedExperts, _tokens, 1);
        double router = Product(_tokens, _model.Experts, _model.Hidden, _bf16);
        double width = _model.ExpertFeedForward * (double)(_model.ExpertsPerToken + _model.SharedExperts);
        double routing = _tokens * _model.ExpertsPerToken * _model.Hidden * (_stack.RoutingBytes?.Value ?? 0);
        return Layer(routed + shared + router, width, routing);
    }

    /// <summary>The product with the vocabulary and its loss, forward and backward, on the last stage.</summary>
    public double Output()
    {
        double vocabulary = _model.Vocabulary / _tensor;
        double product = Product(_tokens, vocabulary, _model.Hidden, _bf16);
        // The loss reads and writes logits in FP32, forward and backward: three passes.
        double loss = _tokens * vocabulary * 4 * 2 * 3 / _memory;
        return (3 * product) + loss;
    }

    /// <summary>The product with the vocabulary alone.</summary>
    public double Vocabulary() => Product(_tokens, _model.Vocabulary / _tensor, _model.Hidden, _bf16);

    private LayerTime Layer(double feedForward, double width, double routingTraffic)
    {
        double products = Projections() + feedForward;
        (double forward, double backward) = Attention();
        double divided = _stack.SequenceParallel.Value ? _tensor : 1;
        double casts = _plan.Precision == Precision.Fp8 ? _stack.Fp8Bytes?.Value ?? 0 : 0;
        double gate = _model.Gated ? 1.5 : 1;
        double traffic =
            (_tokens * (_stack.HiddenBytes.Value + casts) * _model.Hidden / divided)
            + (_tokens * _stack.ActivationBytes.Value * width * gate / _tensor)
            + routingTraffic;
        double streams = (traffic / _memory) + (6 * _kernel);
        double again = _plan.Recompute switch
        {
            Recomputation.Full => products + forward + streams,
            // Without scores to drop, what is cheap goes: norms, and the widening of latent vectors.
            Recomputation.Selective => _stack.Attention.Value == AttentionKernel.Unfused ? forward : Widening() + (streams / 2),
            _ => 0,
        };
        return new(products, forward, streams, (2 * products) + backward + (2 * traffic / _memory) + (6 * _kernel), again);
    }

    private double Projections()
    {
        if (_model.Latent is { } l)
        {
            return Product(_tokens, l.Query, _model.Hidden, _fp8)
                + Product(_tokens, l.Kv + l.Rotary, _model.Hidden, _fp8)
                + Widening()
                + Product(_tokens, _model.Hidden, _model.Heads * l.Value / _tensor, _fp8);
        }

        double queries = (double)_model.Heads * _model.HeadWidth / _tensor;
        double keysAndValues = 2.0 * Math.Max(1, _model.KvHeads / _tensor) * _model.HeadWidth;
        return Product(_tokens, queries + keysAndValues, _model.Hidden, _fp8) + Product(_tokens, _model.Hidden, queries, _fp8);
    }

    private double Widening() =>
        _model.Latent is { } l
            ? Product(_tokens, _model.Heads * (l.Plain + l.Rotary) / _tensor, l.Query, _fp8)
                + Product(_tokens, _model.Heads * (l.Plain + l.Value) / _tensor, l.Kv, _fp8)
            : 0;

    private double FeedForward(double width, double tokens, double times)
    {
        double up = (_model.FeedForwardMatrices - 1) * width / _tensor;
        return times * (Product(tokens, up, _model.Hidden, _fp8) + Product(tokens, _model.Hidden, width / _tensor, _fp8));
    }

    private (double Forward, double Backward) Attention()
    {
        (int score, int value) = _model.HeadWidths;
        double scores = _tokens * _model.Sequence * _model.Heads / _tensor;
        double operations = 2 * scores * (score + value);
        if (_stack.Attention.Value == AttentionKernel.Unfused)
        {
            double forward = (operations / _bf16) + (3 * _kernel) + (scores * _stack.ScoreBytes!.Value / _memory);
            return (forward, 2 * forward);
        }

        // Below the diagonal only; backward computes the scores again and four more products.
        double half = operations / 2;
        return (
            (half / (_peak * _generation.AttentionForwardShare.Value)) + _kernel,
            (2.5 * half / (_peak * _generation.AttentionBackwardShare.Value)) + (2 * _kernel)
        );
    }

    private double Product(double rows, double columns, double inner, double rate) =>
        Math.Max(
            2 * rows * columns * inner / rate,
            ((Element * ((rows * columns) + (rows * inner))) + (WeightElement(rate) * columns * inner)) / _memory
        ) + _kernel;

    private double WeightElement(double rate) => _plan.Precision == Precision.Fp8 && rate == _fp8 ? 1 : Element;
}
