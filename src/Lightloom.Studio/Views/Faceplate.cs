using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>The cages of a device: what is plugged in, what is free, and what a rule of its maker keeps from being used.</summary>
internal static class Faceplate
{
    /// <summary>Every cage of a device, network by network.</summary>
    public static IReadOnlyList<CageAnswer> Of(DesignView view, int device)
    {
        Network network = view.Design.Network;
        DeviceGroup group = network.GroupOf(device);
        Dictionary<(FabricRole Role, int Cage), List<LegAnswer>> legs = [];
        Dictionary<(FabricRole Role, int Cage), CageUse> uses = [];
        foreach (int number in view.Links.Of(device))
        {
            (LinkClass links, int index) = view.Links.At(number);
            Link link = links.Links[index];
            bool atA = link.A == device;
            (FabricRole, int) key = (links.Fabric, atA ? link.ACage : link.ZCage);
            if (!legs.TryGetValue(key, out List<LegAnswer>? of))
            {
                legs[key] = of = [];
                uses[key] = atA ? links.ACages : links.ZCages;
            }

            of.Add(LegOf(view, links, index, atA));
        }

        List<CageAnswer> cages = [];
        if (group.Switch is { } model)
        {
            cages.AddRange(OfSwitch(network, device, group, model, legs, uses));
        }

        foreach ((FabricRole role, int cage) in legs.Keys.OrderBy(k => k.Role).ThenBy(k => k.Cage))
        {
            if (group.IsNode || role != group.Fabric)
            {
                cages.Add(Used(network, device, role, cage, uses[(role, cage)], legs[(role, cage)], "network"));
            }
        }

        if (group.Node is { } node)
        {
            foreach (Fabric fabric in network.Fabrics)
            {
                cages.AddRange(FreeOfNode(network, device, fabric.Role, node, legs));
            }
        }

        return cages;
    }

