using Lightloom.Experiments;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Traces.Htsim;

namespace Lightloom.Traces.Tests;

public sealed class HtsimExportTest
{
    private static string TopologyOf(NetworkDescription network)
    {
        StringWriter text = new();
        new HtsimExport(network).WriteTopology(text);
        return text.ToString();
    }

    private static NetworkDescription Read(string topology)
    {
        List<SourceDiagnostic> said = [];
        HtsimTopology? read = HtsimTopology.Read("x.topo", topology, said);
        read.ShouldNotBeNull(string.Join('\n', said));
        return read.Build();
    }

    public static TheoryData<string> Topologies =>
        new()
        {
            "Nodes 64\nTiers 2\nPodsize 64\nTier 0\nDownlink_speed_Gbps 800\nRadix_Down 16\nRadix_Up 8\nOversubscribed 2\n"
                + "Downlink_Latency_ns 500\nSwitch_Latency_ns 400\nTier 1\nDownlink_speed_Gbps 800\nRadix_Down "
                + "4\nDownlink_Latency_ns 300\n",
            "Nodes 64\nTiers 2\nPodsize 64\nTier 0\nDownlink_speed_Gbps 400\nRadix_Down 16\nRadix_Up 16\nDownlink_Latency_ns 20\n"
                + "Switch_Latency_ns 0\nTier 1\nDownlink_speed_Gbps 400\nRadix_Down 16\nBundle 4\nDownlink_Latency_ns "
                + "100\nSwitch_Latency_ns 7\n",
            "Nodes 128\nTiers 3\nPodsize 16\nTier 0\nDownlink_speed_Gbps 100\nRadix_Down 4\nRadix_Up 4\nDownlink_Latency_ns 1000\n"
                + "Switch_Latency_ns 0\nTier 1\nDownlink_speed_Gbps 100\nRadix_Down 4\nRadix_Up 4\nDownlink_Latency_ns 1000\n"
                + "Switch_Latency_ns 0\nTier 2\nDownlink_speed_Gbps 100\nRadix_Down 8\nDownlink_Latency_ns 1000\nSwitch_Latency_ns 0\n",
        };

    [Theory]
    [MemberData(nameof(Topologies))]
    public void A_topology_that_is_read_and_written_is_the_same_network(string topology)
    {
        NetworkDescription network = Read(topology),
            again = Read(TopologyOf(network));
        again.HostCount.ShouldBe(network.HostCount);
        again.Switches.ShouldBe(network.Switches);
        again.Links.ShouldBe(network.Links, ignoreOrder: true);
    }

    [Theory]
    [InlineData("tiers: 2", 16)]
    [InlineData("tiers: 2, rail_optimized: false", 16)]
    [InlineData("tiers: 2, oversubscription: {leaf: 2.0}", 24)]
    [InlineData("tiers: 2", 13)]
    public void A_designed_network_keeps_who_shares_a_leaf_and_what_links_it_has(string backend, int nodes)
    {
        NetworkDescription network = Designed.Network(nodes, backend).Network;
        HtsimExport export = new(network);
        NetworkDescription read = Read(TopologyOf(network));
        read.HostCount.ShouldBe(export.Hosts.Count);
        Dictionary<int, int> Leaves(NetworkDescription n) => n.Links.Where(l => l.A.IsHost).ToDictionary(l => l.A.Index, l => l.Z.Index);
        Dictionary<int, int> here = Leaves(network),
            there = Leaves(read);
        export.Hosts.Number.Distinct().Count().ShouldBe(network.HostCount);
        for (int a = 0; a < network.HostCount; a++)
        {
            for (int b = a + 1; b < network.HostCount; b++)
            {
                (there[export.Hosts.Number[a]] == there[export.Hosts.Number[b]]).ShouldBe(here[a] == here[b]);
            }
        }

        read.Switches.Count.ShouldBe(network.Switches.Count);
        read.Links.Count(l => !l.A.IsHost).ShouldBe(network.Links.Count(l => !l.A.IsHost));
        read.Links.Select(l => l.Rate).Distinct().ShouldBe([DataRate.FromGbps(400)]);
    }

    [Fact]
    public void A_matrix_that_is_written_and_read_is_the_same_traffic()
    {
        Testbed bed = Designed.Network(16);
        HtsimExport export = new(bed.Network);
        foreach (string workload in (string[])["permutation", "all-to-all", "all-reduce-ring", "all-reduce-tree", "incast"])
        {
            TrafficDescription traffic = new WorkloadRequest
            {
                Name = workload,
                Bytes = 1 << 20,
                Xpus = 32,
            }.On(bed, 3);
            StringWriter text = new();
            export.WriteMatrix(traffic, text);
            List<SourceDiagnostic> said = [];
            TrafficDescription? read = ConnectionMatrix.Read("x.cm", text.ToString(), export.Hosts.Count, said);
            read.ShouldNotBeNull(string.Join('\n', said));
            read.Flows.Select(f => f with { Id = 0 })
                .ShouldBe(
                    traffic.Flows.Select(f =>
                        f with
                        {
                            Id = 0,
                            Source = export.Hosts.Number[f.Source],
                            Destination = export.Hosts.Number[f.Destination],
                        }
                    )
                );
            read.Triggers.Select(t => (t.Kind, t.Count)).ShouldBe(traffic.Triggers.Select(t => (t.Kind, t.Count)));
        }
    }

    [Fact]
    public void What_is_no_fat_tree_of_like_switches_is_refused_in_words()
    {
        NetworkDescription network = Designed.Network(16).Network;
        void Refused(NetworkDescription other, string words) =>
            Should.Throw<RefusedException>(() => new HtsimExport(other)).Message.ShouldContain(words);
        Refused(network.InPlanes(2), "2 planes");
        Refused(
            network.With([.. network.Links.Select((l, i) => i == 3 ? l with { Rate = DataRate.FromGbps(200) } : l)]),
            "rates of one tier"
        );
        int uplink = Enumerable.Range(0, network.Links.Count).First(i => !network.Links[i].A.IsHost);
        Refused(new(network.HostCount, network.Switches, [.. network.Links.Where((_, i) => i != uplink)]), "that differ");
        NetworkDescription star = new(
            2,
            [new(0, 0, SimTime.Zero)],
            [
                .. Enumerable
                    .Range(0, 2)
                    .Select(h => new LinkDescription(NodeId.Host(h), NodeId.Switch(0), DataRate.FromGbps(1), SimTime.FromNanoseconds(1))),
            ]
        );
        Refused(star, "one tier");
    }

    [Fact]
    public void Links_of_several_lengths_get_their_mean_and_a_note_says_so()
    {
        HtsimExport export = new(Designed.Network(16).Network);
        export.Notes.ShouldContain(n => n.Contains("gets their mean", StringComparison.Ordinal));
    }
}
