using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Training.Models;

namespace Lightloom.Training.Tests;

/// <summary>Dimensions against the parameters that the models are named by.</summary>
public class ModelShapeTest
{
    /// <summary>Published counts: the models' papers and cards; DeepSeek-V3's 671B are without its prediction layer (11.5B).</summary>
    [Theory]
    [InlineData("gpt3-175b", 175e9, 0.01)]
    [InlineData("megatron-530b", 529.6e9, 0.01)]
    [InlineData("megatron-1t", 1008e9, 0.01)]
    [InlineData("llama2-70b", 69e9, 0.01)]
    [InlineData("llama3-8b", 8.03e9, 0.01)]
    [InlineData("llama3-70b", 70.6e9, 0.01)]
    [InlineData("llama3-405b", 405e9, 0.01)]
    [InlineData("nemotron4-340b", 340e9, 0.02)]
    [InlineData("mixtral-8x7b", 46.7e9, 0.01)]
    [InlineData("mixtral-8x22b", 141e9, 0.01)]
    [InlineData("deepseek-v3", 682.5e9, 0.01)]
    [InlineData("qwen3-30b-a3b", 30.5e9, 0.02)]
    [InlineData("qwen3-235b-a22b", 235e9, 0.02)]
    [InlineData("kimi-k2", 1.04e12, 0.03)]
    public void A_model_has_the_parameters_that_its_makers_count(string name, double published, double tolerance) =>
        (Shape(name).Parameters / published).ShouldBe(1, tolerance);

    /// <summary>Active parameters as published, embedding included there.</summary>
    [Theory]
    [InlineData("deepseek-v3", 37e9, 0.04)]
    [InlineData("mixtral-8x7b", 12.9e9, 0.03)]
    [InlineData("qwen3-235b-a22b", 22e9, 0.05)]
    public void A_token_meets_the_parameters_that_are_published_as_active(string name, double published, double tolerance)
    {
        ModelShape m = Shape(name) with { PredictionLayers = 0 };
        ((m.ActiveParameters + ((double)m.Vocabulary * m.Hidden)) / published).ShouldBe(1, tolerance);
    }

    /// <summary>The formula of SC21, section 5.1, without recomputation: 72 B s l h^2 (1 + s/6h + V/12lh).</summary>
    [Theory]
    [InlineData("gpt3-175b")]
    [InlineData("megatron-1t")]
    public void Operations_are_those_of_the_published_formula(string name)
    {
        ModelShape m = Shape(name);
        double h = m.Hidden,
            s = m.Sequence,
            l = m.Layers;
        double formula = 72 * l * h * h * (1 + (s / (6 * h)) + (m.Vocabulary / (12 * l * h)));
        m.FlopsPerToken(causal: false).ShouldBe(formula, formula * 1e-9);
    }

    [Fact]
    public void What_is_missing_is_named_by_its_key()
    {
        ModelShape.Of(
            new ModelSpec
            {
                Name = "mine",
                Hidden = 4096,
                Layers = 32,
            },
            Catalogue.Default,
            out IReadOnlyList<string> missing
        );
        missing.ShouldBe(["heads", "feed_forward", "vocabulary", "sequence"], ignoreOrder: true);
    }

    internal static ModelShape Shape(string name) => ModelShape.Of(new ModelSpec { Name = name }, Catalogue.Default, out _)!;
}
