using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>Lists what the catalogue says of a part, field by field, under the names that its files use.</summary>
public static class CatalogueFigures
{
    private const double GiB = 1024.0 * 1024 * 1024;

    /// <summary>
    /// Every field with a value, and those that were looked for and are not published, in the order in which files write them. Prices are
    /// apart, on the part.
    /// </summary>
    public static IReadOnlyList<Figure> Of(CatalogueEntry entry)
    {
        var list = new Builder(entry);
        switch (entry)
        {
            case SwitchModel s:
                Switch(list, s);
                break;
            case NodeModel n:
                Node(list, n);
                break;
            case NicModel c:
                Nic(list, c);
                break;
            case InterconnectModel i:
                Interconnect(list, i);
                break;
            case PassiveModel p:
                Passive(list, p);
                break;
            case AsicModel a:
                Asic(list, a);
                break;
        }

        foreach ((string name, string value) in entry.Details)
        {
            list.Text("details." + name, value);
        }

        return list.Figures;
    }

    /// <summary>The prices of a part.</summary>
    public static IReadOnlyList<Price> PricesOf(CatalogueEntry entry) =>
        entry switch
        {
            SwitchModel s => s.Prices,
            NodeModel n => n.Prices,
            NicModel c => c.Prices,
            InterconnectModel i => i.Prices,
            PassiveModel p => p.Prices,
            _ => [],
        };

    /// <summary>
    /// What kind of part it is, in a word: <c>switch</c>, <c>node</c>, <c>nic</c>, <c>interconnect</c>, <c>passive</c>, <c>asic</c>.
    /// </summary>
    public static string KindOf(CatalogueEntry entry) =>
        entry switch
        {
            SwitchModel => "switch",
            NodeModel => "node",
            NicModel => "nic",
            InterconnectModel => "interconnect",
            PassiveModel => "passive",
            _ => "asic",
        };

    /// <summary>A block of cages in words: <c>64 x 800G osfp (1x800, 2x400, 4x200)</c>.</summary>
    public static string CagesInWords(CageBlock block)
    {
        string limits =
            block.Restrictions.Count == 0
                ? ""
                : "; " + string.Join("; ", block.Restrictions.Select(r => $"{r.Key} on {CageNumbers(r.Value, block)} only"));
        string purpose = block.Purpose == PortPurpose.Network ? "" : " " + Words.Purposes.Of(block.Purpose);
        return FormattableString.Invariant(
            $"{block.Count} x {block.CageRate}{purpose} {block.FormFactor.ToWord()} ({string.Join(", ", block.Breakouts)}{limits})"
        );
    }

    private static void Switch(Builder f, SwitchModel s)
    {
        f.Text("role", Words.Roles.Of(s.Role));
        f.Text("asic", s.Asic);
        f.Rate("capacity_gbps", s.Capacity);
        if (s.Cages.Count > 0)
        {
            f.Add("cages", s.Cages.Select(CagesInWords).ToArray(), string.Join("\n", s.Cages.Select(CagesInWords)));
            f.Texts("cages.lanes", [.. s.Cages.Select(c => FormattableString.Invariant($"{c.Lanes} x {c.LaneRate}"))]);
            f.Texts("cages.thermal", [.. s.Cages.Select(c => Words.Thermals.Of(c.Thermal))]);
        }

        f.Number("max_logical_ports", s.MaxLogicalPorts);
        f.Number("cages_per_port_group", s.CagesPerPortGroup == 0 ? null : s.CagesPerPortGroup);
        f.Number("max_logical_ports_per_group", s.MaxLogicalPortsPerGroup == 0 ? null : s.MaxLogicalPortsPerGroup);
        f.Number("rack_units", s.RackUnits, "U");
        f.Number("depth_mm", s.Depth?.Millimetres, "mm");
        f.Number("weight_kg", s.Weight?.Kilograms, "kg");
        f.Power("power_w", s.PowerTypical);
        f.Power("power_max_w", s.PowerMaximum);
        f.Text("power_basis", s.PowerBasis);
        f.Flag("power_max_includes_optics", s.PowerMaximumIncludesOptics);
        f.Number("latency_ns", s.Latency?.Nanoseconds, "ns");
        f.Number("buffer_mb", s.BufferBytes / 1024.0 / 1024, "MiB");
        f.Number("deep_buffer_gb", s.DeepBufferBytes / GiB, "GiB");
        f.Flag("liquid_cooled", s.LiquidCooled);
        f.Number("mtbf_h", s.MtbfHours, "h");
        f.Text("availability", s.Availability);
    }

