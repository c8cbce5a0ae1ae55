using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What the ports of switches and nodes are called: by us, by a switch's operating system, or by a node's maker.</summary>
/// <remarks>
/// A cage has a name, and every leg of it has one that a configuration would use. docs/models/names.md has the rules with their sources.
/// Immutable; safe to share between threads.
/// </remarks>
public sealed class PortNames
{
    private readonly NamesSpec _names;

    /// <summary>Names as a file asks for them.</summary>
    public PortNames(NamesSpec names)
    {
        _names = names;
        NamesLegs =
            names.SwitchPorts != PortNaming.Cage
            || names.SwitchPortsOf.Values.Any(n => n != PortNaming.Cage)
            || names.NodePorts != NodePortNaming.Position;
    }

    /// <summary>Our own names.</summary>
    public static PortNames Default { get; } = new(new());

    /// <summary>True when the file asks for other names than ours, so that a leg's name is more than cage and lane.</summary>
    public bool NamesLegs { get; }

    /// <summary>Whose names the ports of a switch get: never <see cref="PortNaming.Auto"/>.</summary>
    /// <remarks>
    /// A switch that speaks InfiniBand only is named as NVOS does where the catalogue lists that, else as MLNX-OS, wherever any operating
    /// system is asked for: none of the others runs it.
    /// </remarks>
    public PortNaming NamingOf(SwitchModel model)
    {
        PortNaming asked = _names.SwitchPortsOf.GetValueOrDefault(model.Id, _names.SwitchPorts);
        if (asked == PortNaming.Cage)
        {
            return asked;
        }

        if (model.Protocols is { Value: [Protocol.InfiniBand] })
        {
            return asked == PortNaming.Nvos || model.NetworkOs is { Value: [NetworkOs.Nvos, ..] } ? PortNaming.Nvos : PortNaming.MlnxOs;
        }

        return asked != PortNaming.Auto ? asked
            : model.NetworkOs is { Value: [var own, ..] } && PortNamingWords.TryParse(own.ToWord(), out PortNaming naming) ? naming
            : PortNaming.Cage;
    }

    /// <summary>
    /// Whose names the ports of a run of switches get: a panel that stands for what is outside runs no operating system, and is numbered as we do.
    /// </summary>
    public PortNaming NamingOf(DeviceGroup group) => group.Tier == Tier.External ? PortNaming.Cage : NamingOf(group.Switch!);

    /// <summary>The name of a cage, for example <c>E1/7</c>, <c>swp7</c>, <c>be3</c>, <c>OSFP2</c>, <c>bmc1</c>, <c>mgmt1</c>.</summary>
    /// <param name="group">The device's group.</param>
    /// <param name="fabric">The network that the cage belongs to.</param>
    /// <param name="cage">Its number, from 1.</param>
    public string Cage(DeviceGroup group, FabricRole fabric, int cage)
    {
        if (group.IsNode)
        {
            return Printed(group, fabric)?.CageNames is { } printed && cage <= printed.Value.Count
                ? printed.Value[cage - 1]
                : PrintedOnTray(group, fabric, cage) ?? ByPosition(fabric) + Number(InTray(group, fabric, cage));
        }

        if (IsManagementOf(group, fabric))
        {
            return "mgmt" + Number(cage);
        }

        SwitchModel model = group.Switch!;
        PortNaming naming = NamingOf(group);
        return naming switch
        {
            PortNaming.Sonic => "Ethernet" + Number(LanesBefore(model, cage)),
            PortNaming.Cumulus => "swp" + Number(cage),
            PortNaming.Eos => "Ethernet" + Number(cage),
            PortNaming.NxOs => "Ethernet1/" + Number(cage),
            PortNaming.Junos => JunosType(model, cage) + "-0/0/" + Number(cage - 1),
            PortNaming.IosXr => "0/0/0/" + Number(cage - 1),
            PortNaming.MlnxOs => (IsInfiniBand(model) ? "IB1/" : "Eth1/") + Number(cage),
            PortNaming.Nvos => "sw" + Number(cage),
            _ => "E1/" + Number(cage),
        };
    }

