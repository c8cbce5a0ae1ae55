using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Catalog;

/// <summary>
/// Builds each kind of entry from its fields. The order of the calls is the order in which an unknown key's remedy lists the known ones.
/// </summary>
internal static class EntryBuilders
{
    private const double GiB = 1024.0 * 1024 * 1024;

    public static AsicModel? Asic(EntryReader r)
    {
        var model = new AsicModel
        {
            Id = r.Id,
            Name = r.Text("name") ?? r.Id,
            Vendor = r.Text("vendor"),
            Role = r.Text("role"),
            Capacity = r.Rate("capacity_gbps"),
            NetworkCapacity = r.Rate("network_capacity_gbps"),
            FabricCapacity = r.Rate("fabric_capacity_gbps"),
            SerdesLanes = r.Int("serdes_lanes", 1, 4096),
            SerdesRate = r.Rate("serdes_rate_gbps"),
            LogicalModes = r.FigureOfList("logical_modes", r.Texts("logical_modes")),
            MaxLogicalPorts = r.Int("max_logical_ports", 1, 65536),
            CagesPerPortGroup = r.Int("cages_per_port_group", 0, 64),
            MaxLogicalPortsPerGroup = r.Int("max_logical_ports_per_group", 0, 4096),
            Breakouts = r.FigureOfList<Breakout>("breakouts", r.Breakouts("breakouts")),
            PowerTypical = r.Watts("power_w"),
            Latency = r.Nanoseconds("latency_ns"),
            BufferBytes = Megabytes(r),
            DeepBufferBytes = Gigabytes(r),
            PacketsPerSecond = r.Number("packet_rate_bpps", 0, 1e6)?.To(n => n * 1e9),
            Availability = r.Claim("availability"),
        };
        return Common(r, model);
    }

    public static SwitchModel? Switch(EntryReader r)
    {
        string name = r.Text("name") ?? r.Id;
        string? vendor = r.Text("vendor");
        SwitchRole role = r.Word("role", Words.Roles, figure: false) ?? SwitchRole.Clos;
        Figure<bool>? liquid = r.Flag("liquid_cooled");
        IReadOnlyList<CageBlock> cages = Cages(r, liquid?.Value ?? false);
        var model = new SwitchModel
        {
            Id = r.Id,
            Name = name,
            Vendor = vendor,
            Role = role,
            Asic = r.Text("asic"),
            Capacity = r.Rate("capacity_gbps"),
            Cages = cages,
            MaxLogicalPorts = r.Int("max_logical_ports", 1, 65536),
            CagesPerPortGroup = r.Int("cages_per_port_group", 0, 64),
            MaxLogicalPortsPerGroup = r.Int("max_logical_ports_per_group", 0, 4096),
            RackUnits = r.Int("rack_units", 1, 60),
            Depth = r.Millimetres("depth_mm"),
            Weight = r.Kilograms("weight_kg", 10_000),
            PowerTypical = r.Watts("power_w"),
            PowerMaximum = r.Watts("power_max_w"),
            PowerBasis = r.Claim("power_basis"),
            PowerMaximumIncludesOptics = r.Flag("power_max_includes_optics"),
            Latency = r.Nanoseconds("latency_ns"),
            BufferBytes = Megabytes(r),
            DeepBufferBytes = Gigabytes(r),
            LiquidCooled = liquid,
            MtbfHours = r.Number("mtbf_h", 1, 1e12),
            Prices = r.Prices("prices_usd"),
            Availability = r.Claim("availability"),
        };
        if (model.MaxLogicalPortsPerGroup?.Value > 0 != model.CagesPerPortGroup?.Value > 0)
        {
            r.Error(
                CatalogueProblem.Inconsistent,
                "cages_per_port_group and max_logical_ports_per_group go together; give both or neither",
                r.Mark
            );
        }

        return Common(r, model);
    }

