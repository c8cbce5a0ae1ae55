using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// Judges what no single key can tell: that ids exist in the catalogue, that names are unique, that keys do not contradict each other; and
/// fills in what follows from the file.
/// </summary>
internal sealed class SpecCheck(ClusterSpec spec, DiagnosticBag diagnostics)
{
    /// <summary>What a design is sized for at most; beyond it, sums would no longer mean anything a person could build.</summary>
    public const int MostXpus = 16_777_216;

    /// <summary>The nodes of all pools and services together at most.</summary>
    public const int MostNodes = 4_194_304;

    private const int LongestName = 100;

    // As in KeyReader: nobody reads the hundredth suggestion, and each costs time.
    private const int MostSuggestions = 100;

    private int _suggestions;
    private string[]? _places;

    private ClusterSpec Spec => spec;

    private Catalogue Catalogue => spec.Catalogue;

    /// <summary>Runs every check; the result has pools with both counts, and planes filled in where the layout decides them.</summary>
    public ClusterSpec Run()
    {
        CheckName(spec.Name, "name");
        List<PoolSpec> pools = CheckPools(spec.Pools, "pools", isService: false),
            services = CheckPools(spec.Services, "services", isService: true);
        if (spec.Pools.Count == 0 && spec.Source?["pools"]?.Value is YamlList { Items.Count: 0 } empty)
        {
            Error(
                KeyProblem.MissingKey,
                "'pools' is empty; list at least one pool, as in `- {name: train, node: dgx-h100, nodes: 8}`",
                "pools",
                empty.Mark
            );
        }

        var names = new NameBook(this, "pool or service");
        for (int i = 0; i < pools.Count; i++)
        {
            names.Add(pools[i].Name, $"pools[{i}].name");
        }

        for (int i = 0; i < services.Count; i++)
        {
            names.Add(services[i].Name, $"services[{i}].name");
        }

        CheckTotals(pools, services);
        CheckFabric(spec.Backend, "backend");
        CheckFabric(spec.Frontend, "frontend");
        CheckFabric(spec.Oob, "oob");
        BackendSpec backend = CheckPlanes(pools);
        CheckFloor();
        CheckPrices();
        CheckExclusions();
        return spec with { Pools = pools, Services = services, Backend = backend };
    }

    private List<PoolSpec> CheckPools(IReadOnlyList<PoolSpec> pools, string path, bool isService)
    {
        var result = new List<PoolSpec>(pools.Count);
        for (int i = 0; i < pools.Count; i++)
        {
            result.Add(CheckPool(pools[i], $"{path}[{i}]", isService));
        }

        return result;
    }

    private PoolSpec CheckPool(PoolSpec pool, string path, bool isService)
    {
        CheckName(pool.Name, path + ".name");
        NodeModel? node = pool.Node.Length == 0 ? null : FindNode(pool.Node, path + ".node");
        CheckPlaces(pool, path);
        if (pool.Nodes is not null && pool.Xpus is not null)
        {
            Error(SpecProblem.NodesAndXpus, "both 'nodes' and 'xpus' are given; keep the one you mean", path, spec.MarkOf(path + ".xpus"));
            return pool;
        }

        // A count that was there but wrong has its own error already.
        if (pool.Nodes is null && pool.Xpus is null && !IsGiven(path + ".nodes") && !IsGiven(path + ".xpus"))
        {
            Error(
                SpecProblem.NeitherNodesNorXpus,
                isService
                    ? "a service needs 'nodes'; add for example `nodes: 4`"
                    : "a pool needs 'nodes' or 'xpus'; add for example `nodes: 16`",
                path,
                pool.Mark
            );
            return pool;
        }

        return node is null ? pool
            : isService ? CheckService(pool, node, path)
            : CheckXpus(pool, node, path);
    }

