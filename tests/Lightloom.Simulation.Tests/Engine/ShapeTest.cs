using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>Shapes of networks other than planes of leaves and spines, each with every engine and feature that it may meet.</summary>
public class ShapeTest
{
    private const long Rate = 200_000_000_000;

    /// <summary>A network of the shape, with 8 hosts.</summary>
    private static NetworkDescription Shape(string name)
    {
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        int Switch(int tier, int plane = 0)
        {
            switches.Add(new SwitchDescription(tier, plane, SimTime.FromNanoseconds(300), $"s{switches.Count}"));
            return switches.Count - 1;
        }
        void Host(int host, int leaf) =>
            links.Add(
                new LinkDescription(NodeId.Host(host), NodeId.Switch(leaf), DataRate.FromBitsPerSecond(Rate), SimTime.FromNanoseconds(500))
            );
        void Up(int lower, int upper) =>
            links.Add(
                new LinkDescription(
                    NodeId.Switch(lower),
                    NodeId.Switch(upper),
                    DataRate.FromBitsPerSecond(Rate),
                    SimTime.FromNanoseconds(700)
                )
            );
        int[] leaves;
        switch (name)
        {
            case "one leaf":
                int only = Switch(0);
                for (int h = 0; h < 8; h++)
                {
                    Host(h, only);
                }
                break;
            case "three tiers":
                leaves = [Switch(0), Switch(0), Switch(0), Switch(0)];
                int[] middle = [Switch(1), Switch(1), Switch(1), Switch(1)];
                int[] tops = [Switch(2), Switch(2), Switch(2), Switch(2)];
                for (int h = 0; h < 8; h++)
                {
                    Host(h, leaves[h / 2]);
                }
                for (int i = 0; i < 8; i++)
                {
                    Up(leaves[i / 2], middle[i / 4 * 2 + i % 2]);
                    Up(middle[i / 2], tops[i / 2 % 2 * 2 + i % 2]);
                }
                break;
            case "two ports on one plane":
            case "two ports on one leaf":
                leaves = [Switch(0), Switch(0), Switch(0), Switch(0)];
                int[] spines = [Switch(1), Switch(1), Switch(1)];
                for (int h = 0; h < 8; h++)
                {
                    int pair = h / 4 * 2;
                    Host(h, leaves[name.EndsWith("leaf", StringComparison.Ordinal) ? h / 2 : pair]);
                    Host(h, leaves[name.EndsWith("leaf", StringComparison.Ordinal) ? h / 2 : pair + 1]);
                }
                for (int i = 0; i < 12; i++)
                {
                    Up(leaves[i / 3], spines[i % 3]);
                }
                break;
            default:
                // Every host is on plane 0, the even ones on plane 1 too.
                leaves = [Switch(0), Switch(0), Switch(0, 1)];
                int spine = Switch(1);
                for (int h = 0; h < 8; h++)
                {
                    Host(h, leaves[h / 4]);
                    if (h % 2 == 0)
                    {
                        Host(h, leaves[2]);
                    }
                }
                Up(leaves[0], spine);
                Up(leaves[1], spine);
                break;
        }
        return new NetworkDescription(8, switches, links);
    }

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (
            string shape in (string[])["one leaf", "three tiers", "two ports on one plane", "two ports on one leaf", "some on two planes"]
        )
        {
            foreach (string feature in (string[])["packets", "per plane", "roce", "classes", "cells", "bursts"])
            {
                cases.Add(shape, feature);
            }
        }
        return cases;
    }

    private static SimulationOptions Options(string feature) =>
        feature switch
        {
            "per plane" => new() { CongestionState = CongestionState.PerPlane, PlanePolicy = PlanePolicy.WeightedEntropy },
            "roce" => new()
            {
                Transport = "roce",
                FlowControl = FlowControl.Pfc,
                LoadBalancing = "ecmp",
                PlanePolicy = PlanePolicy.Hash,
            },
            "classes" => new() { Classes = [new("a") { Strict = true }, new("b") { Lossless = true }], SharedBuffer = Bytes(4 << 20) },
            "cells" => new()
            {
                Transport = "roce",
                SelectiveRepeat = true,
                Cells = new() { Mode = CellMode.Cells },
            },
            "bursts" => new()
            {
                Transport = "roce",
                SelectiveRepeat = true,
                Cells = new(),
            },
            _ => new(),
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_feature_runs_on_every_shape_with_and_without_a_fault_on_any_number_of_threads(string shape, string feature)
    {
        NetworkDescription network = Shape(shape);
        SimulationOptions options = Options(feature);
        int[] hosts = [.. Enumerable.Range(0, 8)];
        foreach (string workload in (string[])["permutation", "all-to-all", "all-reduce", "incast"])
        {
            TrafficDescription traffic = Workload.Create(workload, hosts, Bytes(400_000), seed: 3);
            // The last link comes and goes: a host's in one leaf, a switch's elsewhere.
            foreach (
                IReadOnlyList<Fault> faults in (IReadOnlyList<Fault>[])
                    [
                        [],
                        [
                            new(Picoseconds(4_000_000), [network.Links.Count - 1], 0),
                            new(Picoseconds(20_000_000), [network.Links.Count - 1], 1),
                        ],
                        [new(Picoseconds(3_000_000), [0], 0), new(Picoseconds(300_000_000), [0], 1)],
                    ]
            )
            {
                string where = $"{workload}, {faults.Count} faults";
                SimulationResult one = PacketSimulator.Run(network, traffic, options with { Faults = faults });
                one.Unfinished.ShouldBe("", where);
                TestNetwork.ShouldBeConserved(one);
                one.Packets.InFlight.ShouldBe(0, where);
                one.Flows.ShouldAllBe(f => f.Finish > f.Start);
                SimulationResult three = PacketSimulator.Run(network, traffic, options with { Faults = faults, Threads = 3 });
                three.ResultHash.ShouldBe(one.ResultHash, where);
                three.Packets.ShouldBe(one.Packets, where);
                three.Links.ShouldBe(one.Links, where);
                if (options.Transport == "nscc")
                {
                    SimulationResult events = PacketSimulator.Run(network, traffic, options with { Faults = faults, EventByEvent = true });
                    events.ResultHash.ShouldBe(one.ResultHash, where);
                    events.Packets.ShouldBe(one.Packets, where);
                }
                if (options.Cells is null)
                {
                    SimulationResult fluid = Simulation.Fluid.FluidSimulator.Run(network, traffic, options with { Faults = faults });
                    fluid.Unfinished.ShouldBe("", where);
                }
            }
        }
    }
}
