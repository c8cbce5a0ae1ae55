using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>The counts of design.json are those of the rows.</summary>
internal static class TotalsChecks
{
    private const string Design = "design.json";

    public static void Run(Scene scene)
    {
        Totals(scene);
        Fabrics(scene);
        Interconnects(scene);
    }

    /// <summary>Pluggable modules by product: one a cage whose cable is no assembly, none for a socket of co-packaged optics.</summary>
    public static Dictionary<string, long> Modules(Scene scene)
    {
        Dictionary<string, long> modules = new(StringComparer.Ordinal);
        foreach ((_, InterconnectModel model) in ModulesOfCages(scene))
        {
            modules[model.Id] = modules.GetValueOrDefault(model.Id) + 1;
        }

        return modules;
    }

    /// <summary>The pluggable module of every cage that has one, each cage once.</summary>
    public static List<(int Cage, InterconnectModel Model)> ModulesOfCages(Scene scene)
    {
        List<(int, InterconnectModel)> modules = [];
        HashSet<int> counted = [];
        for (int cable = 0; cable < scene.Groups.Count; cable++)
        {
            foreach (int leg in scene.Groups.RowsOf(cable))
            {
                ref readonly CableRow row = ref scene.Rows[leg];
                if (scene.Facts.ProductOf(row.Product) is not { IsAssembly: false } product)
                {
                    continue;
                }

                bool headAtZ = scene.Groups.HeadAtZ(cable);
                Take(row.A.Cage, headAtZ ? product.Tail : product.Head);
                Take(row.Z.Cage, headAtZ ? product.Head : product.Tail);
            }
        }

        return modules;

        void Take(int cage, InterconnectModel model)
        {
            if (!IsOutside(scene, cage) && scene.Facts.CageOf(cage) is not { IsCoPackaged: true } && counted.Add(cage))
            {
                modules.Add((cage, model));
            }
        }
    }

    private static void Totals(Scene scene)
    {
        TotalsEntry totals = scene.Design.Totals;
        Equal("logical_links", totals.LogicalLinks, scene.Rows.Length, "rows of cables.csv");
        Equal("cables", totals.Cables, scene.Groups.Count, "cable_ids of cables.csv");
        Equal(
            "cages",
            totals.Cages,
            Enumerable.Range(0, scene.Folder.Cables.Cages.Count).LongCount(c => !IsOutside(scene, c)),
            "ports in cables.csv"
        );
        Equal("transceivers", totals.Transceivers, Modules(scene).Values.Sum(), "modules in the cages of cables.csv");
        Equal("racks", totals.Racks, scene.Design.Racks.Count, "racks of design.json");
        Equal("switches", totals.Switches, Count(scene, r => r is { IsNode: false, IsOutside: false }), "switches under devices");
        IEnumerable<Device> nodes = scene.Facts.Runs.Where(r => r is { IsWholeNode: true, Node: not null });
        if (scene.Facts.Runs.All(r => !r.IsUnknown))
        {
            Equal("xpus", scene.Design.Xpus, nodes.Sum(n => (long)n.Run.Count * n.Node!.Xpus.Value), "XPUs of the nodes under devices");
            Equal(
                "nodes",
                scene.Design.Nodes + scene.Design.ServiceNodes,
                Count(scene, r => r.IsWholeNode),
                "nodes under devices, those without XPUs included"
            );
        }

        void Equal(string key, long said, long counted, string what)
        {
            scene.Found.Checked(Rules.Totals, 1);
            if (said != counted)
            {
                scene.Found.Add(Rules.Totals, Design, 0, $"{key} is {said}; there are {counted} {what}");
            }
        }
    }

    private static bool IsOutside(Scene scene, int cage) =>
        scene.Facts.DeviceOf(scene.Folder.Cables.Cages[cage].Device) is { IsOutside: true };

    private static long Count(Scene scene, Func<Device, bool> which) => scene.Facts.Runs.Where(which).Sum(r => (long)r.Run.Count);

    private static void Fabrics(Scene scene)
    {
        Dictionary<(int Fabric, int Tier, long Rate), (long Links, HashSet<int> Cables)> links = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            (int, int, long) key = (row.Fabric, row.Tier, row.Rate);
            if (!links.TryGetValue(key, out (long Links, HashSet<int> Cables) sum))
            {
                sum = (0, []);
            }

            sum.Cables.Add(row.Cable);
            links[key] = (sum.Links + 1, sum.Cables);
        }