    private static void Node(Builder f, NodeModel n)
    {
        f.Text("kind", Words.NodeKinds.Of(n.IsRack));
        f.Number("racks", n.Racks == 0 ? null : n.Racks);
        f.Text("xpu", n.Xpu);
        f.Number("xpus", n.Xpus);
        f.Number("cpus", n.Cpus);
        f.Ports("backend", n.Backend);
        f.Ports("frontend", n.Frontend);
        f.Number("management_ports", n.ManagementPorts);
        f.Number("rack_units", n.RackUnits, "U");
        f.Number("width_mm", n.Width?.Millimetres, "mm");
        f.Number("depth_mm", n.Depth?.Millimetres, "mm");
        f.Number("weight_kg", n.Weight?.Kilograms, "kg");
        f.Power("power_w", n.PowerTypical);
        f.Power("power_max_w", n.PowerMaximum);
        f.Flag("liquid_cooled", n.LiquidCooled);
        f.Number("scale_up_domain", n.ScaleUpDomain, "XPUs");
        f.Text("scale_up_topology", n.ScaleUpTopology);
        f.Number("scale_up_gbytes_s", n.ScaleUpBytesPerSecond / 1e9, "GB/s an XPU, one way");
        f.Number("memory_gb", n.MemoryBytes / 1e9, "GB an XPU");
        f.Number("memory_tbytes_s", n.MemoryBytesPerSecond / 1e12, "TB/s an XPU");
        f.Number("bf16_tflops", n.Bf16Flops / 1e12, "TFLOP/s an XPU, dense");
        f.Number("fp8_tflops", n.Fp8Flops / 1e12, "TFLOP/s an XPU, dense");
    }

    private static void Nic(Builder f, NicModel c)
    {
        f.Text("kind", c.Kind);
        f.Rate("max_rate_gbps", c.MaxRate);
        f.Texts("port_configs", [.. c.PortConfigs.Select(b => b.ToString())]);
        f.Number("max_planes", c.MaxPlanes);
        f.Texts("form_factors", [.. c.FormFactors.Select(FormFactorWords.ToWord)]);
        f.Text("packet_spraying", c.PacketSpraying);
        f.Text("out_of_order_delivery", c.OutOfOrderDelivery);
        f.Text("congestion_control", c.CongestionControl);
        f.Texts("transports", c.Transports);
        f.Text("availability", c.Availability);
    }

    private static void Interconnect(Builder f, InterconnectModel i)
    {
        f.Text("kind", Words.Kinds.Of(i.Kind));
        f.Text("standard", i.Standard);
        f.Text("family", i.Family);
        f.Text("article_class", i.ArticleClass);
        f.Rate("rate_gbps", i.Rate);
        f.Number("lanes", i.Lanes);
        f.Rate("lane_rate_gbps", i.LaneRate);
        f.Rate("host_lane_rate_gbps", i.HostLaneRate);
        f.Texts("form_factors", [.. i.FormFactors.Select(FormFactorWords.ToWord)]);
        f.Texts("tail_form_factors", [.. i.TailFormFactors.Select(FormFactorWords.ToWord)]);
        f.Texts("thermal", [.. i.ThermalTypes.Select(Words.Thermals.Of)]);
        f.Flag("linear", i.IsLinear);
        f.Texts("reach_m", [.. i.Reach.Select(r => FormattableString.Invariant($"{r.Key.ToWord()} {r.Value.Metres:0.###} m"))]);
        f.Number("min_reach_m", i.MinReach == Length.Zero ? null : i.MinReach.Metres, "m");
        f.Texts("lengths_m", [.. i.CatalogueLengths.Select(l => l.Metres.ToString("0.###", CultureInfo.InvariantCulture))]);
        f.Text("connector", i.Connector == "integral" && i.IsAssembly ? null : i.Connector);
        f.Number("connectors_per_end", i.IsAssembly ? null : i.ConnectorsPerEnd);
        f.Number("fibres", i.Fibres);
        f.Texts("loss_budget_db", [.. i.LossBudgetDb.Select(l => FormattableString.Invariant($"{l.Key.ToWord()} {l.Value:0.##} dB"))]);
        f.Power("power_w", i.PowerTypical, " an end");
        f.Power("power_max_w", i.PowerMaximum, " an end");
        f.Power("tail_power_max_w", i.TailPowerMaximum, " a tail");
        f.Number("latency_ns", i.Latency?.Nanoseconds, "ns, both ends");
        f.Number("propagation_ns_per_m", i.PropagationPerMetre?.Nanoseconds, "ns/m");
        f.Text("fec", i.Fec);
        f.Texts("breakouts", [.. i.Breakouts.Select(b => b.ToString())]);
        f.Number("outer_diameter_mm", i.OuterDiameter?.Millimetres, "mm");
        f.Number("bend_radius_mm", i.BendRadius?.Millimetres, "mm");
        f.Number("weight_kg_per_m", i.WeightPerMetre?.Kilograms, "kg/m");
        f.Number("mtbf_h", i.MtbfHours, "h");
    }

    private static void Passive(Builder f, PassiveModel p)
    {
        f.Text("kind", Words.Passives.Of(p.Kind));
        f.Text("medium", p.Medium is { } medium ? medium.ToWord() : null);
        f.Text("connector", p.Connector);
        f.Text("tail_connector", p.TailConnector == p.Connector ? null : p.TailConnector);
        f.Number("tails", p.Tails == 1 ? null : p.Tails);
        f.Number("fibres", p.Fibres);
        f.Number("ports", p.Ports);
        f.Number("rack_units", p.RackUnits, "U");
        f.Number("outer_diameter_mm", p.OuterDiameter?.Millimetres, "mm");
        f.Number("bend_radius_mm", p.BendRadius?.Millimetres, "mm");
        f.Number("weight_kg_per_m", p.WeightPerMetre?.Kilograms, "kg/m");
        f.Texts("lengths_m", [.. p.CatalogueLengths.Select(l => l.Metres.ToString("0.###", CultureInfo.InvariantCulture))]);
    }

