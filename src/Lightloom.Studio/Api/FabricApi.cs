using Lightloom.Floor;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Views;
using Lightloom.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>Devices of a page.</summary>
internal sealed record DevicesAnswer(int Total, int Offset, IReadOnlyList<DeviceRow> Rows);

/// <summary>A device.</summary>
internal sealed record DeviceRow
{
    public required int Index { get; init; }
    public required string Name { get; init; }
    public required string Group { get; init; }
    public required string Kind { get; init; }
    public required string Model { get; init; }
    public required string ModelName { get; init; }
    public required string Tier { get; init; }
    public string? Role { get; init; }
    public int? Plane { get; init; }
    public int? Pod { get; init; }
    public required string Rack { get; init; }
    public required int Unit { get; init; }
    public required int Links { get; init; }
}

/// <summary>A device with its faceplate.</summary>
internal sealed record DeviceAnswer(
    DeviceRow Device,
    IReadOnlyList<CageAnswer> Cages,
    int Used,
    int Free,
    int Blocked,
    double? PowerW,
    double? WeightKg
);

/// <summary>What is to fail.</summary>
internal sealed record WhatIfRequest(IReadOnlyList<string>? Fail, string? Role);

/// <summary>Networks, devices, ways and failures.</summary>
internal static class FabricApi
{
    /// <summary>Most rows of a page.</summary>
    public const int MostRows = 1000;

    public static void Map(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet(
                "/api/fabric/{role}",
                (string role, bool? rails) =>
                {
                    DesignView view = DesignApi.ViewOf(project);
                    return view.MapOf(FabricOf(view, role), rails == true);
                }
            )
            .WithSummary("A network in numbers: runs of like devices, and what joins them");
        app.MapGet(
                "/api/devices",
                (
                    string? role,
                    string? tier,
                    int? plane,
                    int? pod,
                    string? group,
                    string? rack,
                    string? kind,
                    string? q,
                    int? offset,
                    int? limit
                ) => Devices(DesignApi.ViewOf(project), new(role, tier, plane, pod, group, rack, kind, q), offset, limit)
            )
            .WithSummary("Devices, page by page");
        app.MapGet("/api/devices/{name}", (string name) => DeviceOf(DesignApi.ViewOf(project), name))
            .WithSummary("A device with its faceplate");
        app.MapGet(
                "/api/path",
                (string from, string to, string? role, string? fail) => PathOf(DesignApi.ViewOf(project), from, to, role, fail)
            )
            .WithSummary("A shortest way from device to device");
        app.MapPost(
                "/api/whatif",
                (WhatIfRequest body) =>
                {
                    DesignView view = DesignApi.ViewOf(project);
                    Failed failed = FailedOf(view, body.Fail ?? []);
                    return WhatIf.Of(view, body.Role is { } role ? FabricOf(view, role) : FabricOfFirst(view, failed), failed);
                }
            )
            .WithSummary("Who suffers when something fails");
    }

    /// <summary>The network of that name.</summary>
    public static Fabric FabricOf(DesignView view, string role) =>
        view.FabricOf(role)
        ?? throw ApiException.NotFound(
            $"there is no network '{Yaml.Excerpt.Of(role)}'; networks are {string.Join(", ", view.Design.Network.Fabrics.Select(f => f.Role.Name))}"
        );

    /// <summary>The device of that name.</summary>
    public static int IndexOf(DesignView view, string name) =>
        view.Names.Find(name) is >= 0 and var device
            ? device
            : throw ApiException.NotFound($"there is no device '{Yaml.Excerpt.Of(name)}'");

    /// <summary>Where a page begins and how many rows it has, within bounds.</summary>
    public static (int Offset, int Limit) Page(int? offset, int? limit) =>
        (Math.Max(0, offset ?? 0), Math.Clamp(limit ?? 100, 0, MostRows));

    /// <summary>A device as a row.</summary>
    public static DeviceRow RowOf(DesignView view, int device)
    {
        Network network = view.Design.Network;
        DeviceGroup group = network.GroupOf(device);
        Rack rack = view.Design.Placement.Racks[view.Design.Placement.RackOfDevice[device]];
        return new()
        {
            Index = device,
            Name = network.NameOf(device),
            Group = FabricMap.IdOf(group),
            Kind = KindOf(group),
            Model = group.Model.Id,
            ModelName = group.Model.Name,
            Tier = group.Tier.ToWord(),
            Role = group.IsNode ? null : group.Fabric.ToWord(),
            Plane = group.Plane >= 0 ? group.Plane : null,
            Pod = group.Pod >= 0 ? group.Pod : null,
            Rack = rack.Name,
            Unit = view.Design.Placement.UnitOfDevice[device],
            Links = view.Links.Of(device).Length,
        };
    }

