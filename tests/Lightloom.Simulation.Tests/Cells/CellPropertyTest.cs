using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>What must hold of any cell fabric, any traffic and any settings: many random ones are tried.</summary>
public class CellPropertyTest
{
    private static (NetworkDescription Network, TrafficDescription Traffic, SimulationOptions Options) Case(int number)
    {
        var random = new Random(number);
        int perLeaf = random.Next(1, 6),
            leaves = random.Next(2, 5),
            spines = random.Next(1, 7),
            planes = random.Next(4) == 0 ? 2 : 1;
        double[] rates = [100, 400, 800, 53.125];
        double rate = rates[random.Next(rates.Length)];
        NetworkDescription network = TestNetwork.LeafSpine(
            perLeaf,
            leaves,
            spines,
            rate,
            planes,
            random.Next(1, 2_000_000),
            random.Next(0, 1_000_000),
            rate * (0.5 + random.NextDouble())
        );
        network = random.Next(3) == 0 ? TestNetwork.WithCards(network, random.Next(2, 4), random.Next(2) == 0) : network;
        int hosts = network.HostCount;
        var flows = new List<FlowDescription>();
        int count = random.Next(1, 25);
        for (int i = 0; i < count; i++)
        {
            int from = random.Next(hosts);
            int to = random.Next(hosts - 1);
            flows.Add(Flow(from, to >= from ? to + 1 : to, 1 + (long)Math.Pow(10, random.NextDouble() * 5.5), random.Next(0, 20_000_000)));
        }
        string[] transports = [.. Transports.Words];
        var options = new SimulationOptions
        {
            Transport = transports[random.Next(transports.Length)],
            PlanePolicy = (PlanePolicy)(random.Next(4) is 3 ? (int)PlanePolicy.Stripe : random.Next(3)),
            Mtu = Bytes(random.Next(2) == 0 ? 4150 : random.Next(256, 9216)),
            AckThreshold = Bytes(random.Next(1, 30_000)),
            SelectiveRepeat = random.Next(2) == 0,
            FrameGap = Bytes(random.Next(2) * 20),
            Seed = (ulong)number,
            End = Picoseconds(400_000_000_000),
            Cells = new CellOptions
            {
                Mode = (CellMode)random.Next(2),
                Credit = Bytes(random.Next(512, 8192)),
                Hungry = (HungryPolicy)random.Next(3),
                HungryBalance = Bytes(random.Next(0, 20_000)),
                CreditSpeedup = 1 + random.NextDouble() * 0.1,
                Share = (CreditShare)random.Next(2),
                SlicePorts = random.Next(0, 4) is > 0 and var ports ? ports : null,
                CellPayload = Bytes(random.Next(2) == 0 ? 256 : 128),
                CellHeader = Bytes(random.Next(9, 13)),
                Spray = (SprayOrder)random.Next(2),
                Sram = Bytes(random.Next(3) == 0 ? 100_000 : 32 << 20),
                VoqLimit = BytesIfAny(random.Next(3) == 0 ? random.Next(20_000, 200_000) : 0),
                EgressFlowControl = random.Next(3) != 0,
                CongestionCells = random.Next(3) == 0 ? 0 : random.Next(5, 100),
                InputBalanced = random.Next(2) == 0,
            },
        };
        return (network, new TrafficDescription(flows), options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_is_lost_links_keep_their_rate_and_flows_finish(int block)
    {
        for (int number = block * 60; number < (block + 1) * 60; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            SimulationResult result = PacketSimulator.Run(network, traffic, options);
            TestNetwork.ShouldBeConserved(result);
            result.Unfinished.ShouldBe("", $"case {number}: {options}");
            result.Packets.InFlight.ShouldBe(0, $"case {number}");
            result.Packets.Dropped.ShouldBe(0, $"case {number}: {result.Packets}");
            result.Packets.Trimmed.ShouldBe(0, $"case {number}");
            result.Reordering.Maximum.ShouldBeLessThanOrEqualTo(
                network.PlaneCount == 1 && result.Packets.Retransmitted == 0 ? 0 : long.MaxValue,
                $"case {number}: order inside a queue was not kept"
            );
            TestNetwork.ShouldKeepToRates(network, traffic, result, $"case {number}");
            CellResult cells = result.Cells!;
            // Cells cross two links in a fabric of two tiers, and no byte of a packet is missing in them.
            cells.CellHops.ShouldBe(2 * cells.Cells, $"case {number}");
            long fabric = result.Links.Where(l => !network.Links[l.Link].A.IsHost).Sum(l => l.Bytes);
            long header = options.Cells!.CellHeaderBytes;
            if (options.Cells.Mode == CellMode.Cells)
            {
                long payload = fabric / 2 - cells.Cells * header;
                fabric.ShouldBe(2 * (payload + cells.Cells * header), $"case {number}");
                payload.ShouldBeLessThanOrEqualTo(
                    result.Links.Where(l => network.Links[l.Link].A.IsHost && l.Upwards).Sum(l => l.Bytes),
                    $"case {number}"
                );
            }
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_result_whatever_the_threads()
    {
        for (int number = 300; number < 320; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            SimulationResult one = PacketSimulator.Run(network, traffic, options);
            SimulationResult many = PacketSimulator.Run(network, traffic, options with { Threads = 3 });
            many.ResultHash.ShouldBe(one.ResultHash, $"case {number}");
            many.Events.ShouldBe(one.Events);
            many.Links.ShouldBe(one.Links);
            many.Cells.ShouldBe(one.Cells);
        }
    }

    [Fact]
    public void Faults_lose_packets_but_never_the_count_of_them()
    {
        for (int number = 400; number < 460; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            var random = new Random(number * 7);
            var faults = new List<Fault>();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                long at = random.Next(0, 40_000_000);
                IReadOnlyList<int> links = [random.Next(network.Links.Count)];
                faults.Add(new Fault(Picoseconds(at), links, random.Next(3) == 0 ? 0.3 : 0));
                faults.Add(new Fault(Picoseconds(at + random.Next(1, 100_000_000)), links, 1));
            }
            faults.Sort((a, b) => a.Time.CompareTo(b.Time));
            options = options with
            {
                Faults = faults,
                Detection = Picoseconds(random.Next(0, 20_000_000)),
                Cells = options.Cells! with { VoqFull = (VoqFullAction)random.Next(2) },
            };
            SimulationResult result = PacketSimulator.Run(network, traffic, options);
            TestNetwork.ShouldBeConserved(result);
            result.Unfinished.ShouldBe("", $"case {number}: {options}");
            result.Packets.InFlight.ShouldBe(0, $"case {number}");
            PacketSimulator.Run(network, traffic, options).ResultHash.ShouldBe(result.ResultHash, $"case {number}");
        }
    }

    [Fact]
    public void A_run_that_is_cut_short_accounts_for_every_packet()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], Bytes(3_000_000), seed: 2);
        foreach (CellMode mode in Enum.GetValues<CellMode>())
        {
            SimulationResult result = PacketSimulator.Run(
                network,
                traffic,
                new SimulationOptions
                {
                    End = Picoseconds(50_000_000),
                    Cells = new CellOptions { Mode = mode },
                }
            );
            TestNetwork.ShouldBeConserved(result);
            result.Packets.InFlight.ShouldBeGreaterThan(0);
            result.Unfinished.ShouldContain("the end that was asked for");
        }
    }
}
