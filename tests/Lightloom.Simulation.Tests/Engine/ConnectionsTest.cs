using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>
/// Hosts with several ports on one plane, which several cards are: a message is cut into one connection for each, so that all ports work
/// and no connection's packets overtake each other.
/// </summary>
public class ConnectionsTest
{
    private const double Gbps = 200;

    // One switch, hosts with so many ports each: what the ports cannot carry is all that can be in the way.
    private static NetworkDescription Star(params int[] ports)
    {
        List<LinkDescription> links = [];
        for (int h = 0; h < ports.Length; h++)
        {
            for (int p = 0; p < ports[h]; p++)
            {
                links.Add(new(NodeId.Host(h), NodeId.Switch(0), DataRate.FromGbps(Gbps), SimTime.FromNanoseconds(500)));
            }
        }
        return new(ports.Length, [new SwitchDescription(0, 0, SimTime.FromNanoseconds(600), "leaf")], links);
    }

    private static SimulationOptions With(string transport, bool cells = false, ulong seed = 1) =>
        new()
        {
            Transport = transport,
            LoadBalancing = transport == "roce" ? "ecmp" : "oblivious",
            PlanePolicy = transport == "roce" ? PlanePolicy.Stripe : PlanePolicy.ShortestQueue,
            FlowControl = transport == "roce" && !cells ? FlowControl.Pfc : FlowControl.None,
            Cells = cells ? new CellOptions { Mode = CellMode.Bursts } : null,
            Seed = seed,
        };

    // Payload, at the rate of so many ports.
    private static double Microseconds(long bytes, double ports) => bytes * 8 / (ports * Gbps * 1000);

