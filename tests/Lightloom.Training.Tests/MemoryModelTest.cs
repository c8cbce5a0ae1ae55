using Lightloom.Hardware;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Tests;

/// <summary>Memory against the equations of Korthikanti et al. and the rule of sixteen bytes a parameter.</summary>
public class MemoryModelTest
{
    private const double Plenty = 1e15;

    private static TrainingPlan Plan(string stack, Recomputation recompute, int zero, Parallelism parallelism) =>
        new()
        {
            Model = ModelShapeTest.Shape("gpt3-175b"),
            Parallelism = parallelism,
            GlobalBatch = 64 * parallelism.Data,
            MicroBatch = 1,
            Recompute = recompute,
            Zero = zero,
            Schedule = PipelineSchedule.OneForwardOneBackward,
            Stack = Catalogue.Default.Stacks[stack],
        };

    /// <summary>Equation 4 with sequence parallelism: s b h l / t x (34 + 5 a s / h) on the first stage of a pipeline.</summary>
    [Theory]
    [InlineData(Recomputation.None, 34 + (5.0 * 96 * 2048 / 12288))]
    [InlineData(Recomputation.Selective, 34)]
    public void Activations_are_those_of_the_published_equation(Recomputation recompute, double bytes)
    {
        MemoryNeed need = MemoryModel.Of(Plan("megatron-lm-2022", recompute, 0, new(8, 8, 1, 1, 1, 1)), Plenty, 0);
        double equation = 2048.0 * 12288 * 96 / 8 * bytes;
        need.Activations.ShouldBe(equation, equation * 1e-9);
    }

    /// <summary>ZeRO: mixed precision with Adam is 2 + 2 + 12 bytes a parameter (Rajbhandari et al.), here with gradients in FP32.</summary>
    [Fact]
    public void Sharding_divides_what_its_stage_says()
    {
        MemoryNeed At(int zero) => MemoryModel.Of(Plan("megatron-lm-2022", Recomputation.Full, zero, new(8, 8, 4, 1, 1, 1)), Plenty, 0);
        (MemoryNeed none, MemoryNeed one, MemoryNeed two, MemoryNeed three) = (At(0), At(1), At(2), At(3));
        (none.Gradients / none.Weights).ShouldBe(2, 1e-9);
        (none.Optimizer / none.Weights).ShouldBe(6, 1e-9);
        (one.Optimizer * 4).ShouldBe(none.Optimizer, 1);
        one.Gradients.ShouldBe(none.Gradients);
        (two.Gradients * 4).ShouldBe(none.Gradients, 1);
        two.Weights.ShouldBe(none.Weights);
        (three.Weights * 4).ShouldBe(none.Weights, 1);
    }

    /// <summary>DeepSeek trained on 2,048 H800 of 80 GB as its paper says, and Meta on 16,384 H100 of 80 GB without recomputation.</summary>
    [Theory]
    [InlineData("DS-T4-mpft-step")]
    [InlineData("L3-16k-tflops_causal")]
    [InlineData("KOR-175B-selective")]
    [InlineData("NEMO-GPT3-175B-128")]
    public void What_was_trained_fits(string id)
    {
        PublishedRun run = PublishedRun.All().Single(r => r.Id == id);
        MemoryModel.Of(run.Plan(), 80.0 * (1L << 30), 5.0 * (1L << 30)).Fits.ShouldBeTrue();
    }
}
