using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests.Transport;

/// <summary>The yardstick: closed forms of max-min fair rates, and that no transport finishes a run before it.</summary>
public class IdealTest
{
    private const double Gbps = 400;
    private static readonly SimulationOptions Ideal = new() { Transport = "ideal" };

    private static double LastUs(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        result.Unfinished.ShouldBe("");
        return TestNetwork.MaximumMicroseconds(result);
    }

    // Payload with its headers at line rate.
    private static double WireUs(double bytes) => bytes * 4150 / 4086 * 8 / (Gbps * 1000);

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(31)]
    public void N_to_one_takes_N_times_the_size_and_one_way_there_and_back(int senders)
    {
        const int Size = 1_000_000;
        NetworkDescription network = TestNetwork.LeafSpine(16, 2, 16, Gbps);
        TrafficDescription traffic = new([
            .. Enumerable.Range(1, senders).Select(s => new FlowDescription(s, 0, DataSize.FromBytes(Size))),
        ]);
        double alone = new Simulation.Measurement.ClosedForm(network, Ideal).Picoseconds(traffic.Flows[senders - 1]) / 1e6 - WireUs(Size);
        SimulationResult result = PacketSimulator.Run(network, traffic, Ideal);
        TestNetwork.MaximumMicroseconds(result).ShouldBe(senders * WireUs(Size) + alone, senders * WireUs(Size) * 0.003 + 1);
        (result.Packets.Trimmed + result.Packets.Dropped + result.Packets.Retransmitted).ShouldBe(0);
        // Everybody has had the same share.
        result.CompletionTimes()[0].Microseconds.ShouldBeGreaterThan(senders * WireUs(Size) * 0.99);
    }

    [Fact]
    public void A_permutation_takes_the_size_and_one_way_there_and_back()
    {
        const int Size = 4_000_000;
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 16, Gbps);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], DataSize.FromBytes(Size), seed: 4);
        double alone = new Simulation.Measurement.ClosedForm(network, Ideal).Picoseconds(traffic.Flows[0]) / 1e6;
        LastUs(network, traffic, Ideal)
            .ShouldBe(alone, 0.02 * alone, "half a per cent of acknowledgements, and packets that meet in switches");
    }

    [Fact]
    public void Two_flows_that_share_a_sender_and_one_that_shares_a_receiver_get_their_max_min_rates()
    {
        // 0 sends to 8 and 9, 1 sends to 9: two flows share host 0, two share host 9, so all have half of the rate and end together.
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 8, Gbps);
        TrafficDescription traffic = new([
            new FlowDescription(0, 8, DataSize.FromBytes(4_000_000)),
            new FlowDescription(0, 9, DataSize.FromBytes(4_000_000)),
            new FlowDescription(1, 9, DataSize.FromBytes(4_000_000)),
        ]);
        SimulationResult result = PacketSimulator.Run(network, traffic, Ideal);
        result.CompletionTimes().ShouldAllBe(t => t.Microseconds > 2 * WireUs(4_000_000) && t.Microseconds < 2 * WireUs(4_000_000) * 1.05);
    }

    // One message from each host to any other: a receiver is busy until the last of its messages has come, so max-min fair rates reach the
    // least time that any schedule can. They end a receiver's messages together, so that the one with the longest way is the last; who
    // happens to take that one first hides the rest of its way behind the others. Where all ways are equally long nobody can.
    [Theory]
    [InlineData(1, 12, 0)]
    [InlineData(4, 3, 2 * (2 * 0.5 + 2 * 0.3))]
    public void No_transport_ends_a_run_before_it(int hostsPerLeaf, int leaves, double longerWayUs)
    {
        NetworkDescription network = TestNetwork.LeafSpine(hostsPerLeaf, leaves, 8, Gbps);
        string[] others = ["nscc", "rccc", "nscc+rccc", "eqds", "swift", "dcqcn"];
        // Two more stores of a packet on the longer way, the card's acknowledgements, and a packet that was under way at each end.
        const double PacketUs = 4150 * 8e-3 / Gbps;
        for (int seed = 0; seed < 48; seed++)
        {
            Random random = new(seed);
            string other = others[seed % others.Length];
            DataSize size = DataSize.FromBytes(random.Next(50_000, 2_000_000));
            TrafficDescription traffic = new([
                .. Enumerable
                    .Range(0, 12)
                    .Select(from => (From: from, To: random.Next(11)))
                    .Select(p => new FlowDescription(p.From, p.To >= p.From ? p.To + 1 : p.To, size)),
            ]);
            SimulationOptions theirs = new()
            {
                Transport = other,
                FlowControl = other == "dcqcn" ? FlowControl.Pfc : FlowControl.None,
                Seed = (ulong)seed + 1,
            };
            LastUs(network, traffic, Ideal with { Seed = (ulong)seed + 1 })
                .ShouldBeLessThan(LastUs(network, traffic, theirs) * 1.005 + longerWayUs + 4 * PacketUs, $"{other}, seed {seed}, {size}");
        }
    }
}