    [Theory]
    [InlineData("nscc", false)]
    [InlineData("swift", false)]
    [InlineData("roce", false)]
    [InlineData("roce", true)]
    [InlineData("nscc", true)]
    public void A_message_uses_all_ports_of_both_hosts_and_nothing_is_sent_again(string transport, bool cells)
    {
        const long Bytes = 24_000_000;
        NetworkDescription network = TestNetwork.WithCards(TestNetwork.LeafSpine(8, 2, 16, Gbps), 3);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 16)], DataSize.FromBytes(Bytes), seed: 5);
        SimulationResult result = PacketSimulator.Run(network, traffic, With(transport, cells));
        result.Unfinished.ShouldBe("");
        TestNetwork.ShouldBeConserved(result);
        if (transport == "roce")
        {
            // Nothing overtakes, so go-back-N has nothing to go back for.
            result.Packets.Retransmitted.ShouldBe(0);
            result.Reordering.Share.ShouldBe(0);
        }
        if (transport != "roce" || cells)
        {
            // At least 85 % of the rate of all three ports; ECMP's paths meet.
            TestNetwork.MaximumMicroseconds(result).ShouldBeLessThan(Microseconds(Bytes, 3) / 0.85);
        }
        // Every port of every host has carried a third.
        foreach (LinkResult link in result.Links.Where(l => network.Links[l.Link].A.IsHost && l.Upwards))
        {
            ((double)link.Sent.Bytes).ShouldBeInRange(Bytes / 3, Bytes / 3 * 1.05);
        }
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public void There_are_as_many_connections_as_the_end_with_more_ports_has_and_its_fullest_port_sets_the_time(int from, int to)
    {
        const long Bytes = 12_000_000;
        SimulationResult result = PacketSimulator.Run(Star(from, to), TestNetwork.One(0, 1, Bytes), With("nscc"));
        int connections = Math.Max(from, to);
        int fullest = (connections + Math.Min(from, to) - 1) / Math.Min(from, to);
        double wire = Bytes * 4150.0 / 4086;
        TestNetwork
            .MaximumMicroseconds(result)
            .ShouldBe(
                Microseconds((long)wire, 1) * fullest / connections + 4,
                2.5 + 0.035 * Microseconds(Bytes, 1),
                "and the way there and back"
            );
        result.Flows.Count.ShouldBe(1);
        result.Flows[0].Packets.ShouldBe((Bytes + 4085) / 4086, "every connection has whole packets");
    }

    [Fact]
    public void A_message_of_one_packet_takes_one_port_and_messages_take_them_in_turn()
    {
        NetworkDescription network = Star(4, 4);
        TrafficDescription traffic = new([.. Enumerable.Range(0, 8).Select(_ => new FlowDescription(0, 1, DataSize.FromBytes(4086)))]);
        SimulationResult result = PacketSimulator.Run(network, traffic, With("nscc"));
        result.Packets.Sent.ShouldBe(8);
        result
            .Links.Where(l => l.Upwards && network.Links[l.Link].A == NodeId.Host(0))
            .Select(l => l.Sent.Bytes)
            .ShouldAllBe(bytes => bytes >= 2 * 4150 && bytes < 3 * 4150);
    }

    [Fact]
    public void What_waits_for_a_message_waits_for_all_of_its_connections()
    {
        // A second message that may start when the first has been received, and a third when the first is done.
        NetworkDescription network = Star(3, 3, 3);
        TrafficDescription traffic = new(
            [
                new FlowDescription(0, 1, DataSize.FromBytes(3_000_000), ReceivedTrigger: 0, DoneTrigger: 1),
                new FlowDescription(1, 2, DataSize.FromBytes(3_000_000), StartTrigger: 0),
                new FlowDescription(0, 2, DataSize.FromBytes(4086), StartTrigger: 1),
            ],
            [new TriggerDescription(TriggerKind.Oneshot), new TriggerDescription(TriggerKind.Oneshot)]
        );
        SimulationResult result = PacketSimulator.Run(network, traffic, With("nscc"));
        result.Unfinished.ShouldBe("");
        result.Flows[2].Start.ShouldBe(result.Flows[0].Finish);
        // Received a way back before it is acknowledged: half a microsecond of link twice and the switch.
        (result.Flows[0].Finish!.Value - result.Flows[1].Start!.Value).Picoseconds.ShouldBeInRange(1_600_000, 1_800_000);
    }

    [Theory]
    [InlineData("nscc")]
    [InlineData("swift")]
    [InlineData("roce")]
    public void A_port_that_dies_at_either_end_hands_its_connections_to_another(string transport)
    {
        const long Bytes = 24_000_000;
        NetworkDescription network = TestNetwork.WithCards(TestNetwork.LeafSpine(2, 2, 4, Gbps), 2);
        foreach (int host in new[] { 0, 3 })
        {
            int link = network.HostLinks()[host][1];
            SimulationResult result = PacketSimulator.Run(
                network,
                TestNetwork.One(0, 3, Bytes),
                With(transport) with
                {
                    Faults = [new Fault(SimTime.FromMicroseconds(100), [link], 0)],
                }
            );
            result.Unfinished.ShouldBe("", $"port of host {host}");
            TestNetwork.ShouldBeConserved(result);
            // From then on one port does the work of two.
            TestNetwork.MaximumMicroseconds(result).ShouldBeGreaterThan(Microseconds(Bytes, 2) * 1.5);
        }
    }

    // Host 0 has cards on leaves 0 and 1, host 5 on leaves 2 and 0 (LeafSpine with three leaves). Leaf 0 loses every uplink: its host ports
    // are up and lead nowhere, at the sender's end and, for the way back, at the receiver's.
    [Theory]
    [InlineData("nscc", false)]
    [InlineData("roce", false)]
    [InlineData("roce", true)]
    public void A_leaf_that_is_cut_off_hands_its_connections_to_the_next_card(string transport, bool cells)
    {
        const long Bytes = 24_000_000;
        NetworkDescription network = TestNetwork.WithCards(TestNetwork.LeafSpine(2, 3, 4, Gbps), 2);
        int[] uplinks =
        [
            .. Enumerable
                .Range(0, network.Links.Count)
                .Where(i =>
                    network.Links[i].A is { IsHost: false } lower && lower.Index == network.Links[network.HostLinks()[0][0]].Z.Index
                ),
        ];
        uplinks.Length.ShouldBe(4);
        SimulationResult result = PacketSimulator.Run(
            network,
            new TrafficDescription([Flow(0, 2, Bytes), Flow(0, 5, Bytes), Flow(3, 1, Bytes), Flow(1, 0, Bytes)]),
            With(transport, cells) with
            {
                Faults = [new Fault(SimTime.FromMicroseconds(100), uplinks, 0)],
            }
        );
        result.Unfinished.ShouldBe("");
        TestNetwork.ShouldBeConserved(result);
        // What was sent before everybody knew is lost, and nothing after that.
        result.Packets.Dropped.ShouldBeInRange(1, 4000);
    }

    [Fact]
    public void Over_split_cards_a_transport_that_needs_order_reaches_all_planes_by_striping_only()
    {
        const long Bytes = 8_000_000;
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 8, Gbps, planes: 2);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 8)], DataSize.FromBytes(Bytes), seed: 2);
        SimulationResult Run(PlanePolicy policy) =>
            PacketSimulator.Run(network, traffic, With("roce", cells: true) with { PlanePolicy = policy });
        SimulationResult striped = Run(PlanePolicy.Stripe),
            dealt = Run(PlanePolicy.ShortestQueue);
        striped.Packets.Retransmitted.ShouldBe(0);
        TestNetwork.MaximumMicroseconds(striped).ShouldBeLessThan(Microseconds(Bytes, 2) / 0.85);
        striped.Notes.ShouldContain(n => n.Contains("2 connections", StringComparison.Ordinal));
        dealt.Packets.Retransmitted.ShouldBeGreaterThan(1000);
        dealt.Notes.ShouldContain(n => n.Contains("plane policy stripe", StringComparison.Ordinal));
    }
}
