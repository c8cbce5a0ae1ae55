using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>The networks as graphs: tiers, planes, who reaches whom, and whether every port of a node is cabled.</summary>
internal static class NetworkChecks
{
    private static readonly string[] Tiers = ["host", "leaf", "spine", "super-spine", "external"];

    public static void Run(Scene scene)
    {
        TiersOfEnds(scene);
        PlanesApart(scene);
        foreach (FabricEntry fabric in scene.Design.Fabrics)
        {
            Reached(scene, fabric);
        }

        PortsOfNodes(scene);
        if (scene.Design.Fabrics.Any(f => f.Tiers.Any(t => t.FreePorts > 0)))
        {
            PortsKeptFree(scene);
        }
    }

    // A free port is a leg of a cage that can be divided to the rate of the links below it: of a cage that nothing uses, or of one of theirs.
    private static void PortsKeptFree(Scene scene)
    {
        Dictionary<int, (long Rate, Dictionary<int, int> Down, HashSet<int> Used)> switches = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A, row, down: false);
            // Between the two leaves of a pair neither end is below the other.
            Take(row.Z, row, down: Ends(scene.Word(row.Tier)) is not ["leaf", "leaf"]);
        }

        foreach ((int device, (long rate, Dictionary<int, int> down, HashSet<int> used)) in switches)
        {
            Device known = scene.Facts.DeviceOf(device)!;
            long kept = KeptBy(scene, known.Run);
            if (kept == 0 || known.Switch is not { } box || rate == 0)
            {
                continue;
            }

            long free = 0;
            // Of the sort of ports that the links below use: a fabric element has none but fabric ports.
            HashSet<PortPurpose> sorts =
            [
                .. box.Cages.Where(b => down.Keys.Any(c => c >= b.FirstNumber && c < b.FirstNumber + b.Count.Value)).Select(b => b.Purpose),
            ];
            foreach (CageBlock block in box.Cages.Where(b => sorts.Contains(b.Purpose)))
            {
                int ways = block.Breakouts.OrEmpty().Where(b => b.Rate == DataRate.FromGbps(rate / 1000.0)).Max(b => (int?)b.Ways) ?? 0;
                for (int cage = block.FirstNumber; cage < block.FirstNumber + block.Count.Value; cage++)
                {
                    free +=
                        down.TryGetValue(cage, out int links) ? ways - links
                        : used.Contains(cage) ? 0
                        : ways;
                }
            }

            scene.Found.Checked(Rules.PortsFree, 1);
            if (free < kept)
            {
                scene.Found.Add(
                    Rules.PortsFree,
                    CableTable.File,
                    0,
                    $"{scene.Device(device)} has {free} ports of {rate / 1000.0:0.###}G free; design.json says that {kept} stay free"
                );
            }
        }

        void Take(CableEnd end, in CableRow row, bool down)
        {
            if (
                scene.Facts.DeviceOf(end.Device) is not { IsNode: false, Switch: { } box } known
                || known.Run.Fabric != scene.Word(row.Fabric)
            )
            {
                return;
            }

            int cage = scene.Facts.NumberOf(scene.Folder.Cables.Cages[end.Cage], box);
            (long rate, Dictionary<int, int> links, HashSet<int> used) = switches.GetValueOrDefault(end.Device, (0, [], []));
            used.Add(cage);
            if (down)
            {
                // Services with ports on the backend take those that are kept free.
                bool service = scene.Word(row.Fabric) == "backend" && scene.Facts.DeviceOf(row.A.Device) is { Node.Xpus.Value: 0 };
                rate = row.Rate;
                links[cage] = links.GetValueOrDefault(cage) + (service ? 0 : 1);
            }

            switches[end.Device] = (rate, links, used);
        }
    }

    private static long KeptBy(Scene scene, DeviceRun run) =>
        scene
            .Design.Fabrics.Where(f => f.Role == run.Fabric)
            .SelectMany(f => f.Tiers)
            .Where(t => t.Tier == run.Tier)
            .Max(t => (long?)t.FreePorts)
        ?? 0;

    private static void TiersOfEnds(Scene scene)
    {
        foreach (ref readonly CableRow row in scene.Rows)
        {
            scene.Found.Checked(Rules.TierOrder, 1);
            string[] ends = Ends(scene.Word(row.Tier));
            string a = TierOf(scene, row.A.Device, row.Fabric);
            string z = TierOf(scene, row.Z.Device, row.Fabric);
            if (a.Length > 0 && z.Length > 0 && (ends.Length != 2 || a != ends[0] || z != ends[1]))
            {
                scene.Found.Add(
                    Rules.TierOrder,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} is of tier '{scene.Word(row.Tier)}'; {scene.Device(row.A.Device)} is a {a}, "
                        + $"{scene.Device(row.Z.Device)} a {z}"
                );
            }
        }
    }

    // "spine-super-spine" has a hyphen of its own.
    private static string[] Ends(string tier)
    {
        foreach (string low in Tiers)
        {
            if (tier.StartsWith(low + "-", StringComparison.Ordinal))
            {
                return [low, tier[(low.Length + 1)..]];
            }
        }

        return [];
    }

    // A device's tier on a network: a switch is a host of the network that manages it.
    private static string TierOf(Scene scene, int device, int fabric) =>
        scene.Facts.DeviceOf(device) is not { } one ? ""
        : one.IsNode || one.Run.Fabric != scene.Word(fabric) ? "host"
        : one.Run.Tier;

    private static void PlanesApart(Scene scene)
    {
        Dictionary<(int Device, int Fabric), (int Plane, int Line)> first = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A.Device, row);
            Take(row.Z.Device, row);
        }

        void Take(int device, in CableRow row)
        {
            // Nodes are on every plane; what joins planes on purpose (an aggregation tier) says that it belongs to none.
            if (scene.Facts.DeviceOf(device) is not { IsNode: false, Run.Plane: >= 0 } known || known.Run.Fabric != scene.Word(row.Fabric))
            {
                return;
            }

            scene.Found.Checked(Rules.PlanesApart, 1);
            if (row.Plane != known.Run.Plane && !Joins(scene, row))
            {
                scene.Found.Add(
                    Rules.PlanesApart,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} is on plane {row.Plane}; {scene.Device(device)} is a switch of plane {known.Run.Plane}"
                );
            }
        }
    }

    private static bool Joins(Scene scene, in CableRow row) => scene.Facts.DeviceOf(row.Z.Device) is { IsNode: false, Run.Plane: < 0 };

    // On the backend each plane must join all XPUs; where planes are rails or pods, what joins them counts too. Other networks are one
    // whole.
    private static void Reached(Scene scene, FabricEntry fabric)
    {
        int word = scene.Folder.Names.Words.Find(fabric.Role);
        if (word < 0)
        {
            return;
        }

        bool everyPlane = fabric.Role == "backend" && fabric.PlaneLayout == "nic-split" && fabric.Planes > 1;
        int planes = everyPlane ? fabric.Planes : 1;
        Rule rule = fabric.Role == "backend" ? Rules.XpusReach : Rules.NetworkWhole;
        int[] nodes = [.. Enumerable.Range(0, scene.Folder.Names.Devices.Count).Where(d => Belongs(scene, d, fabric.Role))];
        for (int plane = 0; plane < planes; plane++)
        {
            Sets sets = new(scene.Folder.Names.Devices.Count);
            bool[] present = new bool[scene.Folder.Names.Devices.Count];
            foreach (ref readonly CableRow row in scene.Rows)
            {
                if (row.Fabric == word && (!everyPlane || row.Plane == plane || row.Plane < 0))
                {
                    sets.Join(row.A.Device, row.Z.Device);
                    present[row.A.Device] = present[row.Z.Device] = true;
                }
            }

            JoinTrays(scene, sets, present);

            // A management network that the design says is several trees is no whole.
            if (fabric.Role == "oob" && scene.Folder.Design.Diagnostics.Any(d => d.Id is "LL4105" or "LL6903"))
            {
                continue;
            }

            int[] here = [.. nodes.Where(n => fabric.Role == "backend" || present[n])];
            scene.Found.Checked(rule, here.Length);
            if (here.Length == 0)
            {
                continue;
            }

            int root = here.GroupBy(sets.Of).MaxBy(g => g.Count())!.Key;
            foreach (int apart in here.Where(n => sets.Of(n) != root))
            {
                scene.Found.Add(
                    rule,
                    CableTable.File,
                    0,
                    $"{scene.Device(apart)} does not reach {scene.Device(here.First(n => sets.Of(n) == root))} over the {fabric.Role}"
                        + $"{(everyPlane ? $", plane {plane}" : "")}"
                );
            }
        }

        if (fabric.Role == "backend")
        {
            Uncabled(scene);
        }
    }

    // The scale-up domain joins the trays of a node, as it joins the NICs of a server: rails that nothing else joins reach each other there.
    private static void JoinTrays(Scene scene, Sets sets, bool[] present)
    {
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        for (int device = 0; device < present.Length; device++)
        {
            if (
                present[device]
                && scene.Facts.DeviceOf(device) is { HasPorts: true, Run: { Kind: "tray", Node: { } node } }
                && !first.TryAdd(node, device)
            )
            {
                sets.Join(first[node], device);
            }
        }
    }

    private static bool Belongs(Scene scene, int device, string fabric) =>
        scene.Facts.DeviceOf(device) is { IsNode: true } node
        && (fabric != "backend" || node.Node is null || (node is { HasPorts: true, Node: { Xpus.Value: > 0, HasNoBackend: false } }));

    // A node that no cable names is not among the devices of cables.csv.
    private static void Uncabled(Scene scene)
    {
        foreach (Device run in scene.Facts.Runs.Where(r => r is { HasPorts: true, Node.Xpus.Value: > 0 }))
        {
            foreach (string name in HardwareFacts.NamesOf(run.Run).Where(n => scene.Folder.Names.Devices.Find(n) < 0))
            {
                scene.Found.Add(Rules.XpusReach, CableTable.File, 0, $"{name} has no cable at all");
            }
        }
    }

    private static void PortsOfNodes(Scene scene)
    {
        Dictionary<(int Device, int Fabric), long> rates = [];
        HashSet<(int Device, int Fabric)> whole = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            foreach (int device in (ReadOnlySpan<int>)[row.A.Device, row.Z.Device])
            {
                if (scene.Facts.DeviceOf(device) is { IsNode: true } known)
                {
                    NicPorts? own = known.Node is { } model ? HardwareFacts.PortsOf(model, scene.Word(row.Fabric)) : null;
                    // Over InfiniBand such a NIC does run one port of the full rate.
                    bool ethernet = scene.Facts.CageOf(row.Z.Cage)?.Protocols?.Contains(Protocol.Ethernet) ?? true;
                    if (own is not null && ethernet && own.Rate.Value == DataRate.FromGbps(row.Rate / 1000.0))
                    {
                        whole.Add((device, row.Fabric));
                    }

                    rates[(device, row.Fabric)] = rates.GetValueOrDefault((device, row.Fabric)) + row.Rate;
                }
            }
        }

        foreach (((int device, int fabric), long rate) in rates)
        {
            if (scene.Facts.DeviceOf(device) is { Node: { } node } part && HardwareFacts.PortsOf(node, scene.Word(fabric)) is { } ports)
            {
                scene.Found.Checked(Rules.NodePorts, 1);
                if (ports.SinglePortAllowed is { Value: false } && whole.Contains((device, fabric)))
                {
                    scene.Found.Add(
                        Rules.NodePorts,
                        CableTable.File,
                        0,
                        $"{scene.Device(device)} has links of {ports.Rate.Value} on the {scene.Word(fabric)}; a NIC of {node.Id} runs that "
                            + $"rate over several ports only"
                    );
                }

                int nics = ports.Nics.Value / part.Parts;
                DataRate own = ports.Rate.Value * nics;
                if (DataRate.FromGbps(rate / 1000.0) != own)
                {
                    scene.Found.Add(
                        Rules.NodePorts,
                        CableTable.File,
                        0,
                        $"{scene.Device(device)} has {rate / 1000.0:0.###}G cabled on the {scene.Word(fabric)}; "
                            + $"{(part.Parts > 1 ? "a tray of " : "")}{node.Id} has {nics} ports of {ports.Rate.Value}"
                    );
                }
            }
        }
    }
}