    /// <summary>The name of one leg of a cage: what its port is configured by, for example <c>E1/7:0</c>, <c>swp7s0</c>, <c>OSFP2P1</c>.</summary>
    /// <param name="group">The device's group.</param>
    /// <param name="fabric">The network that the cage belongs to.</param>
    /// <param name="cage">Its number, from 1.</param>
    /// <param name="leg">The leg, from 0.</param>
    /// <param name="breakout">How the cage is divided.</param>
    public string Leg(DeviceGroup group, FabricRole fabric, int cage, int leg, Breakout breakout)
    {
        string name = Cage(group, fabric, cage);
        if (group.IsNode)
        {
            return NodeLeg(group, fabric, cage, leg, breakout.Ways) ?? WithLane();
        }

        if (IsManagementOf(group, fabric))
        {
            return WithLane();
        }

        SwitchModel model = group.Switch!;
        int ways = breakout.Ways;
        int lanes = BlockOf(model, cage)?.Lanes.Value ?? ways;
        int lanesPerLeg = Math.Max(1, lanes / ways);
        return NamingOf(group) switch
        {
            PortNaming.Sonic => "Ethernet" + Number(LanesBefore(model, cage) + (leg * lanesPerLeg)),
            PortNaming.Cumulus => ways == 1 ? name : name + "s" + Number(leg),
            PortNaming.Eos => lanes == 1 ? name : name + "/" + Number((leg * lanesPerLeg) + 1),
            PortNaming.NxOs => ways == 1 ? name : name + "/" + Number(leg + 1),
            PortNaming.Junos => ways == 1 ? name : name + ":" + Number(leg),
            PortNaming.IosXr => IosXrType(breakout.Rate) + name + (ways == 1 ? "" : "/" + Number(leg)),
            PortNaming.MlnxOs => name + MlnxLeg(model, cage, leg, ways),
            PortNaming.Nvos => name + NvosLeg(model, cage, leg, ways),
            _ => WithLane(),
        };

        string WithLane() => name + ":" + Number(leg);
    }

    /// <summary>As <see cref="Leg"/>, but a port of ours that is not divided by its cage alone: for people, <c>E1/7</c>.</summary>
    public string Shown(DeviceGroup group, FabricRole fabric, int cage, int leg, Breakout breakout) =>
        NamesLegs || breakout.Ways > 1 ? Leg(group, fabric, cage, leg, breakout) : Cage(group, fabric, cage);

    /// <summary>The XPU that a leg of a node's backend cage leads to, from 0, or null where the maker's table is not known or not asked for.</summary>
    public int? XpuBehind(DeviceGroup group, FabricRole fabric, int cage, int leg, int ways) =>
        fabric == FabricRole.Backend
        && Printed(group, fabric) is { PortXpus: { } behind } ports
        && NicOf(ports, cage, leg, ways) is var nic
        && nic < behind.Value.Count
            ? behind.Value[nic]
            : null;

    private static bool IsManagementOf(DeviceGroup group, FabricRole fabric) => fabric == FabricRole.Oob && group.Fabric != FabricRole.Oob;

    private static bool IsInfiniBand(SwitchModel model) => model.Protocols is { Value: [Protocol.InfiniBand] };

    private static string ByPosition(FabricRole fabric) => fabric == FabricRole.Oob ? "bmc" : fabric.Prefix;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static CageBlock? BlockOf(SwitchModel model, int cage) =>
        model.Cages.FirstOrDefault(b => cage >= b.FirstNumber && cage < b.FirstNumber + b.Count.Value);

    // SONiC numbers ports by the lanes before them, counted over the faceplate.
    private static int LanesBefore(SwitchModel model, int cage) =>
        model.Cages.Where(b => b.FirstNumber <= cage).Sum(b => Math.Min(b.Count.Value, cage - b.FirstNumber) * b.Lanes.Value);

