using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Tests.Hardware;

/// <summary>Every correction that a second reading made to the collected facts.</summary>
public partial class CatalogueTest
{
    [Fact]
    public void CloudMatrix_has_a_scale_out_port_for_each_of_its_384_XPUs()
    {
        NodeModel node = Built.Nodes["cloudmatrix-384"];
        node.Backend!.Nics.ShouldBe(384);
        node.Xpus.ShouldBe(384);
        node.Racks.ShouldBe(16);
    }

    [Fact]
    public void GB200_NVL72_has_72_ports_of_400G()
    {
        NodeModel node = Built.Nodes["gb200-nvl72"];
        (node.Backend!.Nics, node.Backend.Rate.Value.Gbps, node.Backend.NicModel).ShouldBe((72, 400, "connectx-7"));
        node.IsRack.ShouldBeTrue();
    }

    [Theory]
    [InlineData("mi355x-8")]
    [InlineData("mi350x-8")]
    public void MI350_class_scale_up_is_537_6_gigabytes_a_second_one_way(string id) =>
        Built.Nodes[id].ScaleUpBytesPerSecond!.Value.ShouldBe(537.6e9, 1);

    [Theory]
    [InlineData("dgx-h200", 4.8)]
    [InlineData("dgx-b300", 8)]
    public void Memory_bandwidth_of_H200_and_B300_is_known(string id, double terabytes) =>
        Built.Nodes[id].MemoryBytesPerSecond!.Value.ShouldBe(terabytes * 1e12, 1);

    [Theory]
    [InlineData("dgx-h100")]
    [InlineData("dgx-h200")]
    [InlineData("dgx-b200")]
    public void DGX_of_the_400G_generation_brings_eight_ports_out_of_four_twin_port_cages(string id)
    {
        NicPorts ports = Built.Nodes[id].Backend!;
        (ports.Nics, ports.Cages, ports.NicsPerCage, ports.Rate.Value.Gbps, ports.CageRate.Gbps).ShouldBe((8, 4, 2, 400, 800));
        ports.FormFactor.ShouldBe(FormFactor.Osfp);
        ports.LaneRate.Gbps.ShouldBe(100);
    }

    [Fact]
    public void DGX_B300_has_eight_OSFP_cages_of_800G_that_run_on_either_lane_rate_and_not_as_one_Ethernet_port()
    {
        NicPorts ports = Built.Nodes["dgx-b300"].Backend!;
        (ports.Nics, ports.Cages, ports.Rate.Value.Gbps).ShouldBe((8, 8, 800));
        ports.SupportsLaneRate(DataRate.FromGbps(100)).ShouldBeTrue();
        ports.SupportsLaneRate(DataRate.FromGbps(200)).ShouldBeTrue();
        ports.SupportsLaneRate(DataRate.FromGbps(50)).ShouldBeFalse();
        ports.SinglePortAllowed!.Value.ShouldBeFalse();
    }

    // IBTA: HDR is 200G on four lanes of 50G, NDR200 on two of 100G, EDR 100G on four of 25G. NVIDIA's release notes list EDR, HDR and NDR for
    // ConnectX-7 and BlueField-3, EDR and HDR for ConnectX-6; QSFP cages have four lanes, so that 400G runs on lanes of 100G alone.
    [Theory]
    [InlineData("bluefield-3-b3220", 200, "qsfp112", new[] { 2, 4 })]
    [InlineData("connectx-7-2x200", 200, "qsfp112", new[] { 2, 4 })]
    [InlineData("bluefield-3-b3210e", 100, "qsfp112", new[] { 1, 2, 4 })]
    [InlineData("bluefield-3-b3240", 400, "qsfp112", new[] { 4 })]
    [InlineData("connectx-7-osfp", 400, "osfp", new[] { 4 })]
    [InlineData("connectx-7-osfp", 200, "osfp", new[] { 2, 4 })]
    [InlineData("connectx-6", 200, "qsfp56", new[] { 4 })]
    [InlineData("connectx-6-dx", 100, "qsfp56", new[] { 2, 4 })]
    [InlineData("connectx-5", 100, "qsfp28", new[] { 4 })]
    [InlineData("thor2-p1400g", 400, "qsfp-dd800", new[] { 4 })]
    public void Ports_run_on_as_many_lanes_as_their_card_and_cage_have(string card, int gbps, string form, int[] lanes) =>
        Lanes($"nic: {card}, rate_gbps: {gbps}, form_factor: {form}").ShouldBe(lanes);

