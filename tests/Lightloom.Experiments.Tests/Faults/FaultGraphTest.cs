using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests.Faults;

public class FaultGraphTest
{
    [Fact]
    public void OneOfFourPlanesLeavesThreeQuarters()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of(planes: 4);
        GraphOutcome outcome = new FaultGraph(network).Examine(inventory.First(FaultClass.Plane));
        outcome.HostsLeft.ShouldBe(0.75);
        outcome.WorstHostLeft.ShouldBe(0.75);
        outcome.BisectionLeft.ShouldBe(0.75);
        outcome.CutOff.ShouldBe(0);
        outcome.PartlyCutOff.ShouldBe(0);
    }

    [Fact]
    public void OneOfEightPortsLeavesItsHostSevenEighths()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of(planes: 8);
        GraphOutcome outcome = new FaultGraph(network).Examine(inventory.First(FaultClass.NicPort));
        outcome.WorstHostLeft.ShouldBe(7.0 / 8);
        outcome.HostsLeft.ShouldBe(1 - 1.0 / (64 * 8), 1e-12);
        outcome.CutOff.ShouldBe(0);
    }

    [Fact]
    public void ALeafOfSingleHomedHostsCutsOffExactlyItsHosts()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of();
        FaultGraph graph = new(network);
        foreach (FaultComponent leaf in inventory.Of(new(FaultClass.Leaf)))
        {
            GraphOutcome outcome = graph.Examine(FaultScenario.Of(inventory, leaf));
            Enumerable.Range(0, 64).Where(h => outcome.HostCutOff[h]).ShouldBe(SmallFabric.HostsOf(network.Network, leaf.Id));
            outcome.CutOff.ShouldBe(8);
            outcome.PartlyCutOff.ShouldBe(0);
        }
    }

    [Fact]
    public void ASpineOfNLeavesOneLessOneNth()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of();
        int spines = inventory.Of(new(FaultClass.Spine)).Count;
        spines.ShouldBe(4);
        GraphOutcome outcome = new FaultGraph(network).Examine(inventory.First(FaultClass.Spine));
        outcome.FabricLeft.ShouldBe(1 - 1.0 / spines, 1e-12);
        outcome.BisectionLeft.ShouldBe(1 - 1.0 / spines, 1e-12);
        outcome.HostsLeft.ShouldBe(1);
        outcome.CutOff.ShouldBe(0);
    }

    [Fact]
    public void TheSoundBisectionOfAFullClosIsHalfOfItsHosts()
    {
        (_, DesignedNetwork network, _) = SmallFabric.Of();
        new FaultGraph(network).SoundBisection.BitsPerSecond.ShouldBe(32 * 800_000_000_000L);
    }

    [Fact]
    public void ALeafWithoutUplinksIsCutOffAlthoughItsHostsReachEachOther()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of();
        int leaf = inventory.Of(new(FaultClass.Leaf))[2].Id;
        int[] uplinks =
        [
            .. Enumerable
                .Range(0, network.Network.Links.Count)
                .Where(l => !network.Network.Links[l].A.IsHost && network.Network.Links[l].A.Index == leaf),
        ];
        GraphOutcome outcome = new FaultGraph(network).Examine(new("uplinks", "", [], [new Fault(SimTime.Zero, uplinks, 0)]));
        outcome.CutOff.ShouldBe(8);
        outcome.WorstLeafLeft.ShouldBe(0);
    }

    [Fact]
    public void OfTwoPodsTheOneThatIsLeftIsNotCutOff()
    {
        ClusterDesign design = Cluster.Read(
            """
            lightloom: 1
            name: pods
            pools: [{name: train, node: my-node, nodes: 8}]
            backend: {planes: 2, plane_layout: pods, plane_xpus: 16, switch: my-switch}
            catalog:
              nodes:
                my-node: {xpus: 4, backend: {nics: 4, rate_gbps: 400}, power_w: 10200, rack_units: 8}
              switches:
                my-switch: {cages: 8, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 1, power_w: 500}
            """
        );
        DesignedNetwork network = new(design);
        GraphOutcome outcome = new FaultGraph(network).Examine(new FaultInventory(design, network).First(FaultClass.Plane));
        outcome.CutOff.ShouldBe(16);
        outcome.PartlyCutOff.ShouldBe(0);
        outcome.WorstHostLeft.ShouldBe(1);
    }

    [Fact]
    public void NodesWithAPortOnEachOfTwoLeavesHaveABisection()
    {
        ClusterDesign design = Cluster.Design("frontend: {homing: dual}");
        DesignedNetwork network = new(design, FabricRole.Frontend);
        FaultGraph graph = new(network);
        graph.SoundBisection.BitsPerSecond.ShouldBeGreaterThan(0);
        graph.Examine(new FaultInventory(design, network).First(FaultClass.Leaf)).BisectionLeft.ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void ALinkThatOnlySlowsCutsNobodyOff()
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of();
        FaultScenario slow = new("slow", "", [], [new Fault(SimTime.Zero, inventory.Of(new(FaultClass.NicPort))[5].Links, 0.25)]);
        GraphOutcome outcome = new FaultGraph(network).Examine(slow);
        outcome.CutOff.ShouldBe(0);
        outcome.WorstHostLeft.ShouldBe(0.25);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ReachabilityIsThatOfASearchFromEveryHost(int planes)
    {
        (_, DesignedNetwork network, _) = SmallFabric.Of(planes);
        FaultGraph graph = new(network);
        Random random = new(7);
        int seen = 0;
        for (int trial = 0; trial < 30; trial++)
        {
            double hosts = random.NextDouble() * 0.3,
                fabric = 0.5 + random.NextDouble() * 0.45;
            int[] dead =
            [
                .. Enumerable
                    .Range(0, network.Network.Links.Count)
                    .Where(l => random.NextDouble() < (network.Network.Links[l].A.IsHost ? hosts : fabric)),
            ];
            GraphOutcome outcome = graph.Examine(new("random", "", [], [new Fault(SimTime.Zero, dead, 0)]));
            bool[][] reach = Search(network.Network, [.. dead]);
            bool[] cut = [.. reach.Select(r => r.Count(x => x) is var n && (n == 0 || 2 * (n + 1) < 64))];
            outcome.HostCutOff.ShouldBe(cut);
            outcome.PartlyCutOff.ShouldBe(
                Enumerable.Range(0, 64).Count(h => !cut[h] && Enumerable.Range(0, 64).Any(o => o != h && !cut[o] && !reach[h][o]))
            );
            seen += outcome.PartlyCutOff > 0 ? 1 : 0;
        }

        seen.ShouldBeGreaterThan(0);
    }

    // Up first, then down, never up again.
    private static bool[][] Search(NetworkDescription network, HashSet<int> dead)
    {
        var result = new bool[network.HostCount][];
        for (int from = 0; from < network.HostCount; from++)
        {
            result[from] = new bool[network.HostCount];
            var seen = new HashSet<(NodeId Node, bool Down)>();
            var open = new Stack<(NodeId Node, bool Down)>([(NodeId.Host(from), false)]);
            while (open.TryPop(out (NodeId Node, bool Down) at))
            {
                if (!seen.Add(at))
                {
                    continue;
                }

                for (int i = 0; i < network.Links.Count; i++)
                {
                    LinkDescription link = network.Links[i];
                    if (dead.Contains(i))
                    {
                        continue;
                    }

                    if (link.A.Equals(at.Node) && !at.Down)
                    {
                        open.Push((link.Z, false));
                    }
                    else if (link.Z.Equals(at.Node) && link.A.IsHost)
                    {
                        result[from][link.A.Index] |= link.A.Index != from;
                    }
                    else if (link.Z.Equals(at.Node))
                    {
                        open.Push((link.A, true));
                    }
                }
            }
        }

        return result;
    }

    [Fact]
    public void TheMostThatFlowsIsTheLeastThatCuts()
    {
        Random random = new(11);
        for (int trial = 0; trial < 50; trial++)
        {
            const int nodes = 7;
            var capacity = new long[nodes, nodes];
            MaximumFlow flow = new(nodes);
            for (int a = 0; a < nodes; a++)
            {
                for (int b = 0; b < nodes; b++)
                {
                    if (a != b && random.NextDouble() < 0.5)
                    {
                        flow.Add(a, b, capacity[a, b] = random.Next(1, 20));
                    }
                }
            }

            long least = long.MaxValue;
            for (int side = 0; side < 1 << nodes; side++)
            {
                if ((side & 1) != 0 && (side >> (nodes - 1) & 1) == 0)
                {
                    long cut = 0;
                    for (int a = 0; a < nodes; a++)
                    {
                        for (int b = 0; b < nodes; b++)
                        {
                            cut += (side >> a & 1) != 0 && (side >> b & 1) == 0 ? capacity[a, b] : 0;
                        }
                    }

                    least = Math.Min(least, cut);
                }
            }

            flow.Between(0, nodes - 1).ShouldBe(least);
        }
    }
}
