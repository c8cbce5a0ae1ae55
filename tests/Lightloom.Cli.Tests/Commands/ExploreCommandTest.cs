using Lightloom.Cli.Commands;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Spectre.Console;

namespace Lightloom.Cli.Tests.Commands;

public class ExploreCommandTest
{
    /// <summary>A figure that a narrow terminal breaks over two lines is another figure.</summary>
    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Figures_stay_whole_in_a_terminal_of_so_many_columns(int width)
    {
        DiagnosticBag diagnostics = new();
        string text = """
            lightloom: 1
            name: wide
            pools: [{name: x, node: gb300-nvl72, nodes: 64}]
            backend: {planes: auto}
            """;
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        IReadOnlyList<Alternative> all = Designer.Explore(spec, diagnostics);
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = width;
        ExploreCommand.Print(console, spec, all, 10);
        string[] lines = writer.ToString().Split('\n');
        lines.ShouldAllBe(l => l.TrimEnd().Length <= width);

        // The line of the chosen one has all its figures: switches, cost in millions, the guessed share, kilowatts.
        string best = lines.Single(l => l.TrimStart().StartsWith("best", StringComparison.Ordinal));
        best.ShouldMatch(@"endpoint .* [1-3] +[a-z0-9-]+ +[0-9,]+ +[0-9,]+\.[0-9]{2} +[0-9]+% +[0-9,]+\s*$");
    }
}