    [Fact]
    public void What_a_file_says_of_lanes_stands_before_the_card_and_without_a_card_there_is_one_count()
    {
        Lanes("nic: bluefield-3, rate_gbps: 200, form_factor: qsfp112, lane_options: [2]").ShouldBe([2]);
        Lanes("rate_gbps: 200, form_factor: qsfp112, lanes: 2").ShouldBe([2]);
        Lanes("rate_gbps: 200, form_factor: qsfp112").ShouldBe([2]);
    }

    private static int[] Lanes(string ports)
    {
        Lightloom.Diagnostics.DiagnosticBag bag = new();
        Catalogue with = Built.With(
            $"nodes:\n  n: {{xpus: 0, frontend: {{nics: 2, {ports}}}, power_w: 900, rack_units: 2}}\n",
            "n.yaml",
            bag
        );
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag.Select(d => d.Message)));
        NicPorts own = with.Nodes["n"].Frontend!;
        return [.. own.LaneOptions.OrEmpty().Append(own.LanesPerNic.Value).Distinct().Order()];
    }

    [Fact]
    public void BlueField_3_has_ports_of_400G_at_most() => Built.Nics["bluefield-3"].MaxRate!.Value.Gbps.ShouldBe(400);

    [Fact]
    public void A_Quantum_X800_chip_switches_28_8_terabits_and_four_of_them_make_a_box()
    {
        Built.Asics["quantum-x800"].Capacity!.Value.Gbps.ShouldBe(28_800);
        Built.Switches["nvidia-q3400-ra"].Capacity!.Value.Gbps.ShouldBe(115_200);
        Built.Switches["nvidia-q3450-ld"].Capacity!.Value.Gbps.ShouldBe(115_200);
    }

    [Fact]
    public void Jericho3_AI_keeps_network_and_fabric_capacity_apart_and_its_boxes_have_18_and_20_cages()
    {
        Built.Asics["jericho3-ai"].NetworkCapacity!.Value.Gbps.ShouldBe(14_400);
        Built.Asics["jericho3-ai"].FabricCapacity!.Value.Gbps.ShouldBe(16_000);
        foreach (string id in (string[])["arista-7700r4c-38pe", "drivenets-5300r"])
        {
            SwitchModel leaf = Built.Switches[id];
            leaf.Role.ShouldBe(SwitchRole.ScheduledLeaf);
            leaf.Cages.Select(c => (c.Count, c.FirstNumber, c.Purpose))
                .ShouldBe([(18, 1, PortPurpose.Network), (20, 19, PortPurpose.Fabric)]);
            leaf.Capacity!.Value.Gbps.ShouldBe(14_400);
            leaf.Cages[1].Breakouts.Value.Select(b => b.ToString()).ShouldBe(["1x800", "2x400"]);
        }

        foreach (string id in (string[])["arista-7720r4-128pe", "drivenets-9300f"])
        {
            Built
                .Switches[id]
                .Cages.Single()
                .ShouldSatisfyAllConditions(c => c.Count.ShouldBe(128), c => c.Purpose.ShouldBe(PortPurpose.Fabric));
        }
    }

    [Fact]
    public void One_400G_link_from_leaf_to_element_is_said_to_hold_with_40_elements_only() =>
        Built.Rules["scheduled-uniform"].Text.ShouldContain("only with 40 elements");

    [Theory]
    [InlineData("nvidia-sn5600")]
    [InlineData("nvidia-sn5610")]
    public void Spectrum_4_boxes_forward_33_3_billion_packets_and_stop_at_256_ports(string id)
    {
        SwitchModel s = Built.Switches[id];
        s.Details["packet_rate_bpps"].Value.Text.ShouldBe("33.3");
        s.MaxLogicalPorts.ShouldBe(256);
        // Dell Networking Quick Reference Guide, June 2026: how many ports of each rate an SN5610 runs.
        foreach (
            (double rate, int ports) in ((double, int)[])[(800, 64), (400, 128), (200, 256), (100, 256), (50, 256), (25, 256), (10, 256)]
        )
        {
            (64 * s.Cages[0].Breakouts.Value.Where(b => b.Rate.Gbps == rate).Max(b => b.Ways)).ShouldBe(ports, $"{id} at {rate}G");
        }
    }

    [Fact]
    public void The_management_and_frontend_boxes_have_their_ports()
    {
        SwitchModel sn2201 = Built.Switches["nvidia-sn2201"],
            sn4600c = Built.Switches["nvidia-sn4600c"];
        sn2201
            .Cages.Select(c => (c.Count, c.FormFactor, c.CageRate.Value.Gbps))
            .ShouldBe([(48, FormFactor.Rj45, 1), (4, FormFactor.Qsfp28, 100)]);
        sn2201.RackUnits.ShouldBe(1);
        sn4600c.Cages.Select(c => (c.Count, c.FormFactor, c.CageRate.Value.Gbps)).ShouldBe([(64, FormFactor.Qsfp28, 100)]);
        sn4600c.RackUnits.ShouldBe(2);
    }

    [Fact]
    public void SN6810_switches_102_4_terabits() => Built.Switches["nvidia-sn6810-ld"].Capacity!.Value.Gbps.ShouldBe(102_400);

    [Fact]
    public void A_mated_MPO_pair_loses_up_to_0_75_dB_on_singlemode_and_0_60_on_multimode()
    {
        Built.Fact("mpo-loss-singlemode-db").Value.ShouldBe(0.75);
        Built.Fact("mpo-loss-multimode-db").Value.ShouldBe(0.60);
        Built.Fact("mpo-loss-elite-db").Value.ShouldBe(0.35);
        Built.Fact("mated-pair-loss-max-db").Value.ShouldBe(0.75);
        Built.Fact("splice-loss-max-db").Value.ShouldBe(0.3);
    }

    [Theory]
    [InlineData("2xdr4-800g-2km", Medium.Os2, 4.0)]
    [InlineData("xdr4-400g", Medium.Os2, 4.0)]
    [InlineData("fr4-400g", Medium.Os2, 4.0)]
    [InlineData("2xfr4-800g", Medium.Os2, 4.0)]
    [InlineData("lr4-400g-10", Medium.Os2, 6.3)]
    [InlineData("2xlr4-800g", Medium.Os2, 6.3)]
    [InlineData("dr8-800g", Medium.Os2, 3.0)]
    [InlineData("sr8-800g-ieee", Medium.Om3, 1.7)]
    [InlineData("sr8-800g-ieee", Medium.Om4, 1.8)]
    public void Channel_loss_is_known_where_it_was_missing(string id, Medium medium, double loss) =>
        Built.Interconnects[id].LossBudgetDb.OrEmpty()[medium].ShouldBe(loss);

    [Fact]
    public void Light_needs_4_90_nanoseconds_a_metre_in_singlemode_and_4_96_in_multimode()
    {
        Built.Fact("propagation-singlemode-ns-per-m").Value.ShouldBe(4.90);
        Built.Fact("propagation-multimode-ns-per-m").Value.ShouldBe(4.96);
        Built.Interconnects["2xdr4-800g"].PropagationPerMetre!.Value.Nanoseconds.ShouldBe(4.9);
    }

    [Fact]
    public void The_400G_DR4_is_two_parts_of_100_and_500_metres()
    {
        InterconnectModel near = Built.Interconnects["dr4-400g-100m"],
            far = Built.Interconnects["dr4-400g"];
        (near.Reach.OrEmpty()[Medium.Os2].Metres, near.PowerMaximum!.Value.Watts).ShouldBe((100, 9));
        (far.Reach.OrEmpty()[Medium.Os2].Metres, far.PowerTypical!.Value.Watts, far.PowerMaximum!.Value.Watts).ShouldBe((500, 10, 12));
        near.Family.ShouldBe(far.Family);
    }

    [Fact]
    public void FEC_of_the_200G_lane_parts_is_told_apart()
    {
        Built.Interconnects["dr4-800g-200g-lane"].Fec?.Value!.ShouldContain("no inner FEC");
        Built.Interconnects["fr4-800g-dj"].Fec?.Value!.ShouldContain("inner FEC (FR4-500: without)");
    }

    [Fact]
    public void Reaches_that_were_missing_are_known()
    {
        Built.Interconnects["lr4-800g-dj"].Reach.OrEmpty()[Medium.Os2].Metres.ShouldBe(10_000);
        Built.Interconnects["sr2-200g"].Reach.OrEmpty()[Medium.Om3].Metres.ShouldBe(60);
        Built.Interconnects["sr2-200g"].Reach.OrEmpty()[Medium.Om4].Metres.ShouldBe(100);
    }

    [Theory]
    [InlineData("2xdr4-800g-2km")]
    [InlineData("lpo-800g-2dr4")]
    public void Two_parallel_modules_also_divide_into_four_of_200G(string id) =>
        Built.Interconnects[id].Breakouts.OrEmpty().Select(b => b.ToString()).ShouldContain("4x200");

    [Fact]
    public void An_AEC_draws_ten_watts_a_cable_which_is_five_an_end()
    {
        Built.Interconnects["aec-800g"].PowerTypical!.Value.Watts.ShouldBe(5);
        Built.Interconnects["aec-800g"].PowerMaximum!.Value.Watts.ShouldBe(10);
    }

    [Fact]
    public void The_AOC_is_marked_as_doubtful()
    {
        Built.Interconnects["aoc-800g"].Confidence.ShouldBe(Confidence.Low);
        Built.Interconnects["aoc-800g"].Notes!.ShouldContain("outliers");
    }

    [Fact]
    public void Four_DGX_B300_in_a_rack_need_58_kilowatts() => Built.Fact("rack-power-b300-4-kw").Value.ShouldBe(58);

    [Fact]
    public void The_weight_of_800G_copper_is_not_the_average_of_thinner_cables()
    {
        Built.Fact("copper-800g-weight-kg-per-m").Value.ShouldBeInRange(0.10, 0.17);
        Built.Fact("copper-weight-kg-per-m").Confidence.ShouldBe(Confidence.Low);
        Built.Fact("copper-weight-kg-per-m").Notes!.ShouldContain("not to be used");
        foreach (
            InterconnectModel copper in Built.Interconnects.Values.Where(i =>
                i.Kind is InterconnectKind.Dac or InterconnectKind.Acc or InterconnectKind.Aec && i.Rate.Value.Gbps >= 800
            )
        )
        {
            (copper.WeightPerMetre?.Value.Kilograms ?? 0.1).ShouldBeGreaterThanOrEqualTo(0.1, copper.Id);
        }
    }

    [Theory]
    [InlineData("asterfusion-cx864e-n", 512, true)]
    [InlineData("cisco-n9364e-sg2", 512, true)]
    [InlineData("cisco-n9364e-sg2x", 512, true)]
    [InlineData("arista-7060x6-64pe", 320, false)]
    [InlineData("celestica-ds5000", 320, false)]
    [InlineData("celestica-ds5000-asic", 320, false)]
    [InlineData("edgecore-as9817-64o", 320, false)]
    [InlineData("drivenets-2500s", 320, false)]
    [InlineData("nvidia-sn5600", 256, false)]
    public void The_ASIC_decides_whether_a_64_cage_box_can_run_512_ports_of_100G(string id, int limit, bool can)
    {
        SwitchModel s = Built.Switches[id];
        s.MaxLogicalPorts.ShouldBe(limit);
        bool fits =
            s.Cages[0].Breakouts.Value.Any(b => b.Ways == 8)
            && (s.MaxLogicalPorts?.Value ?? int.MaxValue) >= 512
            && s.MaxLogicalPortsPerGroup?.Value is null or >= 16;
        fits.ShouldBe(can);
        if (s.Asic == "tomahawk5")
        {
            (s.CagesPerPortGroup, s.MaxLogicalPortsPerGroup).ShouldBe((2, 10));
        }
    }

    [Fact]
    public void The_DS5000_splits_odd_cages_only_into_200G_and_the_same_box_without_that_software_splits_all()
    {
        Breakout four = new(4, DataRate.FromGbps(200));
        CageBlock hedgehog = Built.Switches["celestica-ds5000"].Cages[0],
            asic = Built.Switches["celestica-ds5000-asic"].Cages[0];
        Enumerable.Range(1, 64).Count(n => hedgehog.Allows(n, four)).ShouldBe(32);
        hedgehog.Allows(1, four).ShouldBeTrue();
        hedgehog.Allows(2, four).ShouldBeFalse();
        Enumerable.Range(1, 64).ShouldAllBe(n => asic.Allows(n, four));
        Built.Switches["celestica-ds5000"].Cages.First(c => c.Restrictions is not null).Restrictions!.SourceIds.ShouldContain("S43");
    }

    [Fact]
    public void A_102_4T_box_runs_512_ports_of_200G()
    {
        foreach (
            SwitchModel s in Built.Switches.Values.Where(s =>
                s.Capacity?.Value.Gbps == 102_400 && s.Asic?.Value is "tomahawk6" or "spectrum6" && s.Cages.Count > 0
            )
        )
        {
            s.MaxLogicalPorts.ShouldBe(512, s.Id);
            s.Cages.Where(c => c.Purpose == PortPurpose.Network)
                .Sum(c => c.Count.Value * c.Breakouts.Value.Where(b => b.Rate.Gbps == 200).Max(b => b.Ways))
                .ShouldBe(512, s.Id);
        }
    }

    [Fact]
    public void Power_supplies_of_the_Titanium_class_lose_4_percent_at_half_load_and_9_at_full()
    {
        Built.Fact("psu-efficiency-half-load").Value.ShouldBe(0.96);
        Built.Fact("psu-efficiency-full-load").Value.ShouldBe(0.91);
    }

    [Fact]
    public void The_whole_network_check_of_DeepSeek_is_kept() => Built.Fact("network-cost-per-endpoint-usd").Value.ShouldBe(4390);

    [Fact]
    public void QM9700_cages_are_twin_ports_of_400G() =>
        Built
            .Switches["nvidia-qm9700"]
            .Cages.Single()
            .ShouldSatisfyAllConditions(
                c => c.Count.ShouldBe(32),
                c => c.CageRate.Value.Gbps.ShouldBe(800),
                c => c.Breakouts.Value[0].ToString().ShouldBe("2x400"),
                c => c.Breakouts.Value[1].ToString().ShouldBe("4x200")
            );

    [Fact]
    public void Q3400_cages_are_twin_ports_of_800G() =>
        Built
            .Switches["nvidia-q3400-ra"]
            .Cages.Single()
            .ShouldSatisfyAllConditions(
                c => c.Count.ShouldBe(72),
                c => c.CageRate.Value.Gbps.ShouldBe(1600),
                c => c.LaneRate.Gbps.ShouldBe(200),
                c => c.Breakouts.Value[0].ToString().ShouldBe("2x800")
            );
}
