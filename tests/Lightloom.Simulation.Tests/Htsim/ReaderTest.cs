using System.Text;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Htsim;

public class ReaderTest
{
    private const string Topology =
        "Nodes 8\nTiers 2\nPodsize 8\nTier 0\nDownlink_speed_Gbps 800\nRadix_Down 4\nRadix_Up 2\nDownlink_Latency_ns 500\n"
        + "Oversubscribed 2\nTier 1\nDownlink_speed_Gbps 800\nRadix_Down 2\nDownlink_Latency_ns 500\n";

    private static string Matrix(string lines, int triggers = 0) =>
        $"Nodes 8\nConnections {lines.Split('\n').Count(l => l.Contains("->", StringComparison.Ordinal))}\n"
        + (triggers > 0 ? $"Triggers {triggers}\n" : "")
        + lines
        + "\n";

    private static List<SourceDiagnostic> Errors(string matrix)
    {
        var diagnostics = new List<SourceDiagnostic>();
        TrafficDescription? traffic = ConnectionMatrix.Read("f.cm", matrix, 8, diagnostics);
        (traffic is null).ShouldBe(diagnostics.Exists(d => !d.IsWarning));
        return diagnostics;
    }

    [Theory]
    [InlineData("0->9 start 0 size 1", "LL3027", 3, 1)]
    [InlineData("0->0 start 0 size 1", "LL3028", 3, 1)]
    [InlineData("0->1 start 0 size -1", "LL3004", 3, 19)]
    [InlineData("0->1 start 0 size 9223372036854775808", "LL3003", 3, 19)]
    [InlineData("0->1 start 0 size 9223372036854775807", "LL3004", 3, 19)]
    [InlineData("0->1 start 0", "LL3029", 3, 13)]
    [InlineData("0->1 size 5", "LL3030", 3, 12)]
    [InlineData("0->1 start 0 trigger 1 size 5", "LL3030", 3, 30)]
    [InlineData("0->1 start -1 size 5", "LL3003", 3, 12)]
    [InlineData("0->1 sart 0 size 5", "LL3001", 3, 6)]
    [InlineData("0=>1 start 0 size 5", "LL3026", 3, 1)]
    [InlineData("0->1 id 1 start 0 size 5\n1->2 id 1 start 0 size 5", "LL3031", 4, 25)]
    public void Wrong_flows_are_told_where_and_why(string line, string id, int row, int column)
    {
        SourceDiagnostic error = Errors(Matrix(line))[0];
        error.Id.ShouldBe(id);
        error.Line.ShouldBe(row);
        error.Column.ShouldBe(column);
        error.ToString().ShouldStartWith($"f.cm:{row}:{column}: error {id}: ");
    }

    [Fact]
    public void A_trigger_nobody_fires_is_an_error() =>
        Errors(Matrix("0->1 id 1 trigger 4 size 5\ntrigger id 4 oneshot", 1)).ShouldContain(d => d.Id == "LL3033");

    [Fact]
    public void An_undeclared_trigger_is_an_error() => Errors(Matrix("0->1 id 1 trigger 4 size 5")).ShouldContain(d => d.Id == "LL3032");

    [Fact]
    public void A_cycle_of_triggers_is_an_error() =>
        Errors(
                Matrix(
                    "0->1 id 1 trigger 1 size 5 send_done_trigger 2\n1->2 id 2 trigger 2 size 5 send_done_trigger 1\ntrigger id 1 oneshot\ntrigger id 2 oneshot",
                    2
                )
            )
            .ShouldContain(d => d.Id == "LL3035");

    [Fact]
    public void A_header_that_miscounts_is_an_error() =>
        Errors("Nodes 8\nConnections 2\n0->1 start 0 size 5\n").ShouldContain(d => d.Id == "LL3023");

    [Fact]
    public void Blanks_tabs_and_carriage_returns_do_no_harm()
    {
        var diagnostics = new List<SourceDiagnostic>();
        TrafficDescription? traffic = ConnectionMatrix.Read(
            "f.cm",
            "Nodes  8\r\nConnections\t1\r\n# note\r\n0->1  start 2.5 \t size 5  \r\n",
            8,
            diagnostics
        );
        diagnostics.ShouldBeEmpty();
        traffic!.Flows.ShouldHaveSingleItem().Start.Picoseconds.ShouldBe(2_500_000);
    }

