using Lightloom.Bill;
using Lightloom.Design;

namespace Lightloom.Experiments.Tests;

public class PriceGuessTest
{
    private const string Priced = """
        lightloom: 1
        name: priced
        pools: [{name: train, node: dgx-h100, nodes: 8}]
        backend: {switch: nvidia-sn5610}
        """;

    private static string Example(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "examples", name);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        throw new FileNotFoundException(name);
    }

    [Fact]
    public void ABillWithEveryPriceIsItsOwnEstimate()
    {
        ClusterDesign design = Cluster.Read(Example("lab-8.yaml"));
        design.Bill.UnpricedQuantity.ShouldBe(0);
        PriceGuess guess = PriceGuess.Of(design.Bill, design.Spec.Catalogue);
        guess.Total.ShouldBe(design.Bill.Capex);
        guess.Share.ShouldBe(0);
    }

    [Fact]
    public void AMissingPriceIsReplacedByAGuessAndTheRestStays()
    {
        ClusterDesign design = Cluster.Read(
            Priced
                .Replace("priced", "scheduled", StringComparison.Ordinal)
                .Replace("{switch: nvidia-sn5610}", "{paradigm: switch-scheduled}", StringComparison.Ordinal)
        );
        design.Bill.UnpricedQuantity.ShouldBeGreaterThan(0);
        PriceGuess guess = PriceGuess.Of(design.Bill, design.Spec.Catalogue);
        guess.Guessed.Dollars.ShouldBeGreaterThan(0);
        (guess.Total.Dollars - guess.Guessed.Dollars).ShouldBe(design.Bill.Capex.Dollars, 0.01);
        guess.Share.ShouldBeInRange(0.01, 0.99);
    }
}