    public static NodeModel? Node(EntryReader r)
    {
        string name = r.Text("name") ?? r.Id;
        string? vendor = r.Text("vendor");
        bool isRack = r.Word("kind", Words.NodeKinds, figure: false) ?? false;
        Figure<int> xpus = r.RequiredInt("xpus", 0, 100_000);
        Figure<Power>? power = r.Watts("power_w"),
            powerMaximum = r.Watts("power_max_w");
        var model = new NodeModel
        {
            Id = r.Id,
            Name = name,
            Vendor = vendor,
            IsRack = isRack,
            Racks = r.Int("racks", 0, 1000),
            Xpu = r.Text("xpu"),
            Xpus = xpus,
            Cpus = r.Int("cpus", 0, 100_000),
            Backend = Ports(r, "backend"),
            Frontend = Ports(r, "frontend"),
            ManagementPorts = r.Int("management_ports", 0, 1000) ?? Default(r, "management_ports", 1, "Not given: one 1000BASE-T port."),
            RackUnits = r.Int("rack_units", 1, 60),
            Width = r.Millimetres("width_mm"),
            Depth = r.Millimetres("depth_mm"),
            Weight = r.Kilograms("weight_kg"),
            PowerTypical = power,
            PowerMaximum = powerMaximum,
            LiquidCooled = r.Flag("liquid_cooled"),
            ScaleUpDomain = r.Int("scale_up_domain", 1, 10_000_000),
            ScaleUpTopology = r.Claim("scale_up_topology"),
            ScaleUpBytesPerSecond = r.Number("scale_up_gbytes_s", 0, 1e6)?.To(n => n * 1e9),
            MemoryBytes = r.Number("memory_gb", 0, 1e6)?.To(n => n * 1e9),
            MemoryBytesPerSecond = r.Number("memory_tbytes_s", 0, 1e4)?.To(n => n * 1e12),
            Bf16Flops = r.Number("bf16_tflops", 0, 1e7)?.To(n => n * 1e12),
            Fp8Flops = r.Number("fp8_tflops", 0, 1e7)?.To(n => n * 1e12),
            Prices = r.Prices("prices_usd"),
        };
        return Common(r, model);
    }

    public static NicModel? Nic(EntryReader r)
    {
        var model = new NicModel
        {
            Id = r.Id,
            Name = r.Text("name") ?? r.Id,
            Vendor = r.Text("vendor"),
            Kind = r.Text("kind"),
            MaxRate = r.Rate("max_rate_gbps"),
            PortConfigs = r.FigureOfList("port_configs", (IReadOnlyList<Breakout>)r.Breakouts("port_configs")),
            MaxPlanes = r.Int("max_planes", 1, 64),
            FormFactors = r.FigureOfList<FormFactor>("form_factors", r.WordList("form_factors", Words.FormFactors)),
            PacketSpraying = r.Claim("packet_spraying"),
            OutOfOrderDelivery = r.Claim("out_of_order_delivery"),
            CongestionControl = r.Claim("congestion_control"),
            Transports = r.FigureOfList("transports", r.Texts("transports")),
            Prices = r.Prices("prices_usd"),
            Availability = r.Claim("availability"),
        };
        return Common(r, model);
    }

