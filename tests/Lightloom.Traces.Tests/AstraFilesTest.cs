using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Simulation.Collectives;
using Lightloom.Traces.Astra;

namespace Lightloom.Traces.Tests;

public sealed class AstraFilesTest
{
    private const string System = """
        {
          "scheduling-policy": "LIFO", "endpoint-delay": 10, "active-chunks-per-dimension": 2, "preferred-dataset-splits": 4,
          "all-reduce-implementation": ["ring", "direct"], "all-gather-implementation": ["oneRing"],
          "reduce-scatter-implementation": ["halvingDoubling"], "all-to-all-implementation": ["direct7"],
          "collective-optimization": "localBWAware", "local-mem-bw": 3350, "boost-mode": 0
        }
        """;

    [Fact]
    public void A_network_is_written_and_read_back()
    {
        AstraNetwork network = AstraNetwork.Of(Designed.Network(16, scaleUp: true));
        StringWriter text = new();
        network.Write(text);
        AstraNetwork read = AstraNetwork.Read("n.yml", text.ToString(), new())!;
        read.Dimensions.Select(d => (d.Topology, d.Ranks)).ShouldBe([(AstraTopology.Switch, 8), (AstraTopology.Switch, 16)]);
        // 450 GB/s and 400 Gb/s in 2^30 bytes a second.
        read.Dimensions[0].GibibytesPerSecond.ShouldBe(450e9 / (1 << 30), 1e-6);
        read.Dimensions[1].GibibytesPerSecond.ShouldBe(46.5661287307739, 1e-6);
        read.Dimensions[1].Latency.ShouldBe(network.Dimensions[1].Latency);
        read.Ranks.ShouldBe(128);
    }

    [Fact]
    public void Without_a_scale_up_domain_all_ranks_hang_on_one_switch()
    {
        Testbed bed = Designed.Network(16);
        AstraNetwork network = AstraNetwork.Of(bed);
        network.Dimensions.Single().Ranks.ShouldBe(128);
        // Two links of the dimension take as long as the longest way.
        (2 * network.Dimensions[0].Latency.Picoseconds).ShouldBeInRange(
            bed.Network.DiameterLatency().Picoseconds - 1,
            bed.Network.DiameterLatency().Picoseconds
        );
    }

    [Fact]
    public void A_logical_topology_is_written_and_read_back()
    {
        StringWriter text = new();
        AstraNetwork.Of(Designed.Network(16, scaleUp: true)).WriteLogical(text);
        text.ToString().ShouldBe("{\"logical-dims\": [\"8\", \"16\"]}\n");
        AstraLogicalTopology.Read("l.json", text.ToString(), new())!.Dimensions.ShouldBe([8, 16]);
    }

    [Fact]
    public void A_system_says_algorithms_chunks_and_delays()
    {
        AstraSystem system = AstraSystem.Read("s.json", System, new())!;
        system.AllReduce.ShouldBe(["ring", "direct"]);
        system.AllToAll.ShouldBe(["direct7"]);
        (system.Splits, system.ActiveChunks, system.MemoryGigabytesPerSecond).ShouldBe((4, 2, 3350));
        // Read from its files, what ASTRA-sim printed for a mebibyte over one switch of 8 ranks: 55,222 ns.
        AstraNetwork network = AstraNetwork.Read(
            "n.yml",
            "topology: [ Switch ]\nnpus_count: [ 8 ]\nbandwidth: [ 400 ]\nlatency: [ 936.25 ]\n",
            new()
        )!;
        AstraModel
            .Time(system.On(network.Dimensions[0]), CollectiveKind.AllReduce, AstraAlgorithm.Ring, DataSize.FromBytes(1 << 20))
            .Nanoseconds.ShouldBe(55_222);
    }

    [Theory]
    [InlineData(
        "topology: [ Switch, Ring ]\nnpus_count: [ 8 ]\nbandwidth: [ 4 ]\nlatency: [ 1 ]",
        "topology has 2 values and npus_count 1"
    )]
    [InlineData("topology: [ Star ]\nnpus_count: [ 8 ]\nbandwidth: [ 4 ]\nlatency: [ 1 ]", "'Star' is no topology")]
    [InlineData("topology: [ Ring ]\nnpus_count: [ 1 ]\nbandwidth: [ 4 ]\nlatency: [ 1 ]", "npus_count of dimension 0")]
    [InlineData("topology: [ Ring ]\nnpus_cuont: [ 1 ]\nbandwidth: [ 4 ]\nlatency: [ 1 ]", "npus_count")]
    [InlineData("topology: [ Ring ]\nnpus_count: [ 4 ]\nlatency: [ 1 ]", "bandwidth is missing")]
    public void What_is_wrong_with_a_network_is_said_in_its_place(string text, string words)
    {
        DiagnosticBag said = new();
        AstraNetwork.Read("n.yml", text, said).ShouldBeNull();
        said[0].ToString().ShouldContain(words);
        said[0].ToString().ShouldMatch(@"^n\.yml:\d+:\d+: error LL3");
    }

    [Fact]
    public void Damaged_files_are_taken_or_refused_in_words()
    {
        StringWriter network = new();
        AstraNetwork.Of(Designed.Network(16, scaleUp: true)).Write(network);
        Damage.Each(network.ToString(), (text, said) => AstraNetwork.Read("n.yml", text, said) is not null);
        Damage.Each(System, (text, said) => AstraSystem.Read("s.json", text, said) is not null);
        Damage.Each("{\"logical-dims\": [\"8\", \"16\"]}", (text, said) => AstraLogicalTopology.Read("l.json", text, said) is not null);
    }
}