    private PoolSpec CheckService(PoolSpec pool, NodeModel node, string path)
    {
        if (pool.Xpus is not null)
        {
            Error(
                SpecProblem.XpusOutOfPlace,
                "services are counted in nodes; write `nodes:` instead of `xpus:`",
                path,
                spec.MarkOf(path + ".xpus")
            );
        }
        else if (node.Xpus > 0)
        {
            diagnostics.Warning(
                SpecProblem.XpusOutOfPlace,
                $"'{node.Id}' has {node.Xpus} XPUs, and services are on the frontend only; move it to 'pools' if they shall reach the backend",
                path,
                spec.MarkOf(path + ".node")
            );
        }

        return pool;
    }

    private PoolSpec CheckXpus(PoolSpec pool, NodeModel node, string path)
    {
        if (node.Xpus < 1)
        {
            Error(SpecProblem.XpusOutOfPlace, $"'{node.Id}' has no XPUs; move it to 'services'", path, spec.MarkOf(path + ".node"));
            return pool;
        }

        if (node.Backend is null)
        {
            Error(
                SpecProblem.PortsUnknown,
                $"the catalogue does not know the backend ports of '{node.Id}'; give them under another id in `catalog: {{nodes: {{my-node: {{xpus: {node.Xpus}, backend: {{nics: 8, rate_gbps: 400}}}}}}}}`",
                path,
                spec.MarkOf(path + ".node")
            );
        }

        int nodes = pool.Nodes ?? (pool.Xpus is { } wanted ? (int)(((long)wanted + node.Xpus - 1) / node.Xpus) : 0);
        long xpus = (long)nodes * node.Xpus;
        if (pool.Xpus is { } asked && xpus != asked)
        {
            diagnostics.Note(
                SpecProblem.RoundedUp,
                $"{asked} XPUs are {nodes} nodes of {node.Xpus}, and so {xpus} XPUs",
                path,
                spec.MarkOf(path + ".xpus")
            );
        }

        return nodes > 0 && xpus <= int.MaxValue ? pool with { Nodes = nodes, Xpus = (int)xpus } : pool;
    }

    private NodeModel? FindNode(string id, string path)
    {
        if (Catalogue.Nodes.TryGetValue(id, out NodeModel? node))
        {
            return node;
        }

        if (SortOf(id) is { } sort)
        {
            Error(
                SpecProblem.WrongSortOfPart,
                $"'{id}' is {sort}, not a node; `lightloom catalog list` shows the nodes",
                path,
                spec.MarkOf(path)
            );
        }
        else if (!IsOwnPart(id))
        {
            string otherwise = "; `lightloom catalog list` shows the nodes, and `catalog:` in the file adds one";
            Error(
                SpecProblem.UnknownNode,
                $"no node '{Excerpt.Of(id)}' is in the catalogue{Suggest(id, Catalogue.Nodes.Keys, otherwise)}",
                path,
                spec.MarkOf(path)
            );
        }

        return null;
    }

    private void CheckFabric(FabricSpec fabric, string path)
    {
        CheckSwitch(fabric.Switch, path + ".switch");
        CheckSwitch(fabric.Leaf, path + ".leaf");
        CheckSwitch(fabric.Spine, path + ".spine");
        CheckSwitch(fabric.SuperSpine, path + ".super_spine");
        if (fabric.Tiers.Value is { } tiers)
        {
            WarnOfMissingTier(
                tiers < 2 && (fabric.Spine is not null || fabric.Oversubscription.Leaf is > 1),
                tiers,
                path,
                fabric.Spine is not null ? "spine" : "oversubscription.leaf"
            );
            WarnOfMissingTier(
                tiers < 3 && (fabric.SuperSpine is not null || fabric.Oversubscription.Spine is > 1),
                tiers,
                path,
                fabric.SuperSpine is not null ? "super_spine" : "oversubscription.spine"
            );
        }
    }

    private void WarnOfMissingTier(bool missing, int tiers, string path, string key)
    {
        // The spine of the layout pods does have a tier above: the one that joins the pods.
        if (missing && !(path == "backend" && spec.Backend.PlaneLayout == PlaneLayout.Pods))
        {
            diagnostics.Warning(
                SpecProblem.NoEffect,
                $"'{key}' has no effect with `tiers: {tiers}`; remove it or ask for more tiers",
                $"{path}.{key}",
                spec.MarkOf($"{path}.{key}")
            );
        }
    }