        HashSet<(int, int, long)> told = [];
        foreach (FabricEntry fabric in scene.Design.Fabrics)
        {
            foreach (LinksEntry entry in fabric.Links)
            {
                (int, int, long) key = (
                    scene.Folder.Names.Words.Find(fabric.Role),
                    scene.Folder.Names.Words.Find($"{entry.From}-{entry.To}"),
                    (long)Math.Round(entry.RateGbps * 1000)
                );
                told.Add(key);
                (long Links, HashSet<int> Cables) rows = links.GetValueOrDefault(key, (0, []));
                scene.Found.Checked(Rules.FabricCounts, 2);
                Differs(fabric, entry, "logical_links", entry.LogicalLinks, rows.Links);
                Differs(fabric, entry, "cables", entry.Cables, rows.Cables.Count);
            }

            // Switches of one model whose ports are divided otherwise have a row of their own.
            foreach (
                var tier in fabric
                    .Tiers.GroupBy(t => (t.Tier, t.Switch))
                    .Select(t => (t.Key.Tier, t.Key.Switch, Count: t.Sum(e => (long)e.Count)))
            )
            {
                long devices = scene
                    .Facts.Runs.Where(r =>
                        !r.IsNode && r.Run.Fabric == fabric.Role && r.Run.Tier == tier.Tier && r.Run.Model == tier.Switch
                    )
                    .Sum(r => (long)r.Run.Count);
                scene.Found.Checked(Rules.FabricCounts, 1);
                if (devices != tier.Count)
                {
                    scene.Found.Add(
                        Rules.FabricCounts,
                        Design,
                        0,
                        $"the {fabric.Role} counts {tier.Count} {tier.Switch} as {tier.Tier}; under devices there are {devices}"
                    );
                }
            }
        }

        foreach (((int fabric, int tier, long rate) key, (long count, _)) in links.Where(l => !told.Contains(l.Key)))
        {
            scene.Found.Add(
                Rules.FabricCounts,
                Design,
                0,
                $"{count} rows of {scene.Word(key.fabric)} {scene.Word(key.tier)} at {key.rate / 1000.0:0.###}G "
                    + $"belong to no links of the fabrics"
            );
        }

        void Differs(FabricEntry fabric, LinksEntry entry, string key, long said, long counted)
        {
            if (said != counted)
            {
                scene.Found.Add(
                    Rules.FabricCounts,
                    Design,
                    0,
                    $"{fabric.Role} {entry.From} to {entry.To} at {entry.RateGbps:0.###}G says {key} {said}; cables.csv has {counted}"
                );
            }
        }
    }

    private static void Interconnects(Scene scene)
    {
        Dictionary<int, (long Count, long Shortest, long Longest, long Ordered)> used = [];
        for (int cable = 0; cable < scene.Groups.Count; cable++)
        {
            ReadOnlySpan<int> legs = scene.Groups.RowsOf(cable);
            ref readonly CableRow first = ref scene.Rows[legs[0]];
            (long count, long shortest, long longest, long ordered) = used.GetValueOrDefault(first.Product, (0, long.MaxValue, 0, 0));
            long length = 0;
            foreach (int leg in legs)
            {
                length = Math.Max(length, scene.Rows[leg].Length);
            }

            used[first.Product] = (count + 1, Math.Min(shortest, length), Math.Max(longest, length), ordered + first.Ordered);
        }

        HashSet<int> told = [];
        foreach (InterconnectEntry entry in scene.Design.Interconnects)
        {
            int word = scene.Folder.Names.Words.Find(entry.Id);
            told.Add(word);
            scene.Found.Checked(Rules.Interconnects, 1);
            (long count, long shortest, long longest, long ordered) = used.GetValueOrDefault(word);
            bool equal =
                entry.Count == count
                && (long)Math.Round(entry.LengthM.Min * 1000) == shortest
                && (long)Math.Round(entry.LengthM.Max * 1000) == longest
                && (entry.OrderedTotalM is not { } total || Math.Abs((total * 1000) - ordered) < 1.5);
            if (!equal)
            {
                scene.Found.Add(
                    Rules.Interconnects,
                    Design,
                    0,
                    $"{entry.Id} says {entry.Count} cables of {entry.LengthM.Min:0.###} to {entry.LengthM.Max:0.###} m, "
                        + $"{entry.OrderedTotalM:0.###} m ordered; cables.csv has {count} of {shortest / 1000.0:0.###} to "
                        + $"{longest / 1000.0:0.###} m, {ordered / 1000.0:0.###} m"
                );
            }
        }

        foreach (int word in used.Keys.Where(w => !told.Contains(w)))
        {
            scene.Found.Add(Rules.Interconnects, Design, 0, $"cables.csv uses {scene.Word(word)}, which interconnects does not name");
        }
    }
}
