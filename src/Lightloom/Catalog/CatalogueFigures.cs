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
    public static IReadOnlyList<ShownFigure> Of(CatalogueEntry entry)
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

        foreach ((string name, Figure<string> value) in entry.Details)
        {
            list.Claim("details." + name, value);
        }

        return list.Figures;
    }

    /// <summary>Every source that a part's figures cite, in the order of the figures; those of prices are with the prices.</summary>
    public static IEnumerable<string> SourcesOf(CatalogueEntry entry) =>
        entry.SourceIds.Concat(Of(entry).SelectMany(f => f.SourceIds)).Distinct();

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
        string limits = block.Restrictions is null ? "" : "; " + RestrictionsInWords(block);
        string purpose = block.Purpose == PortPurpose.Network ? "" : " " + Words.Purposes.Of(block.Purpose);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{block.Count} x {block.CageRate}{purpose} {block.FormFactor.Value.ToWord()} "
                + $"({string.Join(", ", block.Breakouts.Value)}{limits})"
        );
    }

    private static string RestrictionsInWords(CageBlock block) =>
        string.Join("; ", block.Restrictions?.Value.Select(r => $"{r.Key} on {CageNumbers(r.Value, block)} only") ?? []);

    private static void Switch(Builder f, SwitchModel s)
    {
        f.Text("role", Words.Roles.Of(s.Role));
        f.Text("asic", s.Asic);
        f.Rate("capacity_gbps", s.Capacity);
        f.Cages(s.Cages);
        f.Count("max_logical_ports", s.MaxLogicalPorts);
        f.Count("cages_per_port_group", s.CagesPerPortGroup);
        f.Count("max_logical_ports_per_group", s.MaxLogicalPortsPerGroup);
        f.Count("rack_units", s.RackUnits, "U");
        f.Number("depth_mm", s.Depth?.To(v => (double)v.Millimetres), "mm");
        f.Number("weight_kg", s.Weight?.To(v => v.Kilograms), "kg");
        f.Power("power_w", s.PowerTypical);
        f.Power("power_max_w", s.PowerMaximum);
        f.Claim("power_basis", s.PowerBasis);
        f.Flag("power_max_includes_optics", s.PowerMaximumIncludesOptics);
        f.Number("latency_ns", s.Latency?.To(v => v.Nanoseconds), "ns");
        f.Number("buffer_mb", s.BufferBytes?.To(v => v / 1024.0 / 1024), "MiB");
        f.Number("deep_buffer_gb", s.DeepBufferBytes?.To(v => v / GiB), "GiB");
        f.Flag("liquid_cooled", s.LiquidCooled);
        f.Number("mtbf_h", s.MtbfHours, "h");
        f.Claim("availability", s.Availability);
    }

    private static void Node(Builder f, NodeModel n)
    {
        f.Text("kind", Words.NodeKinds.Of(n.IsRack));
        f.Count("racks", n.Racks);
        f.Text("xpu", n.Xpu);
        f.Count("xpus", n.Xpus);
        f.Count("cpus", n.Cpus);
        f.Ports("backend", n.Backend);
        f.Ports("frontend", n.Frontend);
        f.Count("management_ports", n.ManagementPorts);
        f.Count("rack_units", n.RackUnits, "U");
        f.Number("width_mm", n.Width?.To(v => (double)v.Millimetres), "mm");
        f.Number("depth_mm", n.Depth?.To(v => (double)v.Millimetres), "mm");
        f.Number("weight_kg", n.Weight?.To(v => v.Kilograms), "kg");
        f.Power("power_w", n.PowerTypical);
        f.Power("power_max_w", n.PowerMaximum);
        f.Flag("liquid_cooled", n.LiquidCooled);
        f.Count("scale_up_domain", n.ScaleUpDomain, "XPUs");
        f.Claim("scale_up_topology", n.ScaleUpTopology);
        f.Number("scale_up_gbytes_s", n.ScaleUpBytesPerSecond?.To(v => v / 1e9), "GB/s an XPU, one way");
        f.Number("memory_gb", n.MemoryBytes?.To(v => v / 1e9), "GB an XPU");
        f.Number("memory_tbytes_s", n.MemoryBytesPerSecond?.To(v => v / 1e12), "TB/s an XPU");
        f.Number("bf16_tflops", n.Bf16Flops?.To(v => v / 1e12), "TFLOP/s an XPU, dense");
        f.Number("fp8_tflops", n.Fp8Flops?.To(v => v / 1e12), "TFLOP/s an XPU, dense");
    }

    private static void Nic(Builder f, NicModel c)
    {
        f.Text("kind", c.Kind);
        f.Rate("max_rate_gbps", c.MaxRate);
        f.List("port_configs", c.PortConfigs, b => b.ToString());
        f.Count("max_planes", c.MaxPlanes);
        f.List("form_factors", c.FormFactors, FormFactorWords.ToWord);
        f.Claim("packet_spraying", c.PacketSpraying);
        f.Claim("out_of_order_delivery", c.OutOfOrderDelivery);
        f.Claim("congestion_control", c.CongestionControl);
        f.List("transports", c.Transports, t => t);
        f.Claim("availability", c.Availability);
    }

    private static void Interconnect(Builder f, InterconnectModel i)
    {
        f.Text("kind", Words.Kinds.Of(i.Kind));
        f.Claim("standard", i.Standard);
        f.Text("family", i.Family);
        f.Text("article_class", i.ArticleClass);
        f.Rate("rate_gbps", i.Rate);
        f.Count("lanes", i.Lanes);
        f.Rate("lane_rate_gbps", i.LaneRate);
        f.Rate("host_lane_rate_gbps", i.HostLaneRate);
        f.List("form_factors", i.FormFactors, FormFactorWords.ToWord);
        f.List("tail_form_factors", i.TailFormFactors, FormFactorWords.ToWord);
        f.List("thermal", i.ThermalTypes, Words.Thermals.Of);
        f.Flag("linear", i.IsLinear);
        f.ByMedium("reach_m", i.Reach, r => FormattableString.Invariant($"{r.Metres:0.###} m"));
        f.Number("min_reach_m", i.MinReach?.To(v => v.Metres), "m");
        f.List("lengths_m", i.CatalogueLengths, l => l.Metres.ToString("0.###", CultureInfo.InvariantCulture));
        f.Claim("connector", i.Connector?.Value == "integral" && i.IsAssembly ? null : i.Connector);
        f.Count("connectors_per_end", i.IsAssembly ? null : i.ConnectorsPerEnd);
        f.Count("fibres", i.Fibres);
        f.ByMedium("loss_budget_db", i.LossBudgetDb, l => FormattableString.Invariant($"{l:0.##} dB"));
        f.Power("power_w", i.PowerTypical, " an end");
        f.Power("power_max_w", i.PowerMaximum, " an end");
        f.Power("tail_power_max_w", i.TailPowerMaximum, " a tail");
        f.Number("latency_ns", i.Latency?.To(v => v.Nanoseconds), "ns, both ends");
        f.Number("propagation_ns_per_m", i.PropagationPerMetre?.To(v => v.Nanoseconds), "ns/m");
        f.Claim("fec", i.Fec);
        f.List("breakouts", i.Breakouts, b => b.ToString());
        f.Number("outer_diameter_mm", i.OuterDiameter?.To(v => (double)v.Millimetres), "mm");
        f.Number("bend_radius_mm", i.BendRadius?.To(v => (double)v.Millimetres), "mm");
        f.Number("weight_kg_per_m", i.WeightPerMetre?.To(v => v.Kilograms), "kg/m");
        f.Number("mtbf_h", i.MtbfHours, "h");
    }

    private static void Passive(Builder f, PassiveModel p)
    {
        f.Text("kind", Words.Passives.Of(p.Kind));
        f.Claim("medium", p.Medium?.To(MediumWords.ToWord));
        f.Claim("connector", p.Connector);
        f.Claim("tail_connector", p.TailConnector?.Value == p.Connector?.Value ? null : p.TailConnector);
        f.Count("tails", p.Tails?.Value == 1 ? null : p.Tails);
        f.Count("fibres", p.Fibres);
        f.Count("ports", p.Ports);
        f.Count("rack_units", p.RackUnits, "U");
        f.Number("outer_diameter_mm", p.OuterDiameter?.To(v => (double)v.Millimetres), "mm");
        f.Number("bend_radius_mm", p.BendRadius?.To(v => (double)v.Millimetres), "mm");
        f.Number("weight_kg_per_m", p.WeightPerMetre?.To(v => v.Kilograms), "kg/m");
        f.List("lengths_m", p.CatalogueLengths, l => l.Metres.ToString("0.###", CultureInfo.InvariantCulture));
    }

    private static void Asic(Builder f, AsicModel a)
    {
        f.Text("role", a.Role);
        f.Rate("capacity_gbps", a.Capacity);
        f.Rate("network_capacity_gbps", a.NetworkCapacity);
        f.Rate("fabric_capacity_gbps", a.FabricCapacity);
        f.Count("serdes_lanes", a.SerdesLanes);
        f.Rate("serdes_rate_gbps", a.SerdesRate);
        f.List("logical_modes", a.LogicalModes, m => m);
        f.Count("max_logical_ports", a.MaxLogicalPorts);
        f.Count("cages_per_port_group", a.CagesPerPortGroup);
        f.Count("max_logical_ports_per_group", a.MaxLogicalPortsPerGroup);
        f.List("breakouts", a.Breakouts, b => b.ToString());
        f.Power("power_w", a.PowerTypical);
        f.Number("latency_ns", a.Latency?.To(v => v.Nanoseconds), "ns");
        f.Number("buffer_mb", a.BufferBytes?.To(v => v / 1024.0 / 1024), "MiB");
        f.Number("deep_buffer_gb", a.DeepBufferBytes?.To(v => v / GiB), "GiB");
        f.Number("packet_rate_bpps", a.PacketsPerSecond?.To(v => v / 1e9), "billion packets/s");
        f.Claim("availability", a.Availability);
    }

    private static string CageNumbers(IReadOnlySet<int> cages, CageBlock block)
    {
        IEnumerable<int> all = Enumerable.Range(block.FirstNumber, block.Count.Value);
        return cages.SetEquals(all.Where(n => n % 2 == 1)) ? "odd cages"
            : cages.SetEquals(all.Where(n => n % 2 == 0)) ? "even cages"
            : "cages " + string.Join(", ", cages.Order());
    }

    private sealed class Builder(CatalogueEntry entry)
    {
        public List<ShownFigure> Figures { get; } = [];

        // A word or name that stands in no need of a source: it has those of the entry.
        public void Text(string key, string? text) => Add(key, text is null ? null : new Figure<string>(text, new(entry.SourceIds, null)));

        public void Claim(string key, Figure<string>? text) => Add(key, text);

        public void List<T>(string key, Figure<IReadOnlyList<T>>? list, Func<T, string> word) =>
            Texts(key, list?.To<IReadOnlyList<string>>(all => [.. all.Select(word)]));

        public void ByMedium<T>(string key, Figure<IReadOnlyDictionary<Medium, T>>? map, Func<T, string> word) =>
            Texts(key, map?.To<IReadOnlyList<string>>(all => [.. all.Select(v => v.Key.ToWord() + " " + word(v.Value))]));

        public void Count(string key, Figure<int>? number, string unit = "") => Number(key, number?.To(n => (double)n), unit);

        public void Number(string key, Figure<double>? number, string unit = "") =>
            Add(
                key,
                number,
                n =>
                    n.ToString(Math.Abs(n) >= 10_000 ? "#,0.###" : "0.####", CultureInfo.InvariantCulture)
                    + (unit.Length == 0 ? "" : " " + unit)
            );

        public void Power(string key, Figure<Power>? power, string basis = "") => Add(key, power?.To(p => p.Watts), _ => power + basis);

        public void Rate(string key, Figure<DataRate>? rate) =>
            Add(
                key,
                rate?.To(r => r.Gbps),
                gbps =>
                    gbps >= 3000
                        ? FormattableString.Invariant($"{gbps / 1000:0.###} Tb/s")
                        : FormattableString.Invariant($"{gbps:0.###} Gb/s")
            );

        public void Flag(string key, Figure<bool>? flag)
        {
            if (flag is { Value: true })
            {
                Add(key, flag, _ => "yes");
            }
        }

        public void Cages(IReadOnlyList<CageBlock> cages)
        {
            if (cages.Count == 0)
            {
                Unpublished("cages");
                return;
            }

            // Blocks of one box share their sources; what was filled by a default in any of them is shown as assumed.
            string[] words = [.. cages.Select(CagesInWords)];
            Figures.Add(new("cages", words, string.Join("\n", words), cages[0].Count.SourceIds, cages[0].Count.Assumed));
            One("cages.form_factor", c => c.FormFactor.To(FormFactorWords.ToWord));
            One("cages.lanes", c => c.Lanes.To(lanes => FormattableString.Invariant($"{lanes} x {c.LaneRate}")));
            One("cages.breakouts", c => c.Breakouts.To(b => string.Join(" ", b)));
            Texts("cages.thermal", cages[0].Count.To<IReadOnlyList<string>>(_ => [.. cages.Select(c => Words.Thermals.Of(c.Thermal))]));

            if (cages.FirstOrDefault(c => c.Restrictions is not null) is { } restricted)
            {
                Claim("cages.restrictions", restricted.Restrictions!.To(_ => RestrictionsInWords(restricted)));
            }

            // What "cages" already says is repeated only where it comes from elsewhere.
            void One(string key, Func<CageBlock, Figure<string>> of)
            {
                Figure<string>[] all = [.. cages.Select(of)];
                Figure<string>? assumed = all.FirstOrDefault(f => f.IsAssumed);
                Figure<string> shown = assumed ?? all[0];
                if (
                    key == "cages.lanes"
                    || shown.Assumed != cages[0].Count.Assumed
                    || !shown.SourceIds.SequenceEqual(cages[0].Count.SourceIds)
                )
                {
                    Texts(key, shown.To<IReadOnlyList<string>>(_ => [.. all.Select(f => f.Value)]));
                }
            }
        }

        public void Ports(string key, NicPorts? ports)
        {
            if (ports is null)
            {
                Unpublished(key);
                return;
            }

            Count(key + ".nics", ports.Nics, "ports");
            Rate(key + ".rate_gbps", ports.Rate);
            Count(key + ".cages", ports.Cages);
            Claim(key + ".form_factor", ports.FormFactor.To(FormFactorWords.ToWord));
            Count(key + ".lanes", ports.LanesPerNic, FormattableString.Invariant($"x {ports.LaneRate} a port"));
            List(key + ".lane_options", ports.LaneOptions, l => FormattableString.Invariant($"{l} x {ports.Rate.Value / l}"));
            Count(key + ".max_planes", ports.MaxPlanes);
            if (ports.NicModel is { } nic)
            {
                Claim(key + ".nic", ports.Nics.To(_ => nic));
            }

            if (ports.SinglePortAllowed is { Value: false } single)
            {
                Add(key + ".single_port", single, _ => "no: two or more ports only");
            }
        }

        private void Texts(string key, Figure<IReadOnlyList<string>>? texts) =>
            Add(key, texts is { Value.Count: > 0 } ? texts : null, all => string.Join(", ", all));

        private void Add(string key, Figure<string>? text) => Add(key, text, t => t);

        private void Add<T>(string key, Figure<T>? figure, Func<T, string> text)
        {
            if (figure is null)
            {
                Unpublished(key);
            }
            else
            {
                Figures.Add(new(key, figure.Value, text(figure.Value), figure.SourceIds, figure.Assumed));
            }
        }

        private void Unpublished(string key)
        {
            if (entry.NotPublished.Contains(key))
            {
                Figures.Add(new(key, null, "not published", [], null));
            }
        }
    }
}