    private void CheckSwitch(string? id, string path)
    {
        if (id is null or "auto")
        {
            return;
        }

        if (Catalogue.Switches.TryGetValue(id, out SwitchModel? model))
        {
            if (model.Cages.Count == 0)
            {
                Error(
                    SpecProblem.PortsUnknown,
                    $"nobody published the ports of '{id}', so nothing can be designed with it; add them as a switch of your own under `catalog:`",
                    path,
                    spec.MarkOf(path)
                );
            }
        }
        else if (SortOf(id) is { } sort)
        {
            Error(
                SpecProblem.WrongSortOfPart,
                $"'{id}' is {sort}, not a switch; `lightloom catalog list` shows the switches",
                path,
                spec.MarkOf(path)
            );
        }
        else if (!IsOwnPart(id))
        {
            string otherwise = "; `lightloom catalog list` shows the switches, and `catalog:` in the file adds one";
            Error(
                SpecProblem.UnknownSwitch,
                $"no switch '{Excerpt.Of(id)}' is in the catalogue{Suggest(id, Catalogue.Switches.Keys.Append("auto"), otherwise)}",
                path,
                spec.MarkOf(path)
            );
        }
    }

    private string? SortOf(string id) =>
        Catalogue.Switches.ContainsKey(id) ? "a switch"
        : Catalogue.Nodes.ContainsKey(id) ? "a node"
        : Catalogue.Nics.ContainsKey(id) ? "a NIC"
        : Catalogue.Interconnects.ContainsKey(id) ? "an interconnect"
        : Catalogue.Passives.ContainsKey(id) ? "a passive part"
        : Catalogue.Asics.ContainsKey(id) ? "a chip"
        : null;