    public static InterconnectModel? Interconnect(EntryReader r)
    {
        r.Require("kind");
        r.Require("rate_gbps");
        InterconnectKind kind = r.Word("kind", Words.Kinds, figure: false) ?? InterconnectKind.Dac;
        Figure<DataRate> rate = r.Rate("rate_gbps") ?? DataRate.FromGbps(1);
        Figure<int>? lanes = r.Int("lanes", 1, 64);
        Figure<DataRate>? laneRate = r.Rate("lane_rate_gbps");
        if (r.Context.UserDefined && lanes is null && laneRate is null)
        {
            double usual = rate.Value.Gbps >= 1600 ? 200 : 100;
            lanes = Default(
                r,
                "lanes",
                Math.Max(1, (int)Math.Round(rate.Value.Gbps / usual)),
                FormattableString.Invariant($"Not given: lanes of {usual} Gb/s, usual for that rate.")
            );
        }

        laneRate ??= lanes?.To(n => rate.Value / n);
        string? family = r.Text("family");
        if (family is null)
        {
            if (!r.Context.UserDefined)
            {
                r.Require("family");
            }

            family = FamilyOf(kind, (laneRate ?? rate).Value);
            r.Assume("family", "Not given; taken from the kind and the rate of a lane.");
        }

        bool twinax = kind is InterconnectKind.Dac or InterconnectKind.Acc or InterconnectKind.Aec;
        bool assembly = twinax || kind is InterconnectKind.Aoc or InterconnectKind.Utp;
        Breakout[] breakouts = r.Breakouts("breakouts");
        if (breakouts.Length == 0 && r.Context.UserDefined)
        {
            breakouts = [new Breakout(1, rate.Value)];
            r.Assume("breakouts", "Not given: not divided.");
        }

        ByMedium<double> metres = r.ByMedium("reach_m", 0.01, 1e7);
        var reach = new ByMedium<Length>();
        for (int i = 0; i < metres.Count; i++)
        {
            reach.Set(metres.MediumAt(i), Length.FromMetres(metres.ValueAt(i)));
        }

        var model = new InterconnectModel
        {
            Id = r.Id,
            Name = r.Text("name") ?? r.Id,
            Vendor = r.Text("vendor"),
            Kind = kind,
            Standard = r.Claim("standard"),
            Family = family,
            ArticleClass = r.Text("article_class") ?? (r.Context.UserDefined ? ClassOf(kind) : null),
            Rate = rate,
            Lanes = lanes,
            LaneRate = laneRate,
            HostLaneRate = r.Rate("host_lane_rate_gbps"),
            FormFactors = r.Figure<IReadOnlyList<FormFactor>>("form_factors", r.WordList("form_factors", Words.FormFactors)),
            TailFormFactors = r.FigureOfList<FormFactor>("tail_form_factors", r.WordList("tail_form_factors", Words.FormFactors)),
            ThermalTypes = r.FigureOfList<ThermalType>("thermal", r.WordList("thermal", Words.Thermals)),
            IsLinear = r.Flag("linear") ?? false,
            Reach = r.Figure<IReadOnlyDictionary<Medium, Length>>("reach_m", reach),
            MinReach = r.Number("min_reach_m", 0, 1e6)?.To(Length.FromMetres),
            CatalogueLengths = r.FigureOfList<Length>("lengths_m", r.Metres("lengths_m")),
            Connector = r.Claim("connector") ?? (assembly ? (Figure<string>)"integral" : null),
            ConnectorsPerEnd = r.Int("connectors_per_end", 1, 16),
            Fibres = r.Int("fibres", 1, 1000),
            LossBudgetDb = r.ByMedium("loss_budget_db", 0, 100) is { Count: > 0 } losses
                ? r.Figure<IReadOnlyDictionary<Medium, double>>("loss_budget_db", losses)
                : null,
            PowerTypical = r.Watts("power_w"),
            PowerMaximum = r.Watts("power_max_w"),
            TailPowerMaximum = r.Watts("tail_power_max_w"),
            Latency = r.Nanoseconds("latency_ns"),
            PropagationPerMetre = r.Nanoseconds("propagation_ns_per_m"),
            Fec = r.Claim("fec"),
            Breakouts = r.Figure<IReadOnlyList<Breakout>>("breakouts", breakouts),
            OuterDiameter = r.DiameterMillimetres("outer_diameter_mm"),
            BendRadius = r.Millimetres("bend_radius_mm"),
            WeightPerMetre = r.Kilograms("weight_kg_per_m", 100),
            MtbfHours = r.Number("mtbf_h", 1, 1e12),
            Prices = r.Prices("prices_usd"),
        };
        foreach (Breakout breakout in breakouts)
        {
            if (breakout.Rate * breakout.Ways > rate.Value)
            {
                r.Error(
                    CatalogueProblem.Inconsistent,
                    $"{breakout} is more than its {rate}; correct the breakout or rate_gbps",
                    r.MarkOf("breakouts")
                );
            }
        }

        return Common(r, model);
    }

