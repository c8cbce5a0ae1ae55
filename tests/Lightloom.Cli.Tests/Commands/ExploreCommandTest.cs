using System.Globalization;
using System.Text.Json;
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

    [Fact]
    public void An_adopted_design_is_a_cluster_file_that_designs_it()
    {
        using Scratch scratch = new();
        string file = Path.Combine(Cli.Root, "examples", "hopper-1k.yaml");
        string number = JsonDocument
            .Parse(Cli.Execute("explore", file, "--json").Out)
            .RootElement.GetProperty("designs")
            .EnumerateArray()
            .First(d => d.GetProperty("paradigm").GetString() == "endpoint-scheduled" && d.GetProperty("planes").GetInt32() == 2)
            .GetProperty("number")
            .GetInt32()
            .ToString(CultureInfo.InvariantCulture);

        Cli.Run adopted = Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", number, "-o", "two.yaml");
        adopted.Code.ShouldBe(0, adopted.Error);
        Cli.Run printed = Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", number);
        printed.Out.ShouldBe(File.ReadAllText(Path.Combine(scratch.Path, "two.yaml")));
        printed.Out.ShouldContain("planes: 2");
        Cli.Run designed = Cli.ExecuteIn(scratch.Path, "design", "two.yaml", "--json");
        designed.Code.ShouldBe(0, designed.Error);
        designed.Out.ShouldContain("\"planes\": 2");

        // A file that is there is nobody's to overwrite, and a number needs a design.
        Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", number, "-o", "two.yaml").Code.ShouldBe(1);
        Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", number, "-o", "two.yaml", "--force").Code.ShouldBe(0);
        Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", "9999").Code.ShouldBe(2);
        Cli.ExecuteIn(scratch.Path, "explore", file, "--adopt", number, "--json").Code.ShouldBe(2);
        Cli.ExecuteIn(scratch.Path, "explore", file, "-o", "three.yaml").Code.ShouldBe(2);
    }
}
