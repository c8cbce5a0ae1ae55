using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Engine;

public class LoadBalancingOrderTest
{
    private static readonly NetworkDescription Network = TestNetwork.Topology("ft128_100g.topo", 100);
    private static readonly TrafficDescription Traffic = TestNetwork.Matrix("perm128_2MB.cm", 128);

    private static double MedianMaximum(string kind, int paths = 128)
    {
        double[] maxima =
        [
            .. Enumerable
                .Range(1, 5)
                .Select(seed =>
                    TestNetwork.MaximumMicroseconds(
                        PacketSimulator.Run(
                            Network,
                            Traffic,
                            new SimulationOptions
                            {
                                LoadBalancing = kind,
                                Paths = paths,
                                Seed = (ulong)seed,
                            }
                        )
                    )
                ),
        ];
        return maxima.Order().ElementAt(2);
    }

    [Fact]
    public void Feedback_beats_oblivious_spraying_which_beats_one_path_by_far()
    {
        double mixed = MedianMaximum("mixed");
        double bitmap = MedianMaximum("bitmap");
        double oblivious = MedianMaximum("oblivious");
        double one = MedianMaximum("ecmp");
        mixed.ShouldBeLessThan(oblivious);
        bitmap.ShouldBeLessThan(oblivious);
        one.ShouldBeGreaterThan(2.5 * oblivious);
    }

    [Fact]
    public void Adaptive_switches_beat_oblivious_spraying_when_they_choose_by_packet_and_not_by_flow()
    {
        double adaptive = MedianMaximum("switch-ar");
        double byFlow = MedianMaximum("switch-ar-flow");
        adaptive.ShouldBeLessThan(MedianMaximum("oblivious"));
        byFlow.ShouldBeGreaterThan(2 * adaptive);
    }

    // E[largest of n balls in n bins]; hashing whole flows is that game.
    [Theory]
    [InlineData(16, 3.08)]
    [InlineData(32, 3.53)]
    [InlineData(64, 3.96)]
    public void Hashing_whole_flows_loads_the_worst_link_as_balls_fall_into_bins(int n, double expected)
    {
        NetworkDescription network = TestNetwork.LeafSpine(n, 2, n, 100);
        var flows = new List<FlowDescription>();
        for (int i = 0; i < n; i++)
        {
            flows.Add(Flow(i, n + i, 1));
        }
        double sum = 0;
        const int rounds = 400;
        for (int seed = 1; seed <= rounds; seed++)
        {
            SimulationResult result = PacketSimulator.Run(
                network,
                new TrafficDescription(flows),
                new SimulationOptions { LoadBalancing = "ecmp", Seed = (ulong)seed }
            );
            long most = result
                .Links.Where(l => l.Upwards && !network.Links[l.Link].A.IsHost && network.Links[l.Link].A.Index == 0)
                .Max(l => l.Bytes);
            sum += most / 65.0;
        }
        (sum / rounds).ShouldBe(expected, 0.15);
    }

    [Fact]
    public void One_salt_for_all_switches_polarises_traffic()
    {
        var options = new SimulationOptions { LoadBalancing = "ecmp", Seed = 3 };
        int Used(SimulationOptions o) =>
            PacketSimulator
                .Run(Network, Traffic, o)
                .Links.Count(l =>
                    l.Upwards
                    && !Network.Links[l.Link].A.IsHost
                    && Network.Switches[Network.Links[l.Link].A.Index].Tier == 1
                    && l.Bytes > 100_000
                );
        Used(options with { UnsaltedHash = true }).ShouldBeLessThan(Used(options) / 2);
    }

    [Fact]
    public void Degraded_core_links_hurt_those_who_do_not_look()
    {
        NetworkDescription network = TestNetwork.Topology("ft128_100g.topo", 100, degraded: 8);
        double Maximum(string kind) =>
            TestNetwork.MaximumMicroseconds(
                PacketSimulator.Run(
                    network,
                    Traffic,
                    new SimulationOptions
                    {
                        LoadBalancing = kind,
                        Paths = 128,
                        Seed = 13,
                    }
                )
            );
        double oblivious = Maximum("oblivious");
        Maximum("mixed").ShouldBeLessThan(0.8 * oblivious);
        Maximum("reps").ShouldBeLessThan(0.8 * oblivious);
    }
}