    private static IEnumerable<CageAnswer> OfSwitch(
        Network network,
        int device,
        DeviceGroup group,
        SwitchModel model,
        Dictionary<(FabricRole Role, int Cage), List<LegAnswer>> legs,
        Dictionary<(FabricRole Role, int Cage), CageUse> uses
    )
    {
        int perGroup = model.CagesPerPortGroup?.Value ?? 0;
        int most = model.MaxLogicalPortsPerGroup?.Value ?? 0;
        int mostOfAll = model.MaxLogicalPorts?.Value ?? int.MaxValue;
        Dictionary<int, int> taken = [];
        int all = 0;
        foreach (((FabricRole role, int cage), CageUse use) in uses.Where(u => u.Key.Role == group.Fabric))
        {
            all += use.Ways;
            if (perGroup > 0)
            {
                int portGroup = (cage - 1) / perGroup;
                taken[portGroup] = taken.GetValueOrDefault(portGroup) + use.Ways;
            }
        }

        foreach (CageBlock block in model.Cages)
        {
            for (int cage = block.FirstNumber; cage < block.FirstNumber + block.Count.Value; cage++)
            {
                if (legs.TryGetValue((group.Fabric, cage), out List<LegAnswer>? of))
                {
                    yield return Used(network, device, group.Fabric, cage, uses[(group.Fabric, cage)], of, block.Purpose.ToWord()) with
                    {
                        Block = BlockRow(block, cage),
                    };
                    continue;
                }

                string? blocked =
                    perGroup > 0 && taken.GetValueOrDefault((cage - 1) / perGroup) >= most
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"cages {((cage - 1) / perGroup * perGroup) + 1} to {((cage - 1) / perGroup * perGroup) + perGroup} share {most} "
                                + $"logical ports, and all are taken"
                        )
                    : all >= mostOfAll
                        ? string.Create(CultureInfo.InvariantCulture, $"the chip has {mostOfAll} logical ports, and all are taken")
                    : null;
                yield return new()
                {
                    Role = group.Fabric.ToWord(),
                    Cage = cage,
                    Name = network.PortName(device, group.Fabric, cage),
                    Form = block.FormFactor.Value.ToWord(),
                    RateGbps = block.CageRate.Value.Gbps,
                    Lanes = block.Lanes.Value,
                    Purpose = block.Purpose.ToWord(),
                    State = blocked is null ? "free" : "blocked",
                    BlockedBy = blocked,
                    Allowed = [.. block.Breakouts.Value.Where(b => block.Allows(cage, b)).Select(b => b.ToString())],
                    Block = BlockRow(block, cage),
                    Legs = [],
                };
            }
        }
    }

    // Two rows of cages, counted downwards, as faceplates have them.
    private static CagePlace BlockRow(CageBlock block, int cage) =>
        block.Count.Value > 4 ? new((cage - block.FirstNumber) % 2, (cage - block.FirstNumber) / 2) : new(0, cage - block.FirstNumber);

    private static IEnumerable<CageAnswer> FreeOfNode(
        Network network,
        int device,
        FabricRole role,
        NodeModel node,
        Dictionary<(FabricRole Role, int Cage), List<LegAnswer>> legs
    )
    {
        if (role == FabricRole.Oob || node.PortsOf(role.Name) is not { } ports)
        {
            yield break;
        }

        for (int cage = 1; cage <= ports.Cages.Value; cage++)
        {
            if (!legs.ContainsKey((role, cage)))
            {
                yield return new()
                {
                    Role = role.ToWord(),
                    Cage = cage,
                    Name = network.PortName(device, role, cage),
                    Form = ports.FormFactor.Value.ToWord(),
                    RateGbps = ports.CageRate.Gbps,
                    Lanes = ports.LanesPerNic.Value,
                    Purpose = "network",
                    State = "free",
                    Legs = [],
                };
            }
        }
    }

    private static CageAnswer Used(
        Network network,
        int device,
        FabricRole role,
        int cage,
        CageUse use,
        List<LegAnswer> legs,
        string purpose
    ) =>
        new()
        {
            Role = role.ToWord(),
            Cage = cage,
            Name = network.PortName(device, role, cage),
            Form = use.FormFactor.ToWord(),
            RateGbps = use.CageRate.Gbps,
            Lanes = use.Lanes,
            Purpose = purpose,
            State = "used",
            Breakout = use.Breakout.ToString(),
            Tray = network.TrayOf(device, role, cage)?.Suffix,
            Legs = [.. legs.OrderBy(l => l.Leg)],
        };

    private static LegAnswer LegOf(DesignView view, LinkClass links, int index, bool atA)
    {
        Network network = view.Design.Network;
        Link link = links.Links[index];
        int cable = view.Design.Cables.CableOfLink[links.Index][index];
        return new()
        {
            Leg = atA ? link.ALane : link.ZLane,
            Name = PlainText.Line(atA ? network.PortNameA(links, link) : network.PortNameZ(links, link)),
            Peer = atA ? network.NameOf(link.Z, links.Fabric, link.ZCage) : network.NameOf(link.A, links.Fabric, link.ACage),
            PeerPort = atA ? network.PortNameZ(links, link) : network.PortNameA(links, link),
            Cable = cable < 0 ? null : view.Cables.IdOf(cable),
            RateGbps = links.Rate.Gbps,
            LengthM = view.Design.Cables.LengthOfLink[links.Index][index] / 1000.0,
            Rail = link.Rail >= 0 ? link.Rail : null,
            Plane = links.Plane,
        };
    }
}

/// <summary>A cage of a faceplate.</summary>
internal sealed record CageAnswer
{
    public required string Role { get; init; }
    public required int Cage { get; init; }
    public required string Name { get; init; }
    public required string Form { get; init; }
    public required double RateGbps { get; init; }
    public required int Lanes { get; init; }
    public required string Purpose { get; init; }
    public required string State { get; init; }
    public string? Breakout { get; init; }
    public string? BlockedBy { get; init; }
    public string? Tray { get; init; }
    public IReadOnlyList<string>? Allowed { get; init; }
    public CagePlace? Block { get; init; }
    public required IReadOnlyList<LegAnswer> Legs { get; init; }
}

/// <summary>Where a cage is drawn in its block.</summary>
internal sealed record CagePlace(int Row, int Column);

/// <summary>A leg of a cage: one logical link.</summary>
internal sealed record LegAnswer
{
    public required int Leg { get; init; }
    public required string Name { get; init; }
    public required string Peer { get; init; }
    public required string PeerPort { get; init; }
    public string? Cable { get; init; }
    public required double RateGbps { get; init; }
    public required double LengthM { get; init; }
    public int? Rail { get; init; }
    public required int Plane { get; init; }
}
