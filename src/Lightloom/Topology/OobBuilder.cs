using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Draws the management network: a tree of 1000BASE-T leaves, each serving devices that stand together. Every spine is a pod of one, so
/// that the wiring of the other networks draws it.
/// </summary>
internal sealed class OobBuilder
{
    private readonly ManagementParts _parts;
    private readonly DeviceList _devices;
    private readonly int _usable;

    /// <summary>Ports that the file keeps free on each leaf; null for the catalogue's number, which far devices may use up.</summary>
    private readonly int? _reserved;
    private readonly List<Link> _nodeLinks = [];
    private readonly List<Link> _switchLinks = [];
    private int _leaves;

    private OobBuilder(ManagementParts parts, DeviceList devices, ClusterSpec spec)
    {
        _parts = parts;
        _devices = devices;
        _reserved = spec.Oob.Reserve.Leaf;
        _usable = Math.Max(1, parts.Leaf.DownPorts - (_reserved ?? (int)spec.Catalogue.Fact("oob-free-ports").Value));
    }

    /// <summary>The management network, or null when there is none to build.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="parts">Its switches.</param>
    /// <param name="pools">Pools, then services.</param>
    /// <param name="devices">All devices so far; receives its switches.</param>
    /// <param name="units">Scalable units.</param>
    /// <param name="others">The other networks.</param>
    /// <param name="standsIn">Number of the place of each device where that is known; null to take it from the pools' places.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    public static Fabric? Build(
        ClusterSpec spec,
        ManagementParts parts,
        IReadOnlyList<PoolNodes> pools,
        DeviceList devices,
        List<Unit> units,
        IReadOnlyList<Fabric> others,
        IReadOnlyList<int>? standsIn,
        DiagnosticBag diagnostics
    )
    {
        OobBuilder builder = new(parts, devices, spec);
        builder.FillLeaves(ManagementOrder.Of(devices, units, standsIn ?? DevicePlaces.Of(pools, devices, others)));
        if (builder._leaves == 0)
        {
            return null;
        }

        PlanePlan plan = builder.Size(spec.Oob.Tiers.Value, pools);
        if (plan.SuperSpines > 1)
        {
            string spine = parts.Top.Switch.Id;
            diagnostics.Note(
                "LL4105",
                $"the management network is built as {plan.SuperSpines} trees, since one {spine} joins {parts.Top.DownPorts} spines; "
                    + "join them over the frontend, or name a larger switch in oob.spine",
                "oob"
            );
        }

        return builder.Draw(plan);
    }

    /// <summary>
    /// Deals the devices' ports to leaves, in order. A run that does not fit on what a leaf has left starts a leaf of its own, so that no
    /// leaf serves two ends of a hall; a run of another place always does.
    /// </summary>
    private void FillLeaves(IReadOnlyList<(int Place, IReadOnlyList<int> Devices)> runs)
    {
        ushort[] groupOfDevice = _devices.GroupOfDevice();
        PortPlan ports = _parts.Leaf;
        int used = _usable;
        int before = 0;
        foreach ((int place, IReadOnlyList<int> run) in runs)
        {
            used = place != before ? _usable : used;
            before = place;
            used = used + run.Count > _usable && run.Count > _usable / 8 ? _usable : used;
            bool ownLeaves = false;
            foreach (int device in run)
            {
                DeviceGroup group = _devices.Groups[groupOfDevice[device]];
                int count = group.Node?.ManagementPorts?.Value ?? 1;
                // Leaves that stand in a rack of trays serve that rack alone.
                bool own = group.Trays is { ManagementSpaces.Count: > 0 };
                used = own || ownLeaves ? _usable : used;
                ownLeaves = own;
                for (int port = 1; port <= count; port++)
                {
                    if (used >= _usable)
                    {
                        _leaves++;
                        used = 0;
                    }

                    int cage = ports.DownCages[used / ports.Down.Ways];
                    (group.IsNode ? _nodeLinks : _switchLinks).Add(new(device, _leaves - 1, port, 0, cage, used % ports.Down.Ways, -1));
                    used++;
                }
            }
        }
    }

    /// <summary>
    /// One leaf needs nothing above it; one spine serves as many leaves as it has ports; above that, super-spines join spines that keep a
    /// cage for them.
    /// </summary>
    private PlanePlan Size(int? askedTiers, IReadOnlyList<PoolNodes> pools)
    {
        int tiers =
            _leaves == 1 && askedTiers is null or 1 ? 1
            : _leaves <= _parts.Top.DownPorts || _parts.Joined is null ? 2
            : 3;
        PortPlan spine = tiers == 3 ? _parts.Joined! : _parts.Top;
        List<PodPlan> pods = [];
        for (int first = 0; tiers > 1 && first < _leaves; first += spine.DownPorts)
        {
            pods.Add(new(first, Math.Min(spine.DownPorts, _leaves - first), pods.Count, 1));
        }

        string reason =
            $"{Counted.Of(_leaves, "management leaf")} for {_nodeLinks.Count + _switchLinks.Count:#,0} ports of 1G, "
            + $"{_parts.Leaf.DownPorts - _usable} ports of each kept free; a tree, since management traffic does not need more";
        return new()
        {
            Leaves = new()
            {
                Groups = [],
                Units = [],
                Shares = [],
                Ports = [.. Enumerable.Repeat(_parts.Leaf, _leaves)],
            },
            Tiers = tiers,
            Pods = pods,
            SpinePorts = tiers > 1 ? spine : null,
            SuperSpines = tiers == 3 ? (pods.Count + _parts.Top.DownPorts - 1) / _parts.Top.DownPorts : 0,
            SuperSpinePorts = tiers == 3 ? _parts.Top : null,
            MaxXpus = PoolNodes.XpusOf(pools),
            Explain = () => [reason],
        };
    }

    private Fabric Draw(PlanePlan plan)
    {
        SwitchModel leafModel = _parts.Leaf.Switch,
            spineModel = _parts.Top.Switch;
        int firstLeaf = _devices.AddTier(FabricRole.Oob, "oob-", leafModel, Tier.Leaf, plan.LeafCount);
        int firstSpine = _devices.AddTier(FabricRole.Oob, "oob-", spineModel, Tier.Spine, plan.Spines);
        int firstSuper = _devices.AddTier(FabricRole.Oob, "oob-", spineModel, Tier.SuperSpine, plan.SuperSpines);
        List<LinkClass> classes = [.. HostLinks(firstLeaf)];
        classes.AddRange(PlaneWiring.LeafSpine(plan, FabricRole.Oob, 0, firstLeaf, firstSpine, null));

        for (int tree = 0; tree < plan.SuperSpines; tree++)
        {
            // Neighbouring spines share a super-spine, so that a tree stands together.
            int each = plan.SuperSpinePorts!.DownPorts;
            PlanePlan one = plan.Tree([.. plan.Pods.Skip(tree * each).Take(each)]);
            classes.AddRange(PlaneWiring.SpineSuper(one, FabricRole.Oob, 0, firstSpine, firstSuper + tree, byPod: false));
        }

        DataRate upRate = _parts.Leaf.Up.Rate;
        Dictionary<Tier, double> over = [];
        if (plan.Tiers > 1)
        {
            over[Tier.Leaf] = Math.Round((_usable + (_reserved ?? 0)) * ManagementParts.Rate.Gbps / upRate.Gbps, 4);
            over[Tier.Spine] = plan.Tiers > 2 ? plan.SpinePorts!.DownPorts : 1;
        }

        double gbps = plan.Tiers == 1 ? (_nodeLinks.Count + _switchLinks.Count) / 2.0 : plan.LeafCount * upRate.Gbps / 2;
        return new()
        {
            Role = FabricRole.Oob,
            Paradigm = Paradigm.EndpointScheduled,
            Planes = 1,
            PlaneLayout = PlaneLayout.NicSplit,
            Tiers = Tiers(plan),
            LinkClasses = classes,
            Oversubscription = over,
            Bisection = DataRate.FromGbps(gbps),
            MaxXpus = plan.MaxXpus,
            Hops = (1, (2 * plan.Tiers) - 1, (2 * plan.Tiers) - 1),
            PathDiversity = 1,
            Reasons = plan.Explain(),
        };
    }

    private IEnumerable<LinkClass> HostLinks(int firstLeaf)
    {
        CageUse bmc = new(
            FormFactor.Rj45,
            ThermalType.Any,
            ManagementParts.Rate,
            _parts.Leaf.DownBlock.Lanes.Value,
            new(1, ManagementParts.Rate)
        );
        foreach (List<Link> links in new[] { _nodeLinks, _switchLinks }.Where(l => l.Count > 0))
        {
            yield return new()
            {
                Fabric = FabricRole.Oob,
                Plane = 0,
                From = Tier.Host,
                To = Tier.Leaf,
                Rate = ManagementParts.Rate,
                ACages = bmc,
                ZCages = _parts.Leaf.DownUse,
                Links = [.. links.Select(l => new Link(l.A, firstLeaf + l.Z, l.ACage, l.ALane, l.ZCage, l.ZLane, -1))],
            };
        }
    }

    private List<TierOfSwitches> Tiers(PlanePlan plan)
    {
        PortPlan leaf = _parts.Leaf,
            top = _parts.Top;
        Breakout up = plan.Tiers > 1 ? leaf.Up : leaf.Down;
        List<TierOfSwitches> tiers =
        [
            new(Tier.Leaf, leaf.Switch, plan.LeafCount, _usable, plan.Tiers > 1 ? 1 : 0, leaf.Down, up) { FreePorts = _reserved ?? 0 },
        ];
        if (plan.SpinePorts is { } spine)
        {
            tiers.Add(
                new(Tier.Spine, spine.Switch, plan.Spines, spine.DownPorts, spine.UpPorts, spine.Down, spine.Down)
                {
                    FreePorts = spine.Free,
                }
            );
        }

        if (plan.SuperSpines > 0)
        {
            tiers.Add(new(Tier.SuperSpine, top.Switch, plan.SuperSpines, top.DownPorts, 0, top.Down, top.Down) { FreePorts = top.Free });
        }

        return tiers;
    }
}
