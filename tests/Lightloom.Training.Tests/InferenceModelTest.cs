using Lightloom.Hardware;
using Lightloom.Training.Inference;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Tests;

/// <summary>Serving against bounds that no machine beats.</summary>
public class InferenceModelTest
{
    private static Machine Machine(string node, int xpus) =>
        Machines.Machine.Uniform(
            XpuClasses.Of(Catalogue.Default.Nodes[node], Catalogue.Default, out _)!,
            xpus,
            SimTime.FromMicroseconds(3),
            SimTime.FromMicroseconds(5)
        );

    private static InferencePlan Plan(string model, int tensor, int batch) =>
        new()
        {
            Model = ModelShapeTest.Shape(model),
            Prompt = 2048,
            Output = 512,
            PrefillBatch = 1,
            DecodeBatch = batch,
            Tensor = tensor,
            Expert = 1,
            Precision = Precision.Bf16,
            Stack = Catalogue.Default.Stacks["megatron-core-2024"],
        };

    /// <summary>One token needs every weight once: 141 GB over eight times 3.35 TB/s.</summary>
    [Fact]
    public void A_token_takes_at_least_the_reading_of_the_weights()
    {
        Machine machine = Machine("dgx-h100", 8);
        InferenceTime one = InferenceModel.Of(Plan("llama3-70b", 8, 1), machine, machine);
        double bound = 70.6e9 * 2 / 8 / 3.35e12;
        one.Decode.ShouldBeInRange(bound, 5 * bound);
        InferenceTime many = InferenceModel.Of(Plan("llama3-70b", 8, 32), machine, machine);
        many.TokensPerSecond.ShouldBeGreaterThan(15 * one.TokensPerSecond, "a batch shares the reading");
    }

    /// <summary>Prefill is bound by compute: two operations for each weight and token, at most at the peak.</summary>
    [Fact]
    public void A_prompt_is_read_below_the_peak()
    {
        Machine machine = Machine("dgx-h100", 8);
        InferenceTime time = InferenceModel.Of(Plan("llama3-70b", 8, 1), machine, machine);
        double share = 2 * 70.6e9 * 2048 / (8 * 989e12) / time.Prefill;
        share.ShouldBeInRange(0.3, 0.7);
    }

    /// <summary>Published: DeepSeek-V3 keeps 70.3 KB a token, Llama 3.1 405B 516 KB (ISCA 2025, table 1).</summary>
    [Theory]
    [InlineData("deepseek-v3", 70.272e3)]
    [InlineData("llama3-405b", 516.096e3)]
    public void The_cache_of_a_token_is_as_large_as_published(string model, double bytes) =>
        Plan(model, 8, 1).CacheBytesPerToken.ShouldBe(bytes, 1);

    /// <summary>
    /// Published bound: 32 tokens to nine experts take (1 + 2) x 32 x 9 x 7,000 bytes over 50 GB/s, 120.96 us a layer (ISCA 2025, section
    /// 2.3.2); eight of the nine travel.
    /// </summary>
    [Fact]
    public void Routing_of_32_tokens_keeps_the_published_bound()
    {
        Machine machine = Machine("hgx-h800-8", 256);
        InferencePlan plan = Plan("deepseek-v3", 1, 32) with { Expert = 256, Precision = Precision.Fp8 };
        double layer = InferenceModel.Of(plan, machine, machine).DecodeCommunication / 58;
        layer.ShouldBeInRange(120.96e-6 * 8 / 9, 2 * 120.96e-6);
    }
}