    // A part of the file's own that had an error is not in the catalogue; its error was reported where it is defined, and once is enough.
    private bool IsOwnPart(string id)
    {
        foreach (YamlEntry section in spec.CatalogAdditions?.Entries ?? [])
        {
            if (section.Value is YamlMap parts && parts[id] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private BackendSpec CheckPlanes(IReadOnlyList<PoolSpec> pools)
    {
        BackendSpec backend = spec.Backend;
        SourceMark mark = spec.MarkOf("backend.planes");
        switch (backend.PlaneLayout)
        {
            case PlaneLayout.NicSplit when backend.Planes.Value is { } planes and not (1 or 2 or 4 or 8 or 16):
                Error(
                    SpecProblem.PlanesContradict,
                    $"a NIC's lanes cannot be divided over {planes} planes; use 1, 2, 4, 8 or 16, or another plane_layout",
                    "backend.planes",
                    mark
                );
                break;
            case PlaneLayout.Rail:
                return CheckRails(backend, pools, mark);
            case PlaneLayout.Pods when !IsGiven("backend.planes"):
                diagnostics.Note(
                    SpecProblem.PlanesFilledIn,
                    "`plane_layout: pods` without 'planes' makes as many planes as the XPUs need",
                    "backend.planes",
                    spec.MarkOf("backend.plane_layout")
                );
                return backend with { Planes = AutoInt.Auto };
            case PlaneLayout.Pods:
                CheckPods(backend, pools, mark);
                break;
        }

        if (backend.PlaneXpus is not null && backend.PlaneLayout != PlaneLayout.Pods)
        {
            diagnostics.Warning(
                SpecProblem.NoEffect,
                "'plane_xpus' has an effect with `plane_layout: pods` only; add that or remove it",
                "backend.plane_xpus",
                spec.MarkOf("backend.plane_xpus")
            );
        }

        return backend;
    }

    private BackendSpec CheckRails(BackendSpec backend, IReadOnlyList<PoolSpec> pools, SourceMark mark)
    {
        PoolSpec? first = null;
        int wanted = 0;
        foreach (PoolSpec pool in pools)
        {
            if (!Catalogue.Nodes.TryGetValue(pool.Node, out NodeModel? node) || node.Backend is not { } ports)
            {
                continue;
            }

            if (first is null)
            {
                (first, wanted) = (pool, ports.Nics);
            }
            else if (ports.Nics != wanted)
            {
                Error(
                    SpecProblem.PlanesContradict,
                    $"`plane_layout: rail` needs one plane a NIC position, but '{pool.Node}' has {ports.Nics} NICs and '{first.Node}' has {wanted}; use nic-split or pods, or pools of one NIC count",
                    "backend.plane_layout",
                    spec.MarkOf("backend.plane_layout")
                );
                return backend;
            }
        }

        if (first is null)
        {
            return backend;
        }

        if (!IsGiven("backend.planes"))
        {
            diagnostics.Note(
                SpecProblem.PlanesFilledIn,
                $"`plane_layout: rail` makes one plane a NIC position, and so {wanted} planes",
                "backend.planes",
                spec.MarkOf("backend.plane_layout")
            );
            return backend with { Planes = new(wanted) };
        }

        if (backend.Planes.Value is { } planes && planes != wanted)
        {
            Error(
                SpecProblem.PlanesContradict,
                $"`plane_layout: rail` needs one plane a NIC position; '{first.Node}' has {wanted} NICs, so write `planes: {wanted}` or `planes: auto`",
                "backend.planes",
                mark
            );
        }

        return backend;
    }

    private void CheckPods(BackendSpec backend, IReadOnlyList<PoolSpec> pools, SourceMark mark)
    {
        long xpus = XpusOf(pools);
        if (backend.PlaneXpus is { } each && backend.Planes.Value is { } planes && (long)each * planes < xpus)
        {
            long needed = (xpus + each - 1) / each;
            string remedy =
                needed <= 16
                    ? $"write `planes: {needed}`, or raise plane_xpus"
                    : $"raise plane_xpus to {(xpus + planes - 1) / planes} or more";
            Error(
                SpecProblem.PlanesContradict,
                $"{planes} planes of {each} XPUs hold {(long)planes * each}, fewer than the {xpus} of the pools; {remedy}",
                "backend.planes",
                mark
            );
        }
    }

    private void CheckTotals(IReadOnlyList<PoolSpec> pools, IReadOnlyList<PoolSpec> services)
    {
        long xpus = XpusOf(pools);
        long nodes = NodesOf(pools) + NodesOf(services);
        if (xpus > MostXpus)
        {
            Error(
                SpecProblem.TooManyNodes,
                $"the pools have {xpus} XPUs together; at most {MostXpus} are designed in one file, so split the cluster",
                "pools",
                spec.MarkOf("pools")
            );
        }
        else if (nodes > MostNodes)
        {
            Error(
                SpecProblem.TooManyNodes,
                $"pools and services have {nodes} nodes together; at most {MostNodes} are designed in one file, so split the cluster",
                "pools",
                spec.MarkOf("pools")
            );
        }
    }

    private static long XpusOf(IReadOnlyList<PoolSpec> pools)
    {
        long sum = 0;
        foreach (PoolSpec pool in pools)
        {
            sum += pool.Xpus ?? 0;
        }

        return sum;
    }

    private static long NodesOf(IReadOnlyList<PoolSpec> pools)
    {
        long sum = 0;
        foreach (PoolSpec pool in pools)
        {
            sum += pool.Nodes ?? 0;
        }

        return sum;
    }

    private void CheckPlaces(PoolSpec pool, string path)
    {
        if (pool.Place.Count == 0)
        {
            return;
        }

        string[] places = _places ??= [
            .. spec.Floor.Sites.Select(s => s.Name),
            .. spec.Floor.Sites.SelectMany(s => s.Buildings).SelectMany(b => b.Halls.Select(h => h.Name).Prepend(b.Name)),
        ];
        for (int i = 0; i < pool.Place.Count; i++)
        {
            string place = pool.Place[i];
            if (!places.Contains(place))
            {
                string at = $"{path}.place[{i}]";
                string otherwise =
                    places.Length == 0
                        ? "; name it under 'floor.sites' first"
                        : $"; the file has {string.Join(", ", places.Take(8).Select(Excerpt.Of))}";
                Error(
                    SpecProblem.UnknownPlace,
                    $"no hall, building or site '{Excerpt.Of(place)}' is in the floor{Suggest(place, places, otherwise)}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckFloor()
    {
        // `place:` names any of them, but a site of one building may well share its name.
        var places = new NameBook(this, "building or hall");
        var sites = new NameBook(this, "site");
        for (int s = 0; s < spec.Floor.Sites.Count; s++)
        {
            sites.Add(spec.Floor.Sites[s].Name, $"floor.sites[{s}].name");
            for (int b = 0; b < spec.Floor.Sites[s].Buildings.Count; b++)
            {
                BuildingSpec building = spec.Floor.Sites[s].Buildings[b];
                string path = $"floor.sites[{s}].buildings[{b}]";
                places.Add(building.Name, path + ".name");
                CheckPlaneNumbers(building.Planes, path);
                for (int h = 0; h < building.Halls.Count; h++)
                {
                    string hall = $"{path}.halls[{h}]";
                    places.Add(building.Halls[h].Name, hall + ".name");
                    CheckHall(building.Halls[h], hall);
                }
            }
        }
    }

    private void CheckHall(HallSpec hall, string path)
    {
        CheckPlaneNumbers(hall.Planes, path);
        for (int i = 0; i < hall.KeepOuts.Count; i++)
        {
            KeepOutSpec keepOut = hall.KeepOuts[i];
            string at = $"{path}.keep_outs[{i}]";
            if (keepOut.To < keepOut.From)
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"the keep-out runs from {keepOut.From} to {keepOut.To}; swap the two",
                    at,
                    spec.MarkOf(at + ".to")
                );
            }

            CheckPosition(hall, keepOut.Row, keepOut.To ?? keepOut.From, at);
        }

        var taken = new HashSet<(int, int)>();
        for (int i = 0; i < hall.Fixed.Count; i++)
        {
            FixedRackSpec rack = hall.Fixed[i];
            string at = $"{path}.fixed[{i}]";
            CheckPosition(hall, rack.Row, rack.Position, at);
            if (!taken.Add((rack.Row, rack.Position)))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"row {rack.Row}, position {rack.Position} is fixed twice; keep one",
                    at,
                    spec.MarkOf(at)
                );
            }
            else if (hall.KeepOuts.Any(k => k.Row == rack.Row && k.From <= rack.Position && rack.Position <= (k.To ?? k.From)))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"row {rack.Row}, position {rack.Position} lies in a keep-out; move the rack or shrink the keep-out",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckPosition(HallSpec hall, int row, int position, string path)
    {
        if (row > hall.Rows)
        {
            Error(
                SpecProblem.FloorContradicts,
                $"row {row} is outside of '{Excerpt.Of(hall.Name)}', which has {hall.Rows} rows; correct one of the two",
                path,
                spec.MarkOf(path + ".row")
            );
        }
        else if (position > hall.RacksPerRow)
        {
            Error(
                SpecProblem.FloorContradicts,
                $"position {position} is outside of '{Excerpt.Of(hall.Name)}', whose rows have {hall.RacksPerRow} positions; correct one of the two",
                path,
                spec.MarkOf(path)
            );
        }
    }

    private void CheckPlaneNumbers(IReadOnlyList<int> planes, string path)
    {
        for (int i = 0; i < planes.Count; i++)
        {
            string at = $"{path}.planes[{i}]";
            if (planes[i] < 0 || planes[i] >= (spec.Backend.Planes.Value ?? 16))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"plane {planes[i]} does not exist; planes count from 0 to {(spec.Backend.Planes.Value ?? 16) - 1}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }

        if (planes.Count > 0 && spec.Backend.PlaneLayout != PlaneLayout.Pods)
        {
            diagnostics.Warning(
                SpecProblem.NoEffect,
                "'planes' of a building or hall has an effect with `plane_layout: pods` only; other layouts have every node on every plane",
                path + ".planes",
                spec.MarkOf(path + ".planes")
            );
        }
    }

    private void CheckPrices()
    {
        foreach (string id in spec.Prices.Keys)
        {
            if (!IsPriced(id))
            {
                string otherwise = "; it counts only if something of that id is bought";
                diagnostics.Warning(
                    SpecProblem.UnknownPrice,
                    $"nothing in the catalogue is called '{Excerpt.Of(id)}'{Suggest(id, Catalogue.Entries.Select(e => e.Id), otherwise)}",
                    "prices." + Excerpt.Of(id),
                    spec.Source?["prices"]?.Value is YamlMap book ? book[id]?.Mark : null
                );
            }
        }
    }

    // As PriceRule reads the book: ID, ID@3m, ID-per-m, and for passive parts the id cut at any hyphen (`fibre`).
    private bool IsPriced(string key)
    {
        string id = BookKey.Of(key).Id;
        if (Catalogue.Find(id) is not null || IsOwnPart(id))
        {
            return true;
        }

        int hyphen = id.IndexOf('-', StringComparison.Ordinal);
        return (hyphen < 0 ? id : id[..hyphen]) is "fibre" or "trunk" or "cassette" or "panel";
    }

    private void CheckExclusions()
    {
        string[] kinds = spec.Interconnect.Exclude.Count == 0 ? [] : [.. Words.Kinds.All];
        for (int i = 0; i < spec.Interconnect.Exclude.Count; i++)
        {
            string what = spec.Interconnect.Exclude[i];
            if (!kinds.Contains(what) && !Catalogue.Interconnects.ContainsKey(what))
            {
                string at = $"interconnect.exclude[{i}]";
                string otherwise = $"; kinds are {string.Join(", ", kinds)}";
                diagnostics.Warning(
                    SpecProblem.UnknownExclusion,
                    $"no kind or interconnect is called '{Excerpt.Of(what)}', so nothing is excluded by it{Suggest(what, kinds.Concat(Catalogue.Interconnects.Keys), otherwise)}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckName(string name, string path)
    {
        if (name.Length == 0)
        {
            // A missing name was reported when the key was looked for; an empty one in quotes was not.
            if (IsGiven(path))
            {
                Error(SpecProblem.BadName, $"'{LastOf(path)}' is empty; give it a name", path, spec.MarkOf(path));
            }
        }
        else if (name.Length > LongestName || name.Any(char.IsControl) || name != name.Trim())
        {
            Error(
                SpecProblem.BadName,
                $"the name '{Excerpt.Of(name)}' cannot be printed on a label; use at most {LongestName} characters, no control characters, no blanks at its ends",
                path,
                spec.MarkOf(path)
            );
        }
    }

    private bool IsGiven(string path)
    {
        int dot = path.LastIndexOf('.');
        YamlNode? at = spec.Source;
        foreach (string step in (dot < 0 ? "" : path[..dot]).Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            at =
                at is YamlMap map ? map[step]?.Value
                : at is YamlList list && int.TryParse(step, out int index) && index < list.Items.Count ? list.Items[index]
                : null;
        }

        return at is YamlMap section && section[path[(dot + 1)..]] is { Value: not YamlScalar { IsNull: true } };
    }

    private string Suggest(string text, IEnumerable<string> candidates, string otherwise) =>
        _suggestions++ < MostSuggestions ? Nearest.Suggestion(text, candidates, otherwise) : otherwise;

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private void Error(string id, string message, string path, SourceMark mark) => diagnostics.Error(id, message, path, mark);

    /// <summary>Names that must differ, each with the place of the one that had it first.</summary>
    private sealed class NameBook(SpecCheck check, string sort)
    {
        private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string name, string path)
        {
            if (name.Length > 0 && !_paths.TryAdd(name, path))
            {
                int line = check.Spec.MarkOf(_paths[name]).Line;
                check.Error(
                    SpecProblem.DuplicateName,
                    $"another {sort} is already called '{Excerpt.Of(name)}' (line {line}); device names start with it, so choose another",
                    path,
                    check.Spec.MarkOf(path)
                );
            }
        }
    }
}
