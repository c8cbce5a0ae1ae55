using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>What must hold of any network, any traffic and any settings: many random ones are tried.</summary>
public class PropertyTest
{
    private static (NetworkDescription Network, TrafficDescription Traffic, SimulationOptions Options) Case(int number)
    {
        var random = new Random(number);
        int perLeaf = random.Next(1, 6),
            leaves = random.Next(2, 5),
            spines = random.Next(1, 5),
            planes = random.Next(3) == 0 ? random.Next(2, 5) : 1;
        double[] rates = [100, 200, 400, 800, 1600, 53.125];
        NetworkDescription network = TestNetwork.LeafSpine(
            perLeaf,
            leaves,
            spines,
            rates[random.Next(rates.Length)],
            planes,
            random.Next(1, 2_000_000),
            random.Next(0, 1_000_000),
            rates[random.Next(rates.Length)]
        );
        network = random.Next(3) == 0 ? TestNetwork.WithCards(network, random.Next(2, 4), random.Next(2) == 0) : network;
        int hosts = network.HostCount;
        var flows = new List<FlowDescription>();
        int count = random.Next(1, 30);
        for (int i = 0; i < count; i++)
        {
            int from = random.Next(hosts);
            int to = random.Next(hosts - 1);
            flows.Add(Flow(from, to >= from ? to + 1 : to, 1 + (long)Math.Pow(10, random.NextDouble() * 6), random.Next(0, 20_000_000)));
        }
        string[] transports = [.. Transports.Words];
        string[] balancers = [.. LoadBalancings.Words];
        string transport = transports[random.Next(transports.Length)];
        var options = new SimulationOptions
        {
            Transport = transport,
            LoadBalancing = balancers[random.Next(balancers.Length)],
            PlanePolicy = (PlanePolicy)random.Next(7),
            CongestionState = Transports.Find(transport).WindowPerPlane ? (CongestionState)random.Next(2) : CongestionState.Global,
            Paths = 1 << random.Next(0, 8),
            Mtu = Bytes(random.Next(2) == 0 ? 4150 : random.Next(256, 9216)),
            Trim = random.Next(4) != 0,
            AckThreshold = Bytes(random.Next(1, 30_000)),
            FlowControl = Transports.Find(transport).FlowControl != FlowControl.None ? (FlowControl)random.Next(3) : FlowControl.None,
            SelectiveRepeat = random.Next(2) == 0,
            PacketErrorRate = random.Next(4) == 0 ? 0.01 : 0,
            LinkRetry = random.Next(2) == 0,
            CutThrough = random.Next(4) == 0,
            Seed = (ulong)number,
            End = Picoseconds(200_000_000_000),
        };
        return (network, new TrafficDescription(flows), options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Packets_are_conserved_links_keep_their_rate_and_flows_finish(int block)
    {
        for (int number = block * 100; number < (block + 1) * 100; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            SimulationResult result = PacketSimulator.Run(network, traffic, options);
            TestNetwork.ShouldBeConserved(result);
            result.Unfinished.ShouldBe("", $"case {number}: {options}");
            result.Packets.InFlight.ShouldBe(0, $"case {number}");
            if (options.FlowControl != FlowControl.None)
            {
                result.Packets.DroppedQueueFull.ShouldBe(0, $"case {number}: a lossless class dropped");
            }
            TestNetwork.ShouldKeepToRates(network, traffic, result, $"case {number}");
        }
    }

    [Fact]
    public void Threads_change_nothing_that_a_user_can_see()
    {
        for (int number = 1000; number < 1080; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            SimulationResult one = PacketSimulator.Run(network, traffic, options);
            foreach (int threads in new[] { 2, 3, 4 })
            {
                SimulationResult many = PacketSimulator.Run(network, traffic, options with { Threads = threads });
                many.ResultHash.ShouldBe(one.ResultHash, $"case {number}: {options}");
                many.Packets.ShouldBe(one.Packets, $"case {number}");
                many.PacketHops.ShouldBe(one.PacketHops, $"case {number}");
                many.Events.ShouldBe(one.Events, $"case {number}");
                many.SimulatedPicoseconds.ShouldBe(one.SimulatedPicoseconds, $"case {number}");
                many.Links.ShouldBe(one.Links, $"case {number}");
            }
        }
    }

    // Two schedules for one model. Transports that pace are left out: from event to event their cards are asked when somebody next looks,
    // in windows at the end of each service.
    [Fact]
    public void Windows_and_single_events_come_to_the_same()
    {
        int compared = 0;
        for (int number = 3000; number < 3120; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            if (!Transports.IsUet(Transports.Find(options.Transport)) || options.CutThrough)
            {
                continue;
            }
            SimulationResult windows = PacketSimulator.Run(network, traffic, options);
            SimulationResult events = PacketSimulator.Run(network, traffic, options with { EventByEvent = true });
            windows.ResultHash.ShouldBe(events.ResultHash, $"case {number}: {options}");
            windows.Packets.ShouldBe(events.Packets, $"case {number}");
            windows.PacketHops.ShouldBe(events.PacketHops, $"case {number}");
            windows.SimulatedPicoseconds.ShouldBe(events.SimulatedPicoseconds, $"case {number}");
            windows.LatencyPicoseconds.ShouldBe(events.LatencyPicoseconds, $"case {number}");
            windows.Queue.ShouldBe(events.Queue, $"case {number}");
            windows.Links.ShouldBe(events.Links, $"case {number}");
            compared++;
        }
        compared.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_seed_another()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], Bytes(500_000), seed: 2);
        string Hash(ulong seed) => PacketSimulator.Run(network, traffic, new SimulationOptions { Seed = seed }).ResultHash;
        Hash(1).ShouldBe(Hash(1));
        Hash(1).ShouldNotBe(Hash(2));
    }

    [Fact]
    public void A_run_that_is_cut_short_accounts_for_every_packet()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], Bytes(5_000_000), seed: 2);
        foreach (int threads in new[] { 1, 2 })
        {
            SimulationResult result = PacketSimulator.Run(
                network,
                traffic,
                new SimulationOptions { End = Picoseconds(50_000_000), Threads = threads }
            );
            TestNetwork.ShouldBeConserved(result);
            result.Packets.InFlight.ShouldBeGreaterThan(0);
            result.Unfinished.ShouldContain("the end that was asked for");
        }
    }
}
