using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Switching;

/// <summary>Routes on any graph, held against up-and-down routes where both apply and against counts by hand where only they do.</summary>
public unsafe class RouteTablesTest
{
    private const long Rate = 100_000_000_000;

    // Ports by switch and leaf. Link i has port 2i at its A end and port 2i + 1 at its Z end.
    private static int[] PortsOf(NetworkDescription network, bool[]? dead, out Func<int, int, int[]> to)
    {
        int[] up = [.. Enumerable.Range(0, network.Links.Count).Select(i => 2 * i)];
        int[] down = [.. up.Select(p => p + 1)];
        SwitchState[] states = new SwitchState[network.Switches.Count];
        var sets = new Dictionary<(int Switch, int Leaf), int[]>();
        int[] leaves = [.. network.Links.Where(l => l.A.IsHost).Select(l => l.Z.Index).Distinct().Order()];
        fixed (SwitchState* at = states)
        {
            using RouteTables tables = new(network, at, up, down, dead, shuffle: true, seed: 7);
            for (int s = 0; s < states.Length; s++)
            {
                foreach (int leaf in leaves.Where(l => l != s))
                {
                    uint place = (uint)(leaf - states[s].FirstLeaf);
                    int route = place < states[s].LeafCount ? tables.Table[states[s].TableBase + (int)place] : states[s].DefaultRoute;
                    sets[(s, leaf)] =
                        route == SwitchState.NoRoute ? []
                        : route >= 0 ? [route]
                        :
                        [
                            .. Enumerable
                                .Range(tables.Groups[~route].First, tables.Groups[~route].Count)
                                .Select(i => tables.GroupPorts[i])
                                .Order(),
                        ];
                }
            }
        }
        to = (s, leaf) => sets[(s, leaf)];
        return leaves;
    }

    private static NetworkDescription Shortest(NetworkDescription network) =>
        new(network.HostCount, network.Switches, network.Links) { Routes = RouteRule.ShortestPaths };

    // Only where packets come: from the leaves on. A spine of a plane that no leaf of it sends to is never asked.
    private static void ShouldRouteAlike(NetworkDescription network, bool[]? dead)
    {
        int[] leaves = PortsOf(network, dead, out Func<int, int, int[]> upDown);
        PortsOf(Shortest(network), dead, out Func<int, int, int[]> shortest);
        int compared = 0;
        foreach (int to in leaves)
        {
            var seen = new HashSet<int>();
            var queue = new Queue<int>(leaves.Where(l => l != to && network.Switches[l].Plane == network.Switches[to].Plane));
            while (queue.TryDequeue(out int s))
            {
                if (s == to || !seen.Add(s))
                {
                    continue;
                }
                shortest(s, to).ShouldBe(upDown(s, to), $"{network.Switches[s].Name} to {network.Switches[to].Name}");
                compared++;
                foreach (int port in shortest(s, to))
                {
                    LinkDescription link = network.Links[port / 2];
                    queue.Enqueue(port % 2 == 0 ? link.Z.Index : link.A.Index);
                }
            }
        }
        compared.ShouldBeGreaterThan(leaves.Length);
    }

    [Theory]
    [InlineData(4, 4, 4, 1)]
    [InlineData(2, 7, 3, 1)]
    [InlineData(3, 5, 6, 4)]
    [InlineData(8, 1, 1, 1)]
    public void Shortest_paths_are_the_up_and_down_paths_of_two_tiers(int hosts, int leaves, int spines, int planes)
    {
        NetworkDescription network = TestNetwork.LeafSpine(hosts, leaves, spines, planes: planes);
        if (leaves > 1)
        {
            ShouldRouteAlike(network, null);
        }
    }