    private static string KindOf(DeviceGroup group) =>
        group.IsNode ? (group.IsService ? "service" : "node")
        : group.IsOurSwitch ? "switch"
        : "outside";

    private sealed record Asked(string? Role, string? Tier, int? Plane, int? Pod, string? Group, string? Rack, string? Kind, string? Q);

    private static DevicesAnswer Devices(DesignView view, Asked asked, int? offset, int? limit)
    {
        Network network = view.Design.Network;
        (int from, int most) = Page(offset, limit);
        int rack = asked.Rack is null ? -1 : view.Racks.Find(asked.Rack);
        if (asked.Rack is not null && rack < 0)
        {
            throw ApiException.NotFound($"there is no rack '{Yaml.Excerpt.Of(asked.Rack)}'");
        }

        List<DeviceRow> rows = [];
        int total = 0;
        foreach (DeviceGroup group in network.Groups.Where(g => IsAsked(g, asked)))
        {
            if (rack < 0 && asked.Q is not { Length: > 0 })
            {
                // Whole groups are counted, and skipped where the page does not begin yet.
                for (int i = Math.Max(0, from - total); i < group.Count && rows.Count < most; i++)
                {
                    rows.Add(RowOf(view, group.First + i));
                }

                total += group.Count;
                continue;
            }

            for (int device = group.First; device < group.First + group.Count; device++)
            {
                if (
                    (rack >= 0 && view.Design.Placement.RackOfDevice[device] != rack)
                    || (asked.Q is { Length: > 0 } q && !network.NameOf(device).Contains(q, StringComparison.OrdinalIgnoreCase))
                )
                {
                    continue;
                }

                if (total++ >= from && rows.Count < most)
                {
                    rows.Add(RowOf(view, device));
                }
            }
        }

        return new(total, from, rows);
    }

    private static bool IsAsked(DeviceGroup g, Asked a) =>
        (a.Group is null || FabricMap.IdOf(g) == a.Group)
        && (a.Role is null || (!g.IsNode && g.Fabric.Name == a.Role))
        && (a.Tier is null || g.Tier.ToWord() == a.Tier)
        && (a.Plane is null || g.Plane == a.Plane)
        && (a.Pod is null || g.Pod == a.Pod)
        && (a.Kind is null || KindOf(g) == a.Kind);

    private static DeviceAnswer DeviceOf(DesignView view, string name)
    {
        int device = IndexOf(view, name);
        IReadOnlyList<CageAnswer> cages = Faceplate.Of(view, device);
        DeviceSize size = DeviceSize.Of(view.Design.Spec, view.Design.Network.GroupOf(device).Model);
        return new(
            RowOf(view, device),
            cages,
            cages.Count(c => c.State == "used"),
            cages.Count(c => c.State == "free"),
            cages.Count(c => c.State == "blocked"),
            size.PowerAssumed ? null : size.Power.Watts,
            size.Weight?.Kilograms
        );
    }

    private static PathAnswer PathOf(DesignView view, string from, string to, string? role, string? fail)
    {
        int a = IndexOf(view, from),
            z = IndexOf(view, to);
        if (a == z)
        {
            throw ApiException.Wrong("from and to are the same device");
        }

        Failed failed = FailedOf(view, fail?.Split(',', StringSplitOptions.TrimEntries) ?? []);
        IEnumerable<Fabric> fabrics = role is null ? view.Design.Network.Fabrics : [FabricOf(view, role)];
        foreach (Fabric fabric in fabrics)
        {
            if (PathFinder.Find(view, fabric, a, z, failed) is { } path)
            {
                return path;
            }
        }

        throw new ApiException(422, $"no way leads from {from} to {to}" + (role is null ? " on any network" : $" on the {role} network"));
    }

    private static Failed FailedOf(DesignView view, IReadOnlyList<string> names)
    {
        if (names.Count > 1000)
        {
            throw ApiException.Wrong("more than 1,000 failures at once; name fewer");
        }

        Failed failed = Failed.Of(view, names, out string? unknown);
        return unknown is null
            ? failed
            : throw ApiException.NotFound($"'{Yaml.Excerpt.Of(unknown)}' is neither a device nor a cable of this design");
    }

    // The network of what failed: that of the first switch or cable, else the first network of the design.
    private static Fabric FabricOfFirst(DesignView view, Failed failed)
    {
        foreach ((_, string kind, int number) in failed.Named)
        {
            FabricRole? role =
                kind == "cable" ? view.Cables.FirstOf(number).Class.Fabric
                : view.Design.Network.GroupOf(number) is { IsOurSwitch: true } group ? group.Fabric
                : null;
            if (role is not null && view.FabricOf(role.Name) is { } fabric)
            {
                return fabric;
            }
        }

        return view.Design.Network.Fabrics[0];
    }
}