    public static PassiveModel? Passive(EntryReader r)
    {
        r.Require("kind");
        Figure<string>? connector = r.Claim("connector");
        var model = new PassiveModel
        {
            Id = r.Id,
            Name = r.Text("name") ?? r.Id,
            Vendor = r.Text("vendor"),
            Kind = r.Word("kind", Words.Passives, figure: false) ?? PassiveKind.FibreCable,
            Medium = r.Word("medium", Words.Media) is { } medium ? r.Figure("medium", medium) : null,
            Connector = connector,
            TailConnector = r.Claim("tail_connector") ?? connector,
            Tails = r.Int("tails", 1, 64),
            Fibres = r.Int("fibres", 1, 10_000),
            Ports = r.Int("ports", 1, 10_000),
            RackUnits = r.Int("rack_units", 1, 60),
            OuterDiameter = r.DiameterMillimetres("outer_diameter_mm"),
            BendRadius = r.Millimetres("bend_radius_mm"),
            WeightPerMetre = r.Kilograms("weight_kg_per_m", 100),
            CatalogueLengths = r.FigureOfList<Length>("lengths_m", r.Metres("lengths_m")),
            Prices = r.Prices("prices_usd"),
        };
        return Common(r, model);
    }

    private static T? Common<T>(EntryReader r, T model)
        where T : CatalogueEntry
    {
        Confidence confidence =
            r.Word("confidence", Words.Confidences, figure: false) ?? (r.Context.UserDefined ? Confidence.High : Confidence.Low);
        string? notes = r.Text("notes");
        IReadOnlyDictionary<string, Figure<string>> details = r.Details();
        r.Finish();
        return r.Failed
            ? null
            : model with
            {
                Confidence = confidence,
                Notes = notes,
                Details = details,
                SourceIds = r.SourcesOfEntry,
                NotPublished = r.NotPublished,
                UserDefined = r.Context.UserDefined,
                DefinedAt = r.Mark,
            };
    }

    private static Figure<long>? Megabytes(EntryReader r) => r.Number("buffer_mb", 0, 1e6)?.To(n => (long)(n * 1024 * 1024));

    private static Figure<long>? Gigabytes(EntryReader r) => r.Number("deep_buffer_gb", 0, 1e6)?.To(n => (long)(n * GiB));

    private static List<CageBlock> Cages(EntryReader r, bool liquid)
    {
        var blocks = new List<CageBlock>();
        Breakout[] common = r.Breakouts("breakouts");
        int next = 1;
        if (r.Node("cages") is YamlScalar)
        {
            // The short form: a number of like cages, described beside it.
            Figure<int> count = r.Int("cages", 1, 4096) ?? 1;
            r.Require("rate_gbps");
            Add(r, count);
            return blocks;
        }

        foreach (YamlNode item in r.Items("cages"))
        {
            if (r.NestedItem("cages", item) is { } block)
            {
                Add(block, block.RequiredInt("count", 1, 4096));
                block.Finish();
            }
        }

        return blocks;

        void Add(EntryReader b, Figure<int> count)
        {
            b.Require("rate_gbps");
            Figure<DataRate> rate = b.Rate("rate_gbps", 100_000) ?? DataRate.FromGbps(1);
            Figure<FormFactor> form = FormOf(b, rate.Value);
            Figure<int> lanes = LanesOf(b, rate.Value, form.Value);
            Breakout[] breakouts =
                ReferenceEquals(b, r) ? common
                : b.Breakouts("breakouts") is { Length: > 0 } own ? own
                : common;
            if (breakouts.Length == 0)
            {
                breakouts = Halves(rate.Value, lanes.Value);
                b.Assume("breakouts", "Not given: every halving of the cage down to one lane.");
            }

            int first = b.Int("first", 1, 100_000)?.Value ?? next;
            ThermalType thermal =
                b.Word("thermal", Words.Thermals)
                ?? (
                    form.Value is FormFactor.Osfp or FormFactor.Osfp224
                        ? liquid
                            ? ThermalType.Rhs
                            : ThermalType.Ihs
                        : ThermalType.Any
                );
            foreach (Breakout breakout in breakouts)
            {
                if (breakout.Rate * breakout.Ways > rate.Value || breakout.Ways > lanes.Value)
                {
                    b.Error(
                        CatalogueProblem.Inconsistent,
                        $"{breakout} does not fit a cage of {rate} and {lanes} lanes; correct breakouts, rate_gbps or lanes",
                        b.MarkOf("breakouts")
                    );
                }
            }

            blocks.Add(
                new CageBlock
                {
                    Count = count,
                    FirstNumber = first,
                    FormFactor = form,
                    CageRate = rate,
                    Lanes = lanes,
                    Purpose = b.Word("purpose", Words.Purposes) ?? PortPurpose.Network,
                    Breakouts = b.Figure<IReadOnlyList<Breakout>>("breakouts", breakouts),
                    Restrictions = Restrictions(b, first, count.Value),
                    Thermal = thermal,
                }
            );
            next = first + count.Value;
        }
    }

