using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>Names of ports, held against the examples of the operating systems' manuals and files.</summary>
public sealed class PortNamesTest
{
    private static DeviceGroup Switch(string cages, string rest = "")
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(
            "lightloom: 1\nname: x\npools: [{name: a, node: dgx-h100, nodes: 4}]\n"
                + $"catalog: {{switches: {{box: {{{cages}, rack_units: 1, power_w: 100{rest}}}}}}}\n",
            "x.yaml",
            Catalogue.Default,
            diagnostics
        );
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return new()
        {
            First = 0,
            Count = 1,
            Switch = spec!.Catalogue.Switches["box"],
            Tier = Tier.Leaf,
            NamePrefix = "leaf",
        };
    }

    private static string Leg(PortNaming naming, DeviceGroup box, int cage, int leg, string breakout)
    {
        Breakout.TryParse(breakout, out Breakout division).ShouldBeTrue();
        return new PortNames(new() { SwitchPorts = naming }).Leg(box, FabricRole.Backend, cage, leg, division);
    }

    private static DeviceGroup Osfp800() => Switch("cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100]");

    private static DeviceGroup Qsfp400() => Switch("cages: 32, rate_gbps: 400, form_factor: qsfp-dd, lanes: 8, breakouts: [1x400, 2x200]");

    private static DeviceGroup Qsfp100() => Switch("cages: 32, rate_gbps: 100, form_factor: qsfp28, lanes: 4, breakouts: [1x100, 2x50]");

    private static DeviceGroup TopOfRack() =>
        Switch(
            "cages: [{count: 48, form_factor: sfp28, rate_gbps: 25, lanes: 1, breakouts: [1x25]}, "
                + "{count: 8, form_factor: qsfp28, rate_gbps: 100, lanes: 4, breakouts: [1x100, 4x25]}]"
        );

    /// <summary>sonic-buildimage: port_config.ini of the Dell Z9332F: 8 lanes a cage, Ethernet0, 8, 16 ... 248 for 32 cages.</summary>
    [Theory]
    [InlineData(1, "Ethernet0")]
    [InlineData(2, "Ethernet8")]
    [InlineData(3, "Ethernet16")]
    [InlineData(32, "Ethernet248")]
    public void Sonic_counts_lanes_as_the_Z9332F_does(int cage, string name) =>
        Leg(PortNaming.Sonic, Qsfp400(), cage, 0, "1x400").ShouldBe(name);

    /// <summary>The SONiC wiki parts Ethernet0 of an MSN2700 (four lanes) into Ethernet0 and Ethernet2.</summary>
    [Fact]
    public void Sonic_names_a_leg_by_its_first_lane_as_on_the_MSN2700()
    {
        Leg(PortNaming.Sonic, Qsfp100(), 1, 0, "2x50").ShouldBe("Ethernet0");
        Leg(PortNaming.Sonic, Qsfp100(), 1, 1, "2x50").ShouldBe("Ethernet2");
    }

    /// <summary>A box of 48 x 25G and 8 x 100G, as the AS7326-56X: Ethernet0 to 47, then 48, 52, 56 ...</summary>
    [Fact]
    public void Sonic_goes_on_counting_over_blocks_of_unlike_cages()
    {
        Leg(PortNaming.Sonic, TopOfRack(), 48, 0, "1x25").ShouldBe("Ethernet47");
        Leg(PortNaming.Sonic, TopOfRack(), 49, 0, "1x100").ShouldBe("Ethernet48");
        Leg(PortNaming.Sonic, TopOfRack(), 50, 3, "4x25").ShouldBe("Ethernet55");
    }

    /// <summary>Cumulus Linux User Guide: swp1, and swp1s0 to swp1s3 for a port that is divided.</summary>
    [Fact]
    public void Cumulus_adds_s_and_the_leg_to_a_divided_port()
    {
        Leg(PortNaming.Cumulus, Osfp800(), 1, 0, "1x800").ShouldBe("swp1");
        Leg(PortNaming.Cumulus, Osfp800(), 16, 3, "4x200").ShouldBe("swp16s3");
    }

    /// <summary>EOS User Manual, layer 1 profiles: an OSFP cage numbered 1 exposes Ethernet1/1 to Ethernet1/8, an RJ45 port a single name.</summary>
    [Fact]
    public void Eos_numbers_lanes_behind_the_slash()
    {
        Leg(PortNaming.Eos, Osfp800(), 1, 0, "1x800").ShouldBe("Ethernet1/1");
        Leg(PortNaming.Eos, Osfp800(), 1, 1, "2x400").ShouldBe("Ethernet1/5");
        Leg(PortNaming.Eos, Osfp800(), 1, 7, "8x100").ShouldBe("Ethernet1/8");
        Leg(PortNaming.Eos, TopOfRack(), 7, 0, "1x25").ShouldBe("Ethernet7");
    }

    /// <summary>Nexus 9000: `interface breakout module 1 port 10 map 100g-4x` makes Ethernet1/10/1 to 1/10/4.</summary>
    [Fact]
    public void Nx_os_counts_legs_from_one()
    {
        Leg(PortNaming.NxOs, Osfp800(), 10, 0, "1x800").ShouldBe("Ethernet1/10");
        Leg(PortNaming.NxOs, Osfp800(), 10, 3, "4x200").ShouldBe("Ethernet1/10/4");
    }

    /// <summary>Juniper's port pages: type-fpc/pic/port:channel, ports from 0; the channel is absent on a port that is not channelized.</summary>
    [Fact]
    public void Junos_counts_ports_and_channels_from_zero()
    {
        Leg(PortNaming.Junos, Osfp800(), 1, 0, "1x800").ShouldBe("et-0/0/0");
        Leg(PortNaming.Junos, Osfp800(), 64, 1, "2x400").ShouldBe("et-0/0/63:1");
        Leg(PortNaming.Junos, Switch("cages: 48, rate_gbps: 1, form_factor: rj45, breakouts: [1x1]"), 3, 0, "1x1").ShouldBe("ge-0/0/2");
    }

    /// <summary>IOS XR on the 8000 series: the word of the rate, rack/slot/instance/port, the breakout behind it.</summary>
    [Fact]
    public void Ios_xr_says_the_rate_in_words()
    {
        Leg(PortNaming.IosXr, Qsfp400(), 1, 0, "1x400").ShouldBe("FourHundredGigE0/0/0/0");
        Leg(PortNaming.IosXr, Qsfp400(), 25, 1, "2x200").ShouldBe("TwoHundredGigE0/0/0/24/1");
    }

    /// <summary>
    /// MLNX-OS User Manual: splitting port 5 in two gives 1/5/1 and 1/5/2; on Quantum-2, cage 3 holds ib 1/3/1 and ib 1/3/2, and a split
    /// one has a level more.
    /// </summary>
    [Fact]
    public void Mlnx_os_has_a_level_for_the_two_ports_of_a_Quantum_2_cage()
    {
        DeviceGroup hdr = Switch("cages: 40, rate_gbps: 200, form_factor: qsfp56, breakouts: [1x200, 2x100]", ", protocols: infiniband");
        Leg(PortNaming.MlnxOs, hdr, 5, 0, "1x200").ShouldBe("IB1/5");
        Leg(PortNaming.MlnxOs, hdr, 5, 1, "2x100").ShouldBe("IB1/5/2");
        DeviceGroup ndr = Switch("cages: 32, rate_gbps: 800, breakouts: [2x400, 4x200]", ", protocols: infiniband");
        Leg(PortNaming.MlnxOs, ndr, 3, 1, "2x400").ShouldBe("IB1/3/2");
        Leg(PortNaming.MlnxOs, ndr, 3, 3, "4x200").ShouldBe("IB1/3/2/2");
    }

    /// <summary>NVOS User Manual for InfiniBand Switches: sw9p1; for NVLink switches: sw1p1s1, the front-panel cage behind sw, its logical port behind p.</summary>
    [Fact]
    public void Nvos_counts_the_ports_of_a_cage_and_their_parts()
    {
        DeviceGroup xdr = Switch("cages: 72, rate_gbps: 1600, breakouts: [2x800, 4x400]", ", protocols: infiniband, network_os: [nvos]");
        Leg(PortNaming.Auto, xdr, 9, 0, "2x800").ShouldBe("sw9p1");
        Leg(PortNaming.Sonic, xdr, 9, 1, "2x800").ShouldBe("sw9p2");
        Leg(PortNaming.Nvos, xdr, 1, 0, "4x400").ShouldBe("sw1p1s1");
        Leg(PortNaming.Nvos, xdr, 1, 3, "4x400").ShouldBe("sw1p2s2");
    }

    [Fact]
    public void An_InfiniBand_switch_has_its_own_names_whatever_the_Ethernet_switches_run()
    {
        DeviceGroup ndr = Switch("cages: 32, rate_gbps: 800, breakouts: [2x400, 4x200]", ", protocols: infiniband");
        Leg(PortNaming.Sonic, ndr, 3, 1, "2x400").ShouldBe("IB1/3/2");
        Leg(PortNaming.Cage, ndr, 3, 1, "2x400").ShouldBe("E1/3:1");
    }

    [Fact]
    public void Auto_takes_the_makers_own_system_and_the_faceplate_where_none_is_known()
    {
        Leg(PortNaming.Auto, Switch("cages: 64, rate_gbps: 800, breakouts: [1x800]", ", network_os: [eos, sonic]"), 2, 0, "1x800")
            .ShouldBe("Ethernet2/1");
        Leg(PortNaming.Auto, Osfp800(), 2, 0, "1x800").ShouldBe("E1/2:0");
    }

    /// <summary>NVIDIA DGX H100 User Guide, table 6.</summary>
    [Theory]
    [InlineData(1, 0, "OSFP1P1", 7)]
    [InlineData(1, 1, "OSFP1P2", 4)]
    [InlineData(2, 0, "OSFP2P1", 6)]
    [InlineData(2, 1, "OSFP2P2", 5)]
    [InlineData(3, 0, "OSFP3P1", 2)]
    [InlineData(3, 1, "OSFP3P2", 1)]
    [InlineData(4, 0, "OSFP4P1", 3)]
    [InlineData(4, 1, "OSFP4P2", 0)]
    public void Ports_of_a_DGX_H100_are_those_of_its_user_guide(int cage, int leg, string port, int gpu)
    {
        DeviceGroup node = new()
        {
            First = 0,
            Count = 1,
            Node = Catalogue.Default.Nodes["dgx-h100"],
            Tier = Tier.Host,
            NamePrefix = "train",
        };
        PortNames names = new(new() { NodePorts = NodePortNaming.Maker });
        Breakout.TryParse("2x400", out Breakout division).ShouldBeTrue();
        names.Leg(node, FabricRole.Backend, cage, leg, division).ShouldBe(port);
        names.XpuBehind(node, FabricRole.Backend, cage, leg, 2).ShouldBe(gpu);
    }
}
