using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>This part checks the networks: their switches, planes, rails and pods.</summary>
internal sealed partial class SpecCheck
{
    private void CheckFabric(FabricSpec fabric, string path)
    {
        CheckSwitch(fabric.Switch, path + ".switch");
        for (int i = 0; i < fabric.Leaf.Count; i++)
        {
            CheckSwitch(fabric.Leaf[i], fabric.Leaf.Count == 1 ? path + ".leaf" : FormattableString.Invariant($"{path}.leaf[{i}]"));
        }

        CheckPeers(fabric, path);
        CheckExternals(fabric, path);
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
            // One number is for the tiers that there are.
            WarnOfMissingTier(tiers < 2 && fabric.Reserve.Spine is > 0 && IsGiven(path + ".reserve.spine"), tiers, path, "reserve.spine");
            WarnOfMissingTier(
                tiers < 3 && fabric.Reserve.SuperSpine is > 0 && IsGiven(path + ".reserve.super_spine"),
                tiers,
                path,
                "reserve.super_spine"
            );
        }
    }

    private void CheckExternals(FabricSpec fabric, string path)
    {
        for (int i = 0; i < fabric.External.Count; i++)
        {
            string at = FormattableString.Invariant($"{path}.external[{i}]");
            CheckName(fabric.External[i].Name, at + ".name");
            _names.Add(fabric.External[i].Name, at + ".name");
            if (path == "oob")
            {
                Error(
                    SpecProblem.NoEffect,
                    "the management network has no `external` links; give them to the frontend, as in frontend: {external: [...]}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckPeers(FabricSpec fabric, string path)
    {
        string at = path + ".peer_links";
        if (fabric.PeerLinks > 0 && (fabric.Tiers.Value is > 1 || path == "oob"))
        {
            diagnostics.Warning(
                SpecProblem.NoEffect,
                path == "oob"
                    ? "'peer_links' has no effect on the management network, which is a tree; remove it"
                    : $"'peer_links' has no effect with `tiers: {fabric.Tiers.Value}`: it joins two leaves that have no spine; remove it, or "
                        + "say `tiers: 1`",
                at,
                spec.MarkOf(at)
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
                    $"nobody published the ports of '{id}', so nothing can be designed with it; "
                        + $"add them as a switch of your own under `catalog:`",
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
                (first, wanted) = (pool, ports.Nics.Value);
            }
            else if (ports.Nics.Value != wanted)
            {
                Error(
                    SpecProblem.PlanesContradict,
                    $"`plane_layout: rail` needs one plane a NIC position, but '{pool.Node}' has {ports.Nics} NICs and '{first.Node}' has "
                        + $"{wanted}; say backend.plane_layout: nic-split or pods, or pools of one NIC count",
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
                $"`plane_layout: rail` needs one plane a NIC position; '{first.Node}' has {wanted} NICs, so write `backend.planes: "
                    + $"{wanted}` or `auto`",
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
                    ? $"write `backend.planes: {needed}`, or raise backend.plane_xpus"
                    : $"write `backend.plane_xpus: {(xpus + planes - 1) / planes}` or more";
            Error(
                SpecProblem.PlanesContradict,
                $"{planes} planes of {each} XPUs hold {(long)planes * each}, fewer than the {xpus} of the pools; {remedy}",
                "backend.planes",
                mark
            );
        }
    }
}