    private static Figure<IReadOnlyDictionary<Breakout, IReadOnlySet<int>>>? Restrictions(EntryReader r, int first, int count)
    {
        if (r.Node("restrictions") is not { } node)
        {
            return null;
        }

        var restrictions = new Dictionary<Breakout, IReadOnlySet<int>>();
        if (node is not YamlMap map)
        {
            r.Error(
                CatalogueProblem.WrongType,
                $"restrictions must map a breakout to odd, even or a list of cage numbers, not {node.Noun}",
                node.Mark
            );
            return null;
        }

        foreach (YamlEntry entry in map.Entries)
        {
            if (!Breakout.TryParse(entry.Key, out Breakout breakout))
            {
                r.Error(CatalogueProblem.UnknownKey, $"restrictions: '{Excerpt.Of(entry.Key)}' is no breakout such as 4x200", entry.Mark);
                continue;
            }

            var cages = new HashSet<int>();
            int? parity =
                entry.Value is YamlScalar { Text: "odd" } ? 1
                : entry.Value is YamlScalar { Text: "even" } ? 0
                : null;
            for (int n = first; parity is not null && n < first + count; n++)
            {
                if (n % 2 == parity)
                {
                    cages.Add(n);
                }
            }

            bool understood = parity is not null;
            if (entry.Value is YamlList list)
            {
                understood = true;
                foreach (YamlNode item in list.Items)
                {
                    understood &=
                        item is YamlScalar { IsQuoted: false } s
                        && int.TryParse(
                            s.Text,
                            System.Globalization.NumberStyles.None,
                            System.Globalization.CultureInfo.InvariantCulture,
                            out int n
                        )
                        && cages.Add(n);
                }
            }

            if (understood)
            {
                restrictions[breakout] = cages;
            }
            else
            {
                r.Error(
                    CatalogueProblem.WrongType,
                    $"restrictions.{breakout} must be odd, even or a list of cage numbers, not {entry.Value.Noun}",
                    entry.Value.Mark
                );
            }
        }

        return r.Figure<IReadOnlyDictionary<Breakout, IReadOnlySet<int>>>("restrictions", restrictions);
    }

    private static NicPorts? Ports(EntryReader entry, string key)
    {
        if (entry.Nested(key) is not { } r)
        {
            return null;
        }

        Figure<int> nics = r.RequiredInt("nics", 1, 1_000_000);
        r.Require("rate_gbps");
        Figure<DataRate> rate = r.Rate("rate_gbps", 100_000) ?? DataRate.FromGbps(1);
        Figure<int> cages = r.Int("cages", 1, 1_000_000) ?? Default(r, "cages", nics.Value, "Not given: one cage a NIC port.");
        Figure<FormFactor> form = FormOf(r, rate.Value * Math.Max(1, nics.Value / cages.Value));
        Figure<int> lanes = LanesOf(r, rate.Value, form.Value);
        List<int> options = [];
        foreach (YamlNode item in r.Items("lane_options"))
        {
            if (item is YamlScalar { IsQuoted: false } s && int.TryParse(s.Text, out int n) && n is >= 1 and <= 64)
            {
                options.Add(n);
            }
            else
            {
                r.Error(CatalogueProblem.WrongType, $"lane_options must be numbers of lanes, not {item.Noun}", item.Mark);
            }
        }

        if (nics.Value % cages.Value != 0)
        {
            r.Error(
                CatalogueProblem.Inconsistent,
                $"{key}: {nics} nics cannot share {cages} cages evenly; correct cages",
                r.MarkOf("cages")
            );
        }

        var ports = new NicPorts
        {
            Nics = nics,
            Rate = rate,
            Cages = cages,
            FormFactor = form,
            LanesPerNic = lanes,
            LaneOptions = r.FigureOfList<int>("lane_options", options),
            Thermal =
                r.Word("thermal", Words.Thermals)
                ?? (form.Value is FormFactor.Osfp or FormFactor.Osfp224 ? ThermalType.Rhs : ThermalType.Any),
            NicModel = r.Text("nic"),
            MaxPlanes = r.Int("max_planes", 1, 64) ?? Default(r, "max_planes", lanes.Value, "Not given: a plane a lane."),
            SinglePortAllowed = r.Flag("single_port"),
        };
        r.Finish();
        return r.Failed ? null : ports;
    }

