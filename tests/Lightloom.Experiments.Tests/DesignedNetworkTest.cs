using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests;

public class DesignedNetworkTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void EveryLinkOfTheDesignIsALinkOfTheSimulationAndBack(int planes)
    {
        ClusterDesign design = Cluster.Design($"backend: {{planes: {planes}}}");
        DesignedNetwork designed = new(design);

        designed.Network.HostCount.ShouldBe(64);
        designed.HostOfXpu.ShouldBe(Enumerable.Range(0, 64));
        designed.Network.Links.Count.ShouldBe(designed.Fabric.LinkClasses.Sum(c => c.Links.Length));
        foreach (int link in Enumerable.Range(0, designed.Network.Links.Count))
        {
            (LinkClass c, int i) = designed.OriginOf(link);
            designed.LinkOf(c.Index, i).ShouldBe(link);
            LinkDescription simulated = designed.Network.Links[link];
            simulated.Rate.BitsPerSecond.ShouldBe(c.Rate.BitsPerSecond);
            designed.DeviceOfSwitch[simulated.Z.Index].ShouldBe(c.Links[i].Z);
            if (c.From == Tier.Host)
            {
                designed.NodeOfHost[simulated.A.Index].ShouldBe(c.Links[i].A);
                designed.RailOfHost[simulated.A.Index].ShouldBe(c.Links[i].Rail);
            }
        }

        // A host's k-th link leads to plane k.
        foreach (int[] ports in designed.Network.HostLinks())
        {
            ports.Select(l => designed.Network.Switches[designed.Network.Links[l].Z.Index].Plane).ShouldBe(Enumerable.Range(0, planes));
        }
    }

    [Fact]
    public void AnUnloadedPacketTakesTheBudgetedLatencyWithoutTheCardsPlusItsSerialisation()
    {
        ClusterDesign design = Cluster.Design("backend: {planes: 1}");
        DesignedNetwork designed = new(design);
        LatencyBudget budget = design.LatencyOf(FabricRole.Backend)!;
        foreach ((int from, int to, LatencyPath least, LatencyPath most) in new[] { (0, 63, budget.Shortest, budget.Longest) })
        {
            var traffic = new TrafficDescription([new FlowDescription(from, to, DataSize.FromBytes(1000))]);
            SimulationResult result = PacketSimulator.Run(designed.Network, traffic, new SimulationOptions());
            long latency = result.Latency.Maximum.Picoseconds;
            long serialisation = 4 * (1064 * 8 * 1000 / 800);
            long cards = 2 * designed.CardLatency.Picoseconds;
            latency.ShouldBeGreaterThanOrEqualTo(least.Total.Picoseconds - cards);
            // Lengths are rounded to a decimetre, the engine's clock of packets to 1,024 ps.
            latency.ShouldBeLessThanOrEqualTo(most.Total.Picoseconds - cards + serialisation + 4000);
        }
    }

    [Fact]
    public void AFrontendIsSimulatedByNode()
    {
        DesignedNetwork designed = new(Cluster.Design("backend: {planes: 1}"), FabricRole.Frontend);
        designed.Network.HostCount.ShouldBe(8);
        designed.Network.HostLinks()[0].Length.ShouldBe(2);
    }

    [Fact]
    public void RailPlanesThatAreNeverJoinedLeaveHostsOnOnePlaneEach()
    {
        DesignedNetwork designed = new(Cluster.Design("backend: {planes: 8, plane_layout: rail}"));
        designed.Network.PlaneCount.ShouldBe(8);
        designed.Network.HostLinks().ShouldAllBe(l => l.Length == 1);
        designed
            .Network.Links.Where(l => l.A.IsHost)
            .ShouldAllBe(l => designed.Network.Switches[l.Z.Index].Plane == designed.RailOfHost[l.A.Index]);
    }

    [Fact]
    public void OnRailPlanesEveryMessageFindsAWayAndNoneChangesPlanes()
    {
        DesignedNetwork designed = new(
            Cluster.Read(
                """
                lightloom: 1
                name: rails
                pools: [{name: train, node: dgx-h100, nodes: 4}]
                backend: {planes: 8, plane_layout: rail}
                """
            )
        );
        designed.UsesScaleUp.ShouldBeTrue();
        TrafficDescription traffic = designed.Routed(Workload.Create("all-to-all", [.. designed.HostOfXpu], DataSize.FromBytes(1 << 20)));
        SimulationResult result = PacketSimulator.Run(designed.Network, traffic, new SimulationOptions());
        result.Unfinished.ShouldBe("");
        result.Packets.DroppedNoRoute.ShouldBe(0);
        traffic
            .Flows.Where(f => designed.NodeOfHost[f.Source] != designed.NodeOfHost[f.Destination])
            .ShouldAllBe(f => designed.RailOfHost[f.Source] == designed.RailOfHost[f.Destination]);
    }
}