    private static void Asic(Builder f, AsicModel a)
    {
        f.Text("role", a.Role);
        f.Rate("capacity_gbps", a.Capacity);
        f.Rate("network_capacity_gbps", a.NetworkCapacity);
        f.Rate("fabric_capacity_gbps", a.FabricCapacity);
        f.Number("serdes_lanes", a.SerdesLanes);
        f.Rate("serdes_rate_gbps", a.SerdesRate);
        f.Texts("logical_modes", a.LogicalModes);
        f.Number("max_logical_ports", a.MaxLogicalPorts);
        f.Number("cages_per_port_group", a.CagesPerPortGroup == 0 ? null : a.CagesPerPortGroup);
        f.Number("max_logical_ports_per_group", a.MaxLogicalPortsPerGroup == 0 ? null : a.MaxLogicalPortsPerGroup);
        f.Texts("breakouts", [.. a.Breakouts.Select(b => b.ToString())]);
        f.Power("power_w", a.PowerTypical);
        f.Number("latency_ns", a.Latency?.Nanoseconds, "ns");
        f.Number("buffer_mb", a.BufferBytes / 1024.0 / 1024, "MiB");
        f.Number("deep_buffer_gb", a.DeepBufferBytes / GiB, "GiB");
        f.Number("packet_rate_bpps", a.PacketsPerSecond / 1e9, "billion packets/s");
        f.Text("availability", a.Availability);
    }

    private static string CageNumbers(IReadOnlySet<int> cages, CageBlock block)
    {
        IEnumerable<int> all = Enumerable.Range(block.FirstNumber, block.Count);
        return cages.SetEquals(all.Where(n => n % 2 == 1)) ? "odd cages"
            : cages.SetEquals(all.Where(n => n % 2 == 0)) ? "even cages"
            : "cages " + string.Join(", ", cages.Order());
    }

    private sealed class Builder(CatalogueEntry entry)
    {
        public List<Figure> Figures { get; } = [];

        public void Add(string key, object? value, string text) => Figures.Add(new(key, value, text));

        public void Text(string key, string? text)
        {
            if (text is not null)
            {
                Add(key, text, text);
            }
            else
            {
                Unpublished(key);
            }
        }

        public void Texts(string key, IReadOnlyList<string> texts)
        {
            if (texts.Count > 0)
            {
                Add(key, texts, string.Join(", ", texts));
            }
            else
            {
                Unpublished(key);
            }
        }

        public void Number(string key, double? number, string unit = "")
        {
            if (number is { } n)
            {
                string text = n.ToString(Math.Abs(n) >= 10_000 ? "#,0.###" : "0.####", CultureInfo.InvariantCulture);
                Add(key, n, unit.Length == 0 ? text : text + " " + unit);
            }
            else
            {
                Unpublished(key);
            }
        }

        public void Power(string key, Power? power, string basis = "")
        {
            if (power is { } p)
            {
                Add(key, p.Watts, p + basis);
            }
            else
            {
                Unpublished(key);
            }
        }

        public void Rate(string key, DataRate? rate)
        {
            if (rate is { } r)
            {
                Add(
                    key,
                    r.Gbps,
                    r.Gbps >= 3000
                        ? FormattableString.Invariant($"{r.Gbps / 1000:0.###} Tb/s")
                        : FormattableString.Invariant($"{r.Gbps:0.###} Gb/s")
                );
            }
            else
            {
                Unpublished(key);
            }
        }

        public void Flag(string key, bool flag)
        {
            if (flag)
            {
                Add(key, true, "yes");
            }
        }

        public void Ports(string key, NicPorts? ports)
        {
            if (ports is null)
            {
                Unpublished(key);
                return;
            }

            Number(key + ".nics", ports.Nics, "ports");
            Rate(key + ".rate_gbps", ports.Rate);
            Number(key + ".cages", ports.Cages);
            Text(key + ".form_factor", ports.FormFactor.ToWord());
            Number(key + ".lanes", ports.LanesPerNic, FormattableString.Invariant($"x {ports.LaneRate} a port"));
            Texts(key + ".lane_options", [.. ports.LaneOptions.Select(l => FormattableString.Invariant($"{l} x {ports.Rate / l}"))]);
            Number(key + ".max_planes", ports.MaxPlanes);
            Text(key + ".nic", ports.NicModel);
            if (!ports.SinglePortAllowed)
            {
                Add(key + ".single_port", false, "no: two or more ports only");
            }
        }

        private void Unpublished(string key)
        {
            if (entry.NotPublished.Contains(key))
            {
                Add(key, null, "not published");
            }
        }
    }
}
