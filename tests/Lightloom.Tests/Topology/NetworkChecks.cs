using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>What must hold of every network, however it came about.</summary>
internal static class NetworkChecks
{
    /// <summary>
    /// No leg of any cage carries two links, every cage exists and is divided in a way that it allows, and no switch passes its ASIC's
    /// limits.
    /// </summary>
    public static void EveryPortLaneIsUsedAtMostOnce(Network network)
    {
        HashSet<(int Device, FabricRole Fabric, int Cage, int Lane)> used = [];
        Dictionary<(int Device, FabricRole Fabric, int Cage), Breakout> split = [];
        foreach (LinkClass c in network.LinkClasses)
        {
            foreach (Link link in c.Links)
            {
                Use(link.A, link.ACage, link.ALane, c.ACages, c);
                Use(link.Z, link.ZCage, link.ZLane, c.ZCages, c);
            }
        }

        foreach (
            IGrouping<int, KeyValuePair<(int Device, FabricRole Fabric, int Cage), Breakout>> device in split
                .Where(s => !network.GroupOf(s.Key.Device).IsNode && !IsManagementPort(network, s.Key.Device, s.Key.Fabric))
                .GroupBy(s => s.Key.Device)
        )
        {
            SwitchModel model = network.GroupOf(device.Key).Switch!;
            if (model.MaxLogicalPorts is { } max)
            {
                device.Sum(d => d.Value.Ways).ShouldBeLessThanOrEqualTo(max.Value);
            }

            if (model.CagesPerPortGroup?.Value > 0)
            {
                foreach (var pair in device.GroupBy(d => (d.Key.Cage - 1) / model.CagesPerPortGroup?.Value))
                {
                    pair.Sum(d => d.Value.Ways).ShouldBeLessThanOrEqualTo(model.MaxLogicalPortsPerGroup!.Value);
                }
            }
        }

        void Use(int device, int cage, int lane, CageUse use, LinkClass c)
        {
            used.Add((device, c.Fabric, cage, lane))
                .ShouldBeTrue($"{network.NameOf(device)} cage {cage} leg {lane} carries two links of {c.Fabric} {c.TierWord}");
            lane.ShouldBeLessThan(use.Ways);
            if (split.TryGetValue((device, c.Fabric, cage), out Breakout before))
            {
                before.ShouldBe(use.Breakout, $"{network.NameOf(device)} cage {cage} is divided in two ways");
            }
            else
            {
                split[(device, c.Fabric, cage)] = use.Breakout;
            }

            DeviceGroup group = network.GroupOf(device);
            if (group.Switch is { } model && !IsManagementPort(network, device, c.Fabric))
            {
                model
                    .Cages.Any(b => cage >= b.FirstNumber && cage < b.FirstNumber + b.Count.Value && b.Allows(cage, use.Breakout))
                    .ShouldBeTrue($"{model.Id} cage {cage} does not allow {use.Breakout}");
            }
        }
    }

    private static bool IsManagementPort(Network network, int device, FabricRole fabric) =>
        fabric == FabricRole.Oob && network.GroupOf(device).Fabric != FabricRole.Oob;
}