    [Fact]
    public void Triggers_start_flows_in_the_order_of_the_file()
    {
        var diagnostics = new List<SourceDiagnostic>();
        HtsimTopology topology = HtsimTopology.Read("t", Topology, diagnostics)!;
        TrafficDescription traffic = ConnectionMatrix.Read(
            "f.cm",
            Matrix(
                "0->1 id 1 start 0 size 5000 send_done_trigger 1\n0->2 id 2 trigger 1 size 5000 send_done_trigger 1\n"
                    + "0->3 id 3 trigger 1 size 5000 send_done_trigger 2\n4->5 id 4 start 0 size 90000 send_done_trigger 2\n6->7 id 5 trigger 2 size 1\n"
                    + "trigger id 1 multishot\ntrigger id 2 barrier count 2",
                2
            ),
            8,
            diagnostics
        )!;
        SimulationResult result = PacketSimulator.Run(topology.Build(), traffic, new SimulationOptions());
        result.Unfinished.ShouldBe("");
        result.Flows[1].StartPicoseconds.ShouldBe(result.Flows[0].FinishPicoseconds);
        result.Flows[2].StartPicoseconds.ShouldBe(result.Flows[1].FinishPicoseconds);
        result.Flows[4].StartPicoseconds.ShouldBe(Math.Max(result.Flows[2].FinishPicoseconds, result.Flows[3].FinishPicoseconds));
    }

    [Theory]
    [InlineData("Nodes 0\n", "LL3004")]
    [InlineData("Nodes 8\nTiers 4\n", "LL3004")]
    [InlineData("Radix_Down 4\n", "LL3006")]
    [InlineData("Nodes 8\n", "LL3007")]
    [InlineData("Nodes 8\nTiers 2\nTier 0\nDownlink_speed_Gbps 0\n", "LL3004")]
    [InlineData("Nodes 8\nTiers 2\nSpeed 4\n", "LL3006")]
    [InlineData("Nodes 8\nTiers 2\nTier 0\nSpeed 4\n", "LL3001")]
    public void Wrong_topologies_are_told_why(string text, string id)
    {
        var diagnostics = new List<SourceDiagnostic>();
        HtsimTopology.Read("t", text, diagnostics).ShouldBeNull();
        diagnostics[0].Id.ShouldBe(id);
    }

    [Fact]
    public void A_topology_that_does_not_fit_together_is_an_error()
    {
        var diagnostics = new List<SourceDiagnostic>();
        HtsimTopology
            .Read(
                "t",
                Topology.Replace(
                    "Tier 1\nDownlink_speed_Gbps 800\nRadix_Down 2",
                    "Tier 1\nDownlink_speed_Gbps 800\nRadix_Down 3",
                    StringComparison.Ordinal
                ),
                diagnostics
            )
            .ShouldBeNull();
        diagnostics.ShouldHaveSingleItem().Id.ShouldBe("LL3008");
    }

    // Whatever stands in a file, reading it ends, throws nothing, and either gives a description or says what is wrong.
    [Fact]
    public void Mangled_files_are_refused_or_read_but_never_crash()
    {
        string[] seeds =
        [
            Topology,
            File.ReadAllText(Path.Combine(TestNetwork.ReferenceFolder, "inputs", "incast16.cm")),
            Matrix(
                "0->1 id 1 trigger 1 size 5 send_done_trigger 2\n1->2 id 2 start 1 size 5 send_done_trigger 1\ntrigger id 1 oneshot\ntrigger id 2 barrier count 3",
                2
            ),
        ];
        string[] pieces =
        [
            "\n",
            "\r",
            "\t",
            " ",
            "0",
            "-1",
            "9223372036854775807",
            "99999999999999999999",
            "->",
            "Tier 0",
            "Nodes",
            "size",
            "start",
            "trigger",
            "\0",
            "é",
            "#",
            "1e9",
            "0x1",
        ];
        var random = new Random(11);
        for (int round = 0; round < 6000; round++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (int edits = random.Next(1, 8); edits > 0; edits--)
            {
                int at = random.Next(text.Length + 1);
                switch (random.Next(3))
                {
                    case 0:
                        text.Insert(at, pieces[random.Next(pieces.Length)]);
                        break;
                    case 1:
                        text.Remove(
                            Math.Min(at, text.Length - 1),
                            Math.Min(random.Next(1, 12), text.Length - Math.Min(at, text.Length - 1))
                        );
                        break;
                    default:
                        text[Math.Min(at, text.Length - 1)] = (char)random.Next(1, 128);
                        break;
                }
                if (text.Length == 0)
                {
                    text.Append('x');
                }
            }
            var diagnostics = new List<SourceDiagnostic>();
            bool read = HtsimTopology.Read("f", text.ToString(), diagnostics) is not null;
            read.ShouldBe(!diagnostics.Exists(d => !d.IsWarning), text.ToString());
            diagnostics.Clear();
            read = ConnectionMatrix.Read("f", text.ToString(), 0, diagnostics) is not null;
            read.ShouldBe(!diagnostics.Exists(d => !d.IsWarning), text.ToString());
        }
    }
}
