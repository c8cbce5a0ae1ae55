using System.Reflection;
using System.Text.Json;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>Writes a design as the JSON document that <c>design --json</c> prints and <c>design.json</c> holds.</summary>
/// <remarks>
/// The keys are those of the contract, further ones follow them in the same objects; units are in the keys' names. Two runs give the same
/// bytes.
/// </remarks>
public static class DesignJson
{
    /// <summary>Writes the document.</summary>
    /// <param name="design">The design.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(ClusterDesign design, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("name", design.Spec.Name);
        json.WriteNumber("format", design.Spec.Format);
        json.WriteString("version", Version);
        json.WriteNumber("xpus", design.Network.XpuCount);
        json.WriteNumber("nodes", XpuNodes(design.Network));
        json.WriteNumber("service_nodes", design.Network.NodeCount - XpuNodes(design.Network));
        WriteFabrics(json, design);
        WriteScaleUp(json, design);
        WriteTotals(json, design);
        WriteInterconnects(json, design);
        WriteOperation(json, design.Bill);
        WriteFailures(json, design.Bill);
        WriteTrays(json, design);
        WriteFloor(json, design);
        WriteDevices(json, design);
        WriteAlternatives(json, design.Alternatives);
        WritePassedOver(json, design.PassedOver);
        WriteDiagnostics(json, design.Diagnostics);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The version of Lightloom, without build metadata.</summary>
    public static string Version { get; } =
        typeof(DesignJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static long XpuNodes(Network network) => network.Groups.Where(g => g.IsNode && !g.IsService).Sum(g => (long)g.Count);

    /// <summary>Scale-up domains of rack-scale nodes, which are networks of their own beside the fabrics.</summary>
    private static void WriteScaleUp(Utf8JsonWriter json, ClusterDesign design)
    {
        ScaleUpDomains[] all = [.. ScaleUpDomains.Of(design.Spec, design.Network).Where(d => d.Node.RackCount > 0)];
        if (all.Length == 0)
        {
            return;
        }

        json.WriteStartArray("scale_up");
        foreach (ScaleUpDomains one in all)
        {
            ScaleUp domain = one.Domain;
            json.WriteStartObject();
            json.WriteString("node", one.Node.Id);
            json.WriteString("network", domain.Network?.Value.ToWord());
            json.WriteString("medium", domain.Medium?.Value.ToWord());
            json.WriteNumber("domains", one.Domains);
            Optional("xpus", domain.Xpus?.Value);
            Optional("gbytes_s", domain.BytesPerSecond?.Value / 1e9);
            WriteNumber(json, "latency_us", one.Latency.Value.Microseconds);
            json.WriteBoolean("latency_assumed", one.Latency.IsAssumed);
            Optional("reach_m", domain.Reach?.Value.Metres);
            Optional("switch_chips", one.SwitchChips);
            json.WriteNumber("modules", one.Modules);
            json.WriteNumber("cables", one.Cables);
            Optional("module_power_kw", one.ModulePower?.Kilowatts);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void Optional(string key, double? value)
        {
            if (value is { } known)
            {
                WriteNumber(json, key, known);
            }
            else
            {
                json.WriteNull(key);
            }
        }
    }

    private static void WriteFabrics(Utf8JsonWriter json, ClusterDesign design)
    {
        json.WriteStartArray("fabrics");
        foreach (Fabric fabric in design.Network.Fabrics)
        {
            json.WriteStartObject();
            json.WriteString("role", fabric.Role.ToWord());
            json.WriteString("paradigm", fabric.Paradigm.ToWord());
            json.WriteNumber("planes", fabric.Planes);
            json.WriteString("plane_layout", fabric.PlaneLayout.ToWord());
            WriteTiers(json, fabric);
            json.WriteStartArray("links");
            foreach (LinkSummary links in LinkSummary.Of(design, fabric))
            {
                json.WriteStartObject();
                json.WriteString("from", links.From.ToWord());
                json.WriteString("to", links.To.ToWord());
                json.WriteNumber("logical_links", links.LogicalLinks);
                WriteNumber(json, "rate_gbps", links.Rate.Gbps);
                json.WriteNumber("cables", links.Cables);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("oversubscription");
            foreach ((Tier tier, double ratio) in fabric.Oversubscription.OrderBy(o => o.Key))
            {
                WriteNumber(json, tier.ToWord(), Math.Round(ratio, 4));
            }

            json.WriteEndObject();
            WriteNumber(json, "bisection_tbps", Math.Round(fabric.Bisection.Gbps / 1000, 4));
            json.WriteStartObject("latency_us");
            LatencyBudget? latency = design.LatencyOf(fabric.Role);
            WriteNumber(json, "min", Math.Round(latency?.Shortest.Total.Microseconds ?? 0, 6));
            WriteNumber(json, "max", Math.Round(latency?.Longest.Total.Microseconds ?? 0, 6));
            if (latency is not null)
            {
                WriteNumber(json, "typical", Math.Round(latency.Typical.Total.Microseconds, 6));
                json.WriteBoolean("rests_on_assumptions", latency.Longest.RestsOnAssumptions);
            }

            json.WriteEndObject();
            json.WriteNumber("max_xpus", fabric.MaxXpus);
            json.WriteString("protocol", fabric.Protocol.ToWord());
            json.WriteStartObject("hops");
            json.WriteNumber("shortest", fabric.Hops.Shortest);
            json.WriteNumber("typical", fabric.Hops.Typical);
            json.WriteNumber("longest", fabric.Hops.Longest);
            json.WriteEndObject();
            json.WriteNumber("path_diversity", fabric.PathDiversity);
            if (fabric.FabricSpeedUp is { } speedUp)
            {
                WriteNumber(json, "fabric_speed_up", Math.Round(speedUp, 4));
            }

            if (latency is not null)
            {
                WriteLatency(json, latency);
            }

            json.WriteStartArray("reasons");
            foreach (string reason in fabric.Reasons)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTiers(Utf8JsonWriter json, Fabric fabric)
    {
        json.WriteStartArray("tiers");
        foreach (TierOfSwitches tier in fabric.Tiers)
        {
            json.WriteStartObject();
            json.WriteString("tier", tier.Tier.ToWord());
            json.WriteString("switch", tier.Switch.Id);
            json.WriteNumber("count", tier.Count);
            json.WriteNumber("down_ports", tier.DownPorts);
            json.WriteNumber("up_ports", tier.UpPorts);
            if (tier.AlsoDown.Count > 0)
            {
                json.WriteStartArray("down_ports_of_other_rates");
                foreach ((int ports, Breakout division) in tier.AlsoDown)
                {
                    json.WriteStartObject();
                    json.WriteNumber("rate_gbps", division.Rate.Gbps);
                    json.WriteNumber("ports", ports);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            if (tier.FreePorts > 0)
            {
                json.WriteNumber("free_ports", tier.FreePorts);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAlternatives(Utf8JsonWriter json, IReadOnlyList<Alternative> alternatives)
    {
        json.WriteStartArray("alternatives");
        foreach (Alternative a in alternatives)
        {
            json.WriteStartObject();
            json.WriteString("paradigm", a.Paradigm.ToWord());
            json.WriteNumber("planes", a.Planes);
            json.WriteString("plane_layout", a.PlaneLayout.ToWord());
            json.WriteNumber("tiers", a.Tiers);
            json.WriteString("leaf", a.Leaf);
            json.WriteString("spine", a.Spine);
            json.WriteBoolean("feasible", a.Feasible);
            json.WriteBoolean("chosen", a.Chosen);
            json.WriteNumber("switches", a.Switches);
            WriteNumber(json, "estimated_usd", Math.Round(a.EstimatedUsd));
            WriteNumber(json, "assumed_price_share", Math.Round(a.AssumedShare, 3));
            WriteNumber(json, "estimated_kw", Math.Round(a.EstimatedWatts / 1000, 3));
            json.WriteString("reason", a.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Only where something was passed over.
    private static void WritePassedOver(Utf8JsonWriter json, IReadOnlyList<PassedOver> passedOver)
    {
        if (passedOver.Count == 0)
        {
            return;
        }

        json.WriteStartArray("passed_over");
        foreach (PassedOver passed in passedOver)
        {
            json.WriteStartObject();
            json.WriteString("fabric", passed.Fabric.ToWord());
            json.WriteString("switches", passed.Switches);
            json.WriteString("reason", passed.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLatency(Utf8JsonWriter json, LatencyBudget budget)
    {
        json.WriteStartArray("latency_budget");
        foreach (LatencyPath path in new[] { budget.Shortest, budget.Typical, budget.Longest })
        {
            json.WriteStartObject();
            json.WriteString("path", path.Name);
            json.WriteString("passes", path.Description);
            json.WriteNumber("switches", path.Switches);
            WriteNumber(json, "cable_m", Math.Round(path.CableMetres, 3));
            WriteNumber(json, "total_us", Math.Round(path.Total.Microseconds, 6));
            json.WriteStartArray("terms");
            foreach (LatencyTerm term in path.Terms)
            {
                json.WriteStartObject();
                json.WriteString("name", term.Name);
                WriteNumber(json, "each_ns", Math.Round(term.Each.Nanoseconds, 3));
                json.WriteNumber("times", term.Times);
                json.WriteString("source", term.Source);
                json.WriteBoolean("assumed", term.Assumed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTrays(Utf8JsonWriter json, ClusterDesign design)
    {
        json.WriteStartObject("trays");
        json.WriteNumber("bundles", design.Trays.Bundles);
        WriteNumber(json, "fill_limit", Math.Round(design.Trays.FillLimit, 4));
        WriteNumber(json, "kg_per_m_limit", Math.Round(design.Trays.WeightLimit, 3));
        if (design.Trays.PeakFill is { } fill)
        {
            WriteNumber(json, "peak_fill", Math.Round(fill.Fill, 4));
            json.WriteString("peak_fill_at", TrayPlace.Of(design.Placement, fill));
            if (design.Trays.Segments.Max(s => s.Trays) is > 1 and var most)
            {
                json.WriteNumber("most_trays", most);
            }
        }

        if (design.Trays.PeakWeight is { } weight)
        {
            WriteNumber(json, "peak_kg_per_m", Math.Round(weight.KilogramsPerMetre, 3));
            json.WriteString("peak_weight_at", TrayPlace.Of(design.Placement, weight));
        }

        if (design.Trays.Longest is { } longest)
        {
            WriteNumber(json, "longest_cable_m", longest.Route.Total.Metres);
            json.WriteString("longest_cable_route", longest.Route.Route);
            json.WriteString("longest_cable_cause", longest.Cause);
        }

        json.WriteEndObject();
    }

    /// <summary>Runs of like devices: what each name of cables.csv is, and how much of its rack it takes.</summary>
    private static void WriteDevices(Utf8JsonWriter json, ClusterDesign design)
    {
        json.WriteStartArray("devices");
        foreach (DeviceGroup group in design.Network.Groups)
        {
            DeviceSize size = DeviceSize.Of(design.Spec, group.Model);
            json.WriteStartObject();
            json.WriteString(
                "kind",
                group.IsNode ? "node"
                    : group.IsOurSwitch ? "switch"
                    : "outside"
            );
            json.WriteString("model", group.Model.Id);
            // As the tables name it, so that a reader finds the device of a row.
            json.WriteString("first", PlainText.Of(group.NameOf(group.First)));
            json.WriteNumber("count", group.Count);
            WriteNames(json, design.Network, group);
            if (!group.IsNode)
            {
                json.WriteString("fabric", group.Fabric.ToWord());
                json.WriteString("tier", group.Tier.ToWord());
                json.WriteNumber("plane", group.Plane);
            }

            json.WriteNumber("rack_units", size.IsRack ? 0 : size.Units);
            json.WriteNumber("racks", size.Racks);
            WriteNumber(json, "power_w", size.Power.Watts);
            json.WriteEndObject();
            WriteTrays(json, group);
        }

        WritePanels(json, design);
        json.WriteEndArray();
    }

    // Trays of one kind in one node are a run: their numbers follow one another.
    private static void WriteTrays(Utf8JsonWriter json, DeviceGroup group)
    {
        for (int device = group.First; group.Trays is { } trays && device < group.First + group.Count; device++)
        {
            foreach (IGrouping<string, Tray> kind in trays.All.GroupBy(t => t.Word))
            {
                Tray first = kind.First();
                json.WriteStartObject();
                json.WriteString("kind", "tray");
                json.WriteString("model", group.Model.Id);
                json.WriteString("tray", kind.Key);
                json.WriteString("node", PlainText.Of(group.NameOf(device)));
                json.WriteString("first", PlainText.Of(group.NameOf(device, first)));
                json.WriteNumber("count", kind.Count());
                if (group.GivenTrays is not null)
                {
                    json.WriteStartArray("names");
                    foreach (Tray tray in kind)
                    {
                        json.WriteStringValue(PlainText.Of(group.NameOf(device, tray)));
                    }

                    json.WriteEndArray();
                }

                json.WriteNumber("rack_units", first.Model.RackUnits.Value);
                json.WriteNumber("racks", 0);
                if (first.Model.SwitchChips is { } chips)
                {
                    json.WriteNumber("switch_chips", chips.Value);
                }

                if (first.Model.PowerMaximum is { } power)
                {
                    WriteNumber(json, "power_w", power.Value.Watts);
                }

                if (first.Model.Weight is { } weight)
                {
                    WriteNumber(json, "weight_kg", weight.Value.Kilograms);
                }

                json.WriteEndObject();
            }
        }
    }

    // Where the file names things otherwise than we do.
    private static void WriteNames(Utf8JsonWriter json, Network network, DeviceGroup group)
    {
        if (group.Given is { } given)
        {
            json.WriteStartArray("names");
            foreach (string name in given)
            {
                json.WriteStringValue(PlainText.Of(name));
            }

            json.WriteEndArray();
        }

        if (group.Switch is not null && network.Ports.NamingOf(group) is var naming && naming != PortNaming.Cage)
        {
            json.WriteString("ports", naming.ToWord());
        }
    }

    // Like panels of one frame or rack are a run: their numbers follow one another.
    private static void WritePanels(Utf8JsonWriter json, ClusterDesign design)
    {
        IReadOnlyList<PatchPanel> panels = design.Channels.Panels;
        for (int from = 0, to; from < panels.Count; from = to)
        {
            PatchPanel first = panels[from];
            for (to = from + 1; to < panels.Count && (panels[to].Frame, panels[to].Id) == (first.Frame, first.Id); to++) { }

            json.WriteStartObject();
            json.WriteString("kind", "panel");
            json.WriteString("model", first.Id);
            json.WriteString("first", PlainText.Of(first.Name));
            json.WriteNumber("count", to - from);
            json.WriteNumber("plane", -1);
            json.WriteNumber("rack_units", first.Units);
            json.WriteNumber("front_ports", first.Ports);
            json.WriteNumber("racks", 0);
            WriteNumber(json, "power_w", 0);
            json.WriteEndObject();
        }
    }

    private static void WriteStock(Utf8JsonWriter json, BillOfMaterials bill)
    {
        if (bill.Stock.Count == 0)
        {
            return;
        }

        json.WriteStartArray("stock");
        foreach (StockUse entry in bill.Stock)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteNumber("count", entry.Has);
            json.WriteNumber("used_ports", entry.UsedPorts);
            json.WriteNumber("used", entry.Used);
            json.WriteNumber("spares", entry.Spares);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTotals(Utf8JsonWriter json, ClusterDesign design)
    {
        BillOfMaterials bill = design.Bill;
        json.WriteStartObject("totals");
        json.WriteNumber("switches", bill.Switches);
        json.WriteNumber("logical_links", bill.LogicalLinks);
        json.WriteNumber("cages", bill.Cages);
        json.WriteNumber("transceivers", bill.Transceivers);
        json.WriteNumber("cables", bill.Cables);
        json.WriteNumber("fibres", bill.Fibres);
        json.WriteNumber("pieces", bill.Pieces);
        json.WriteNumber("racks", bill.Racks);
        WriteNumber(json, "capex_usd", bill.Capex.Dollars);
        json.WriteNumber("unpriced", bill.UnpricedLines);
        WriteNumber(json, "estimate_usd", bill.Estimate.Total.Dollars);
        WriteNumber(json, "network_power_kw", Math.Round(bill.NetworkPowerTypical.Kilowatts, 6));
        WriteNumber(json, "it_power_kw", Math.Round(bill.ItPower.Kilowatts, 6));
        WriteNumber(json, "network_power_max_kw", Math.Round(bill.NetworkPowerMaximum.Kilowatts, 6));
        WriteNumber(json, "network_power_assumed_kw", Math.Round(bill.NetworkPowerAssumed.Kilowatts, 6));
        json.WriteNumber("power_unknown", bill.PowerUnknownLines);
        WriteNumber(json, "capex_assumed_usd", bill.CapexAssumed.Dollars);
        WriteNumber(json, "capex_spares_usd", bill.CapexSpares.Dollars);
        json.WriteNumber("unpriced_quantity", bill.UnpricedQuantity);
        json.WriteStartArray("unpriced_items");
        foreach (BillLine line in bill.Lines.Where(l => l.UnitPrice is null))
        {
            json.WriteStringValue(line.IsSpare ? $"{line.Id} ({line.Category})" : line.Id);
        }

        json.WriteEndArray();
        WriteStock(json, bill);
        WriteNumber(json, "network_weight_kg", Math.Round(bill.Weight.Kilograms, 3));
        json.WriteNumber("weight_unknown", bill.WeightUnknownLines);
        WriteNumber(json, "spares_share", design.Spec.Interconnect.Spares);
        json.WriteString("spares_rule", bill.SparesRule);
        json.WriteEndObject();
    }

    private static void WriteInterconnects(Utf8JsonWriter json, ClusterDesign design)
    {
        json.WriteStartArray("interconnects");
        foreach (InterconnectSummary one in InterconnectSummary.Of(design))
        {
            json.WriteStartObject();
            json.WriteString("id", one.Id);
            json.WriteString("kind", one.Kind);
            json.WriteNumber("count", one.Cables);
            json.WriteStartObject("length_m");
            WriteNumber(json, "min", one.Shortest.Metres);
            WriteNumber(json, "max", one.Longest.Metres);
            json.WriteEndObject();
            json.WriteString("medium", one.Medium);
            WriteNumber(json, "reach_m", one.Reach.Metres);
            WriteNumber(json, "ordered_total_m", Math.Round(one.OrderedTotalMetres, 3));
            SecondSource? second = design.Bill.SecondSources.FirstOrDefault(s => s.Id == one.Id);
            json.WriteStartArray("second_sources");
            foreach (string other in second?.Alternatives ?? [])
            {
                json.WriteStringValue(other);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOperation(Utf8JsonWriter json, BillOfMaterials bill)
    {
        OperatingCost cost = bill.Operation;
        json.WriteStartObject("operation");
        WriteNumber(json, "years", cost.Years);
        WriteNumber(json, "pue", cost.Pue);
        json.WriteString("pue_basis", cost.PueBasis);
        WriteNumber(json, "tariff_usd_per_kwh", cost.TariffUsdPerKwh);
        json.WriteString("tariff_basis", cost.TariffBasis);
        WriteNumber(json, "network_energy_mwh", Math.Round(cost.NetworkEnergyKwh / 1000, 3));
        WriteNumber(json, "network_energy_usd", cost.NetworkEnergyCost.Dollars);
        WriteNumber(json, "network_total_usd", cost.NetworkTotal.Dollars);
        WriteNumber(json, "it_energy_mwh", Math.Round(cost.ItEnergyKwh / 1000, 3));
        WriteNumber(json, "it_energy_usd", cost.ItEnergyCost.Dollars);
        json.WriteEndObject();
    }

    private static void WriteFailures(Utf8JsonWriter json, BillOfMaterials bill)
    {
        json.WriteStartArray("expected_failures");
        foreach (FailureClass one in bill.Failures)
        {
            json.WriteStartObject();
            json.WriteString("class", one.Name);
            json.WriteNumber("population", one.Population);
            if (one.PerYear is { } perYear)
            {
                WriteNumber(json, "per_year", Math.Round(perYear, 4));
            }
            else
            {
                json.WriteNull("per_year");
            }

            json.WriteString("basis", one.Basis);
            json.WriteBoolean("assumed", one.Assumed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFloor(Utf8JsonWriter json, ClusterDesign design)
    {
        json.WriteStartArray("halls");
        foreach (Hall hall in design.Placement.Halls)
        {
            json.WriteStartObject();
            json.WriteString("name", hall.Name);
            json.WriteString("building", hall.Building);
            json.WriteString("site", hall.Site);
            json.WriteNumber("rows", hall.Rows);
            json.WriteNumber("racks_per_row", hall.RacksPerRow);
            json.WriteNumber("racks", design.Placement.Racks.Count(r => r.Hall == hall.Index));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        IReadOnlyList<int> reserved = RackPanelRoom.ReservedUnits(design.Spec, design.Network, design.Placement);
        Dictionary<int, int> inRacks = RackPanelRoom.UnitsByRack(design.Channels);
        RackContents contents = new(design.Network, design.Placement);
        RackWeights weights = new(design.Spec, design.Network);
        json.WriteStartArray("racks");
        foreach (Rack rack in design.Placement.Racks)
        {
            json.WriteStartObject();
            json.WriteString("name", rack.Name);
            json.WriteString("hall", design.Placement.Halls[rack.Hall].Name);
            json.WriteString("use", rack.Use.ToWord());
            json.WriteNumber("devices", contents.Of(rack.Index).Count);
            json.WriteNumber("units", rack.Units);
            json.WriteNumber("used_units", rack.UsedUnits);
            if (design.Spec.Floor.PanelsAtRacks != RackPanels.None)
            {
                json.WriteNumber("reserved_units", reserved[rack.Index]);
                json.WriteNumber("panel_units", inRacks.GetValueOrDefault(rack.Index));
            }

            WriteNumber(json, "power_kw", Math.Round(rack.UsedPower.Kilowatts, 3));
            WriteNumber(json, "power_limit_kw", Math.Round(rack.PowerLimit.Kilowatts, 3));
            WriteNumber(json, "weight_limit_kg", Math.Round(weights.LimitOf(rack).Kilograms, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, IReadOnlyList<Diagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (Diagnostic one in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", one.Id);
            json.WriteString("severity", one.Severity.ToWord());
            json.WriteString("message", one.Message);
            json.WriteString("where", one.Where ?? one.Mark?.ToString() ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Whole numbers without a fraction, others as short as they round-trip.
    private static void WriteNumber(Utf8JsonWriter json, string key, double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            json.WriteNumber(key, (long)value);
        }
        else
        {
            json.WriteNumber(key, value);
        }
    }
}
