using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Draws the management network: a tree of 1000BASE-T leaves, each serving devices that stand together.</summary>
internal static class OobBuilder
{
    private const string DefaultLeaf = "nvidia-sn2201",
        DefaultSpine = "nvidia-sn4600c";

    /// <summary>The management network, or null when there is none to build.</summary>
    public static Fabric? Build(
        ClusterSpec spec,
        IReadOnlyList<PoolNodes> pools,
        DeviceList devices,
        List<Unit> units,
        DiagnosticBag diagnostics
    )
    {
        if (
            !spec.Catalogue.Switches.TryGetValue(spec.Oob.LeafId ?? DefaultLeaf, out SwitchModel? leafModel)
            || !spec.Catalogue.Switches.TryGetValue(
                spec.Oob.SpineId ?? (spec.Oob.LeafId is null ? DefaultSpine : spec.Oob.LeafId),
                out SwitchModel? spineModel
            )
        )
        {
            diagnostics.Error(
                "LL4903",
                "the catalogue lacks the management switches; name one in oob.leaf and oob.spine, or say oob: {enabled: false}",
                "oob",
                spec.Oob.Mark
            );
            return null;
        }

        DataRate rate = DataRate.FromGbps(1);
        PortPlan? down = PortPlan.AllDown(leafModel, rate, PortPurpose.Network, out string why);
        CageBlock? upBlock = leafModel
            .Cages.Where(c => c.Purpose == PortPurpose.Network && !ReferenceEquals(c, down?.DownBlock))
            .MaxBy(c => c.CageRate.BitsPerSecond);
        if (down is null || upBlock is null)
        {
            diagnostics.Error(
                "LL4903",
                $"no management network is feasible: {(down is null ? why : leafModel.Id + " has no uplink cages")}; name another switch in oob.leaf",
                "oob",
                spec.Oob.Mark
            );
            return null;
        }

        Breakout up = upBlock.Breakouts[0];
        PortPlan? spinePorts = PortPlan.AllDown(spineModel, up.Rate, PortPurpose.Network, out why);
        if (spinePorts is null)
        {
            diagnostics.Error(
                "LL4903",
                $"no management network is feasible: {why}; name another switch in oob.spine",
                "oob",
                spec.Oob.Mark
            );
            return null;
        }

        PortPlan leafPorts = new()
        {
            Switch = leafModel,
            Down = down.Down,
            DownCages = down.DownCages,
            DownBlock = down.DownBlock,
            Up = up,
            UpCages = [upBlock.FirstNumber],
            UpPorts = 1,
            UpBlock = upBlock,
        };

        // Devices in the order in which they will stand: a unit's nodes, then the leaves in its middle; then what belongs to no unit,
        // group by group. A run that does not fit on what a leaf has left starts a leaf of its own, so that no leaf serves two ends of a
        // hall.
        int managed = devices.Count;
        List<(int Device, int Run)> order = new(managed);
        bool[] seen = new bool[managed];
        int runs = 0;
        void Take(int device)
        {
            if (!seen[device])
            {
                seen[device] = true;
                order.Add((device, runs));
            }
        }

        foreach (Unit unit in units)
        {
            for (int n = 0; n < unit.NodeCount; n++)
            {
                Take(unit.FirstNode + n);
            }

            foreach (int leaf in unit.Leaves)
            {
                Take(leaf);
            }

            runs++;
        }

        foreach (DeviceGroup group in devices.Groups)
        {
            for (int d = group.First; d < group.First + group.Count; d++)
            {
                Take(d);
            }

            runs++;
        }

        int[] sizeOfRun = new int[runs];
        foreach ((_, int run) in order)
        {
            sizeOfRun[run]++;
        }

        DeviceGroup[] groupOf = new DeviceGroup[devices.Groups.Count];
        for (int g = 0; g < groupOf.Length; g++)
        {
            groupOf[g] = devices.Groups[g];
        }

        ushort[] groupOfDevice = devices.GroupOfDevice();
        // Four ports a leaf stay free: for a device more, and for switches that end up standing nearer to another leaf.
        int usable = Math.Max(1, down.DownPorts - 4);
        List<Link> nodeLinks = [],
            switchLinks = [];
        int used = usable,
            leafCount = 0,
            lastRun = -1;
        foreach ((int device, int run) in order)
        {
            if (run != lastRun)
            {
                used = used + sizeOfRun[run] > usable && sizeOfRun[run] > usable / 8 ? usable : used;
                lastRun = run;
            }

            DeviceGroup group = groupOf[groupOfDevice[device]];
            int count = group.Node?.ManagementPorts ?? 1;
            for (int port = 1; port <= count; port++)
            {
                if (used >= usable)
                {
                    leafCount++;
                    used = 0;
                }

                (group.IsNode ? nodeLinks : switchLinks).Add(
                    new(device, leafCount - 1, port, 0, down.DownCages[used / down.Down.Ways], used % down.Down.Ways, -1)
                );
                used++;
            }
        }

        if (leafCount == 0)
        {
            return null;
        }

        // One leaf needs nothing above it; one spine serves as many leaves as it has ports; above that, a super-spine joins spines that
        // keep one port for it.
        int tiers =
            leafCount == 1 && spec.Oob.Tiers.Value is null or 1 ? 1
            : leafCount <= spinePorts.DownPorts ? 2
            : 3;
        int leavesPerSpine = tiers == 3 ? spinePorts.DownPorts - 1 : spinePorts.DownPorts;
        int spines = tiers == 1 ? 0 : (leafCount + leavesPerSpine - 1) / leavesPerSpine;
        int supers = tiers == 3 ? (spines + spinePorts.DownPorts - 1) / spinePorts.DownPorts : 0;
        if (supers > 1)
        {
            diagnostics.Note(
                "LL4105",
                $"the management network is built as {supers} trees, since one {spineModel.Id} joins {spinePorts.DownPorts} spines; join them over the frontend, or name a larger switch in oob.spine",
                "oob"
            );
        }

        int firstLeaf = devices.AddTier(FabricRole.Oob, "oob-", leafModel, Tier.Leaf, leafCount);
        int firstSpine = devices.AddTier(FabricRole.Oob, "oob-", spineModel, Tier.Spine, spines);
        int firstSuper = devices.AddTier(FabricRole.Oob, "oob-", spineModel, Tier.SuperSpine, supers);
        List<LinkClass> classes = [];
        CageUse bmc = new(FormFactor.Rj45, ThermalType.Any, rate, down.DownBlock.Lanes, new(1, rate));
        foreach (List<Link> links in new[] { nodeLinks, switchLinks })
        {
            if (links.Count > 0)
            {
                classes.Add(
                    new()
                    {
                        Fabric = FabricRole.Oob,
                        Plane = 0,
                        From = Tier.Host,
                        To = Tier.Leaf,
                        Rate = rate,
                        ACages = bmc,
                        ZCages = down.DownUse,
                        Links = [.. links.Select(l => new Link(l.A, firstLeaf + l.Z, l.ACage, l.ALane, l.ZCage, l.ZLane, -1))],
                    }
                );
            }
        }

        if (tiers > 1)
        {
            Link[] links = new Link[leafCount];
            for (int l = 0; l < leafCount; l++)
            {
                int port = l % leavesPerSpine;
                links[l] = new(
                    firstLeaf + l,
                    firstSpine + (l / leavesPerSpine),
                    leafPorts.UpCages[0],
                    0,
                    spinePorts.DownCages[port / spinePorts.Down.Ways],
                    port % spinePorts.Down.Ways,
                    -1
                );
            }

            classes.Add(
                new()
                {
                    Fabric = FabricRole.Oob,
                    Plane = 0,
                    From = Tier.Leaf,
                    To = Tier.Spine,
                    Rate = up.Rate,
                    ACages = leafPorts.UpUse,
                    ZCages = spinePorts.DownUse,
                    Links = links,
                }
            );
        }

        if (tiers > 2)
        {
            Link[] links = new Link[spines];
            int last = spinePorts.DownCages[^1];
            for (int s = 0; s < spines; s++)
            {
                int port = s % spinePorts.DownPorts;
                links[s] = new(
                    firstSpine + s,
                    firstSuper + (s / spinePorts.DownPorts),
                    last,
                    spinePorts.Down.Ways - 1,
                    spinePorts.DownCages[port / spinePorts.Down.Ways],
                    port % spinePorts.Down.Ways,
                    -1
                );
            }

            classes.Add(
                new()
                {
                    Fabric = FabricRole.Oob,
                    Plane = 0,
                    From = Tier.Spine,
                    To = Tier.SuperSpine,
                    Rate = up.Rate,
                    ACages = spinePorts.DownUse,
                    ZCages = spinePorts.DownUse,
                    Links = links,
                }
            );
        }

        List<TierOfSwitches> tierList =
        [
            new(Tier.Leaf, leafModel, leafCount, usable, tiers > 1 ? 1 : 0, down.Down, tiers > 1 ? up : down.Down),
        ];
        if (spines > 0)
        {
            tierList.Add(new(Tier.Spine, spineModel, spines, leavesPerSpine, tiers > 2 ? 1 : 0, spinePorts.Down, spinePorts.Down));
        }

        if (tiers > 2)
        {
            tierList.Add(new(Tier.SuperSpine, spineModel, supers, spinePorts.DownPorts, 0, spinePorts.Down, spinePorts.Down));
        }

        Dictionary<Tier, double> over = [];
        if (tiers > 1)
        {
            over[Tier.Leaf] = Math.Round(usable * rate.Gbps / up.Rate.Gbps, 4);
            over[Tier.Spine] = tiers > 2 ? leavesPerSpine : 1;
        }

        return new()
        {
            Role = FabricRole.Oob,
            Paradigm = Paradigm.EndpointScheduled,
            Planes = 1,
            PlaneLayout = PlaneLayout.NicSplit,
            Tiers = tierList,
            LinkClasses = classes,
            Oversubscription = over,
            Bisection = DataRate.FromGbps(tiers == 1 ? (nodeLinks.Count + switchLinks.Count) / 2.0 : leafCount * up.Rate.Gbps / 2),
            MaxXpus = pools.Sum(p => (long)p.Count * p.Node.Xpus),
            Hops = (1, (2 * tiers) - 1, (2 * tiers) - 1),
            PathDiversity = 1,
            Reasons =
            [
                $"{leafCount} management leaves for {nodeLinks.Count + switchLinks.Count} ports of 1G, {down.DownPorts - usable} ports of each kept free; a tree, since management traffic does not need more",
            ],
        };
    }
}