    // What is usual today for a cage of that rate, where the file does not say: lanes of 100 Gb/s.
    private static Figure<FormFactor> FormOf(EntryReader r, DataRate cage)
    {
        if (r.Word("form_factor", Words.FormFactors) is { } given)
        {
            return r.Figure("form_factor", given);
        }

        (FormFactor form, string word) = cage.Gbps switch
        {
            > 800 => (FormFactor.Osfp224, "osfp224"),
            > 400 => (FormFactor.Osfp, "osfp"),
            > 100 => (FormFactor.Qsfp112, "qsfp112"),
            > 25 => (FormFactor.Qsfp28, "qsfp28"),
            > 10 => (FormFactor.Sfp28, "sfp28"),
            > 1 => (FormFactor.SfpPlus, "sfp+"),
            _ => (FormFactor.Rj45, "rj45"),
        };
        r.Assume("form_factor", "Not given: " + word + ", usual for " + cage.ToString() + ".");
        return r.Figure("form_factor", form);
    }

    private static Figure<int> LanesOf(EntryReader r, DataRate rate, FormFactor form)
    {
        if (r.Int("lanes", 1, 64) is { } given)
        {
            if (rate.BitsPerSecond % given.Value != 0)
            {
                r.Error(CatalogueProblem.Inconsistent, $"{rate} cannot be divided into {given} lanes; correct lanes", r.MarkOf("lanes"));
            }

            return given;
        }

        double lane = form switch
        {
            FormFactor.Qsfp28 or FormFactor.Sfp28 => 25,
            FormFactor.Qsfp56 or FormFactor.QsfpDd => 50,
            FormFactor.SfpPlus => 10,
            FormFactor.Rj45 => rate.Gbps,
            FormFactor.Osfp224 when rate.Gbps > 800 => 200,
            _ => 100,
        };
        int lanes = Math.Clamp((int)Math.Ceiling(rate.Gbps / lane), 1, 64);
        while (rate.BitsPerSecond % lanes != 0)
        {
            lanes--;
        }

        return Default(r, "lanes", lanes, "Not given: lanes of " + (rate / lanes).ToString() + ", usual for such a cage.");
    }

    private static Figure<int> Default(EntryReader r, string key, int value, string why)
    {
        r.Assume(key, why);
        return r.Figure(key, value);
    }

    private static Breakout[] Halves(DataRate rate, int lanes)
    {
        var breakouts = new Gathering<Breakout>(8);
        for (int ways = 1; ways <= lanes && lanes % ways == 0; ways *= 2)
        {
            breakouts.Add(new(ways, rate / ways));
        }

        return breakouts.ToArray();
    }

    private static string FamilyOf(InterconnectKind kind, DataRate lane)
    {
        string rate = lane.Gbps == 100 ? "" : FormattableString.Invariant($"-{lane.Gbps:0}g");
        return kind switch
        {
            InterconnectKind.Dac or InterconnectKind.Acc or InterconnectKind.Aec => "cr",
            InterconnectKind.Aoc or InterconnectKind.Sr => "sr" + rate,
            InterconnectKind.Dr => "dr" + rate,
            InterconnectKind.Fr => "fr4" + rate,
            InterconnectKind.Lr => "lr4" + rate,
            InterconnectKind.Er => "coherent-er1",
            InterconnectKind.Zr => "coherent-zr",
            _ => "base-t",
        };
    }

    private static string? ClassOf(InterconnectKind kind) =>
        kind switch
        {
            InterconnectKind.Dac => "passive-dac",
            InterconnectKind.Acc or InterconnectKind.Aec => "active-dac",
            InterconnectKind.Aoc or InterconnectKind.Sr => "aoc-or-sr8",
            InterconnectKind.Dr => "dr8",
            InterconnectKind.Fr => "2xdr4-or-2fr4",
            InterconnectKind.Lr => "lr8",
            _ => null,
        };
}