    // ge for gigabit, xe for 10G, et for anything faster, by what the cage is made for.
    private static string JunosType(SwitchModel model, int cage) =>
        (BlockOf(model, cage)?.CageRate.Value.Gbps ?? 0) switch
        {
            <= 1 => "ge",
            <= 10 => "xe",
            _ => "et",
        };

    private static string IosXrType(DataRate rate) =>
        rate.Gbps switch
        {
            <= 1 => "GigabitEthernet",
            <= 10 => "TenGigE",
            <= 25 => "TwentyFiveGigE",
            <= 40 => "FortyGigE",
            <= 50 => "FiftyGigE",
            <= 100 => "HundredGigE",
            <= 200 => "TwoHundredGigE",
            <= 400 => "FourHundredGigE",
            _ => "EightHundredGigE",
        };

    // A cage with two ports of its own (Quantum-2) has a level more: cage/port, divided cage/port/leg.
    private static string MlnxLeg(SwitchModel model, int cage, int leg, int ways)
    {
        int ports = BlockOf(model, cage)?.Breakouts.Value[0].Ways ?? 1;
        if (ports > 1 && ways % ports == 0)
        {
            int legs = ways / ports;
            return "/" + Number((leg / legs) + 1) + (legs == 1 ? "" : "/" + Number((leg % legs) + 1));
        }

        return ways == 1 ? "" : "/" + Number(leg + 1);
    }

    // The ports that a cage has of its own count behind p, what one of them is divided into behind s.
    private static string NvosLeg(SwitchModel model, int cage, int leg, int ways)
    {
        int ports = BlockOf(model, cage)?.Breakouts.Value[0].Ways ?? 1;
        int legs = ways % ports == 0 ? Math.Max(1, ways / ports) : ways;
        return "p" + Number((leg / legs) + 1) + (legs == 1 ? "" : "s" + Number((leg % legs) + 1));
    }

    private static int NicOf(NicPorts ports, int cage, int leg, int ways) =>
        ports.CagesPerNic > 1
            ? (cage - 1) / ports.CagesPerNic
            : ((cage - 1) * ports.NicsPerCage) + (leg / Math.Max(1, ways / ports.NicsPerCage));

    private NicPorts? Printed(DeviceGroup group, FabricRole fabric) =>
        _names.NodePorts != NodePortNaming.Maker ? null : group.Node?.PortsOf(fabric.Name);

    // A tray counts its own cages from 1.
    private static int InTray(DeviceGroup group, FabricRole fabric, int cage) =>
        group.Trays is { } trays ? trays.NumberIn(group.Node!, fabric.Name, cage) : cage;

    private string? PrintedOnTray(DeviceGroup group, FabricRole fabric, int cage) =>
        _names.NodePorts == NodePortNaming.Maker
        && fabric == FabricRole.Oob
        && group.Trays is { } trays
        && trays.Of(group.Node!, fabric.Name, cage).Model.ManagementNames is { } printed
            ? printed.Value[trays.NumberIn(group.Node!, fabric.Name, cage) - 1]
            : null;

    private string? NodeLeg(DeviceGroup group, FabricRole fabric, int cage, int leg, int ways)
    {
        if (Printed(group, fabric) is not { PortNames: { } printed } ports)
        {
            return null;
        }

        int nic = NicOf(ports, cage, leg, ways);
        int legsPerCage = Math.Max(1, ways / ports.NicsPerCage);
        int legsPerNic = legsPerCage * ports.CagesPerNic;
        int legOfNic = (((cage - 1) % ports.CagesPerNic) * legsPerCage) + (leg % legsPerCage);
        return nic >= printed.Value.Count ? null
            : legsPerNic == 1 ? printed.Value[nic]
            : printed.Value[nic] + ":" + Number(legOfNic);
    }
}