    [Fact]
    public void Shortest_paths_are_the_up_and_down_paths_of_a_three_tier_fat_tree()
    {
        // Four pods of two leaves and two spines; spine i of every pod on the same two super-spines.
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int i = 0; i < 8; i++)
        {
            switches.Add(new(0, 0, SimTime.FromNanoseconds(1), $"leaf-{i}"));
        }
        for (int i = 0; i < 8; i++)
        {
            switches.Add(new(1, 0, SimTime.FromNanoseconds(1), $"spine-{i}"));
        }
        for (int i = 0; i < 4; i++)
        {
            switches.Add(new(2, 0, SimTime.FromNanoseconds(1), $"super-{i}"));
        }
        for (int h = 0; h < 16; h++)
        {
            links.Add(new(NodeId.Host(h), NodeId.Switch(h / 2), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(1)));
        }
        for (int leaf = 0; leaf < 8; leaf++)
        {
            links.Add(
                new(NodeId.Switch(leaf), NodeId.Switch(8 + leaf / 2 * 2), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(1))
            );
            links.Add(
                new(NodeId.Switch(leaf), NodeId.Switch(8 + leaf / 2 * 2 + 1), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(1))
            );
        }
        for (int spine = 0; spine < 8; spine++)
        {
            links.Add(
                new(
                    NodeId.Switch(8 + spine),
                    NodeId.Switch(16 + spine % 2 * 2),
                    DataRate.FromBitsPerSecond(Rate),
                    SimTime.FromNanoseconds(1)
                )
            );
            links.Add(
                new(
                    NodeId.Switch(8 + spine),
                    NodeId.Switch(16 + spine % 2 * 2 + 1),
                    DataRate.FromBitsPerSecond(Rate),
                    SimTime.FromNanoseconds(1)
                )
            );
        }
        NetworkDescription network = new(16, switches, links);
        ShouldRouteAlike(network, null);
        Shortest(network).Diameter().ShouldBe(network.Diameter());
        Shortest(network).DiameterLatencyPicoseconds().ShouldBe(network.DiameterLatencyPicoseconds());
    }

    [Fact]
    public void Dead_links_are_left_out_of_both_alike()
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 5, 4);
        var dead = new bool[network.Links.Count];
        int first = Enumerable.Range(0, dead.Length).First(i => !network.Links[i].A.IsHost);
        dead[first] = dead[first + 6] = true;
        ShouldRouteAlike(network, dead);
    }

    private static NetworkDescription Torus(int side, int hostsPerSwitch)
    {
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int s = 0; s < side * side; s++)
        {
            switches.Add(new(0, 0, SimTime.FromNanoseconds(300), $"{s % side},{s / side}"));
        }
        for (int h = 0; h < side * side * hostsPerSwitch; h++)
        {
            links.Add(
                new(NodeId.Host(h), NodeId.Switch(h / hostsPerSwitch), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(500))
            );
        }
        for (int s = 0; s < side * side; s++)
        {
            int x = s % side;
            int y = s / side;
            links.Add(
                new(
                    NodeId.Switch(s),
                    NodeId.Switch(y * side + (x + 1) % side),
                    DataRate.FromBitsPerSecond(Rate),
                    SimTime.FromNanoseconds(500)
                )
            );
            links.Add(
                new(
                    NodeId.Switch(s),
                    NodeId.Switch((y + 1) % side * side + x),
                    DataRate.FromBitsPerSecond(Rate),
                    SimTime.FromNanoseconds(500)
                )
            );
        }
        return new(side * side * hostsPerSwitch, switches, links) { Routes = RouteRule.ShortestPaths };
    }

    // By hand, on a 5 x 5 torus from the corner: one port for each direction in which the target is nearer, each way round at most 2 links.
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 3, 2)]
    public void A_torus_of_odd_side_has_a_port_for_each_direction_that_leads_nearer(int x, int y, int ports)
    {
        PortsOf(Torus(5, 1), null, out Func<int, int, int[]> to);
        to(0, y * 5 + x).Length.ShouldBe(ports);
    }

    [Fact]
    public void A_torus_of_even_side_goes_both_ways_round_to_the_far_corner_and_its_diameter_is_the_side()
    {
        NetworkDescription torus = Torus(4, 1);
        PortsOf(torus, null, out Func<int, int, int[]> to);
        to(0, 2 * 4 + 2).Length.ShouldBe(4);
        torus.Diameter().ShouldBe(4 + 2);
    }

    [Fact]
    public void A_packet_crosses_a_torus_in_the_time_of_its_links_and_switches()
    {
        // From the corner to the far corner of 4 x 4: two host links, four between switches, five switches, and back for the
        // acknowledgement. 64 bytes of data travel in a frame of 128, the acknowledgement in one of 64; a byte takes 80 ps, six times.
        NetworkDescription torus = Torus(4, 1);
        SimulationOptions options = new();
        SimulationResult result = PacketSimulator.Run(torus, TestNetwork.One(0, 10, 64), options);
        const long OneWay = 6 * 500_000 + 5 * 300_000;
        long took = result.Flows[0].FinishPicoseconds;
        took.ShouldBe(2 * OneWay + 6 * (128 + 64) * 80);
        Math.Abs(FluidSimulator.Run(torus, TestNetwork.One(0, 10, 64), options).Flows[0].FinishPicoseconds - took).ShouldBeLessThan(100);
    }

    // Every pair has a link of its own, so only the hosts' own links bind: n - 1 messages through one port.
    [Fact]
    public void All_to_all_on_a_full_mesh_is_bound_by_the_hosts_alone()
    {
        const int Leaves = 6;
        const long Size = 2_000_000;
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int s = 0; s < Leaves; s++)
        {
            switches.Add(new(0, 0, SimTime.FromNanoseconds(300), $"leaf-{s}"));
            links.Add(new(NodeId.Host(s), NodeId.Switch(s), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(500)));
        }
        for (int a = 0; a < Leaves; a++)
        {
            for (int z = a + 1; z < Leaves; z++)
            {
                links.Add(new(NodeId.Switch(a), NodeId.Switch(z), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(500)));
            }
        }
        NetworkDescription mesh = new(Leaves, switches, links) { Routes = RouteRule.ShortestPaths };
        List<FlowDescription> flows = [];
        for (int a = 0; a < Leaves; a++)
        {
            for (int z = 0; z < Leaves; z++)
            {
                if (a != z)
                {
                    flows.Add(new(a, z, Bytes(Size)));
                }
            }
        }
        double seconds = (Leaves - 1) * Size * 4150.0 / 4086 * 8 / Rate;
        double fluid = FluidSimulator.Run(mesh, new TrafficDescription(flows), new()).Flows.Max(f => f.FinishPicoseconds) * 1e-12;
        fluid.ShouldBe(seconds, 0.02 * seconds);
        double packets = PacketSimulator.Run(mesh, new TrafficDescription(flows), new()).Flows.Max(f => f.FinishPicoseconds) * 1e-12;
        packets.ShouldBeInRange(seconds * 0.99, seconds * 1.15);
    }
}
