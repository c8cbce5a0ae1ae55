using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests.Faults;

public class FaultInventoryTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EveryLinkIsInOneCableOneOrTwoSwitchesAndOnePlane(int planes)
    {
        (_, DesignedNetwork network, FaultInventory inventory) = SmallFabric.Of(planes);
        int links = network.Network.Links.Count;
        Count(FaultClass.Cable).ShouldBe([.. Enumerable.Repeat(1, links)]);
        Count(FaultClass.Plane).ShouldBe([.. Enumerable.Repeat(planes > 1 ? 1 : 0, links)]);
        int[] switches = [.. Count(FaultClass.Leaf).Zip(Count(FaultClass.Spine), (a, b) => a + b)];
        switches.ShouldBe([.. network.Network.Links.Select(l => l.A.IsHost ? 1 : 2)]);
        Count(FaultClass.NicPort).ShouldBe([.. network.Network.Links.Select(l => l.A.IsHost ? 1 : 0)]);

        int[] Count(FaultClass one)
        {
            var count = new int[links];
            foreach (int link in inventory.Kinds.Where(k => k.Class == one).SelectMany(inventory.Of).SelectMany(c => c.Links))
            {
                count[link]++;
            }

            return count;
        }
    }

    [Fact]
    public void CablesAndModulesAreThoseOfTheBill()
    {
        ClusterDesign design = Cluster.Design("backend: {planes: 2}\ninterconnect: {exclude: [dac, acc, aec, aoc]}");
        FaultInventory[] inventories =
        [
            .. new[] { FabricRole.Backend, FabricRole.Frontend }.Select(r => new FaultInventory(design, new(design, r))),
        ];
        int[] oob =
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob)
                .SelectMany(c => design.Cables.CableOfLink[c.Index])
                .Distinct(),
        ];
        Sum(FaultClass.Cable).ShouldBe(design.Bill.Cables - oob.Length);
        long oobModules = 2 * oob.Count(c => !design.Cables.Products[design.Cables.Cables[c].Product].IsAssembly);
        Sum(FaultClass.Transceiver).ShouldBe(design.Bill.Transceivers - oobModules);
        Sum(FaultClass.Transceiver).ShouldBeGreaterThan(0);

        long Sum(FaultClass one) => inventories.Sum(i => i.Kinds.Where(k => k.Class == one).Sum(k => (long)i.Of(k).Count));
    }
}
