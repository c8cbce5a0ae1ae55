using System.Globalization;
using System.Text.Json.Nodes;

namespace Lightloom.Verify.Tests;

/// <summary>The deliberate mistakes: file edited, edit, rule that must name it.</summary>
internal static class Corruptions
{
    private const string Cables = "cables.csv";
    private const string Pieces = "pieces.csv";
    private const string Channels = "channels.csv";
    private const string Bill = "bom.csv";

    // Names of lab-8: 8 nodes on one backend leaf, two frontend leaves below one spine, cords, harnesses, copper straight and split.
    private const string Cord = "be-hl-00001";
    private const string Leaf = "be-leaf-001";
    private const string FlatPart = "fibre-mpo12-upc-om4";
    private const string Module = "sr8-800g-2xsr4-50m";

    public static IReadOnlyList<Corruption> All { get; } =
    [
        .. InCables,
        .. InPieces,
        .. InChannels,
        .. InBill,
        .. InDesign,
        .. AtPanels.Select(c => c with { AtPanels = true }),
        .. WithCassettes.Select(c => c with { WithCassettes = true }),
        .. WithTrays.Select(c => c with { WithTrays = true }),
        new("manifest", "a file is gone", f => File.Delete(f["catalogue.yaml"])),
    ];

    private static Corruption[] InCables =>
        [
            Cell("lane-once", "two links on one lane", Cables, "cable_id", "be-hl-00002", "z_lane", "0"),
            Cell("cage-rate", "one of a cage's links at another rate", Cables, "cable_id", "be-hl-00002", "rate_gbps", "200"),
            Cell("cage-division", "a leg that no division of the cage has", Cables, "cable_id", Cord, "z_lane", "7"),
            Cell("cage-division", "a cage that the switch does not have", Cables, "cable_id", Cord, "z_port", "E1/99"),
            Sheets("logical-ports", "more ports than the chip runs", Cables, CrowdTheLeaf),
            Sheets("node-ports", "a NIC port without a cable", Cables, s => s.Rows.Remove(s.Where("cable_id", Cord))),
            Cell("tier-order", "a host link called leaf-spine", Cables, "cable_id", Cord, "tier", "leaf-spine"),
            Cell("planes-apart", "a link of another plane", Cables, "cable_id", Cord, "plane", "1"),
            Sheets(
                "xpus-reach",
                "a node without backend links",
                Cables,
                s => s.Rows.RemoveAll(r => s.Get(r, "a_device") == "lab-003" && s.Get(r, "fabric") == "backend")
            ),
            Cell("network-whole", "a management link to nowhere", Cables, "fabric", "oob", "z_device", "oob-leaf-999"),
            Cell("cable-rows", "one leg of a splitter is another product", Cables, "product", "acc-800g-split", "product", Module),
            Cell("cable-rows", "a link that no cable carries", Cables, "cable_id", Cord, "cable_id", ""),
            Cell("product-known", "a product that nobody makes", Cables, "cable_id", Cord, "product", "sr8-900g"),
            Cell("product-columns", "a kind that the product is not", Cables, "cable_id", Cord, "kind", "dr"),
            Cell("form-factor", "a module that does not fit its cage", Cables, "cable_id", Cord, "product", "sr4-400g"),
            Cell("lane-rate", "lanes faster than the cage's", Cables, "cable_id", Cord, "product", "2xdr4-1600g"),
            Cell("medium", "multimode at one end, single-mode at the other", Cables, "cable_id", Cord, "product", Module + "+2xdr4-800g"),
            new("fec", "two ends with different error correction", OtherFec),
            Cell("length-ordered", "ordered shorter than its way", Cables, "cable_id", Cord, "order_length_m", "3"),
            Cell("reach", "ordered longer than its reach", Cables, "cable_id", Cord, "order_length_m", "100"),
            Cell("reach", "a reach that the module is not rated for", Cables, "cable_id", Cord, "reach_m", "500"),
            Cell("length-sold", "copper in a length that is not sold", Cables, "product", "dac-800g-osfp", "order_length_m", "1.77"),
            new("loss", "more loss than the budget (cables.csv)", LossyCord),
            new("loss", "less loss than the fibre has at the module's wavelengths", LossyWavelength),
            Cell("loss", "fibre without loss", Cables, "cable_id", Cord, "loss_db", ""),
            Sheets("lane-socket", "two cords of one cage changed over", Cables, s => ChangeOver(s, s.Rows[0], s.Rows[1])),
            Sheets("lane-socket", "two tails of a harness changed over", Cables, ChangeTails),
            Sheets("label-once", "one label at two ends", Cables, s => s.Set(s.Rows[0], "label_z", s.Get(s.Rows[1], "label_z"))),
            Cell(
                "label-place",
                "a label of another rack",
                Cables,
                "cable_id",
                Cord,
                "label_a",
                "site-1:hall-1:R01:A01-09:U01:lab-001:be1:0"
            ),
            Cell("device-known", "a switch that is not in the design", Cables, "cable_id", Cord, "z_device", "be-leaf-007"),
            Cell("device-place", "a switch in two places", Cables, "cable_id", Cord, "z_ru", "20"),
            new("unit-once", "two switches in one unit", f => Move(f, Leaf, UnitOf(f, "fe-leaf-001"))),
            new("unit-in-rack", "a switch above the rack's top", f => Move(f, Leaf, "50")),
        ];

    private static Corruption[] WithTrays =>
        [
            new("tray-unit", "a compute tray among the power shelves", f => Move(f, "gb-001-c01", "5")),
            new("unit-once", "a compute tray in the unit of a switch tray", f => Move(f, "gb-001-c01", "19")),
            Sheets(
                "node-ports",
                "a tray without one of its NIC ports",
                Cables,
                s => s.Rows.RemoveAll(r => s.Get(r, "a_device") == "gb-001-c07" && s.Get(r, "a_port") == "be2")
            ),
            Sheets(
                "xpus-reach",
                "a tray without backend links",
                Cables,
                s => s.Rows.RemoveAll(r => s.Get(r, "a_device") == "gb-002-c18" && s.Get(r, "fabric") == "backend")
            ),
            Cell("device-known", "a nineteenth tray", Cables, "a_device", "gb-001-c18", "a_device", "gb-001-c19"),
        ];

    private static Corruption[] InPieces =>
        [
            Cell("piece-rows", "one tail of a harness is another piece", Pieces, "kind", "harness", "polarity", "A"),
            Cell("piece-place", "a cord that ends in another rack", Pieces, "piece_id", "P00001", "z_rack", "A01-03"),
            Cell("plug-once", "two plugs in one socket", Pieces, "piece_id", "P00002", "z_socket", "0"),
            Cell("sockets", "a plug in a socket that the module does not have", Pieces, "piece_id", "P00001", "z_socket", "5"),
            Cell("connector", "an LC cord in an MPO socket", Pieces, "piece_id", "P00001", "product", "fibre-lc-om4"),
            Cell("gender", "a pinned plug in a pinned socket", Pieces, "piece_id", "P00001", "gender_z", "male"),
            Cell("polish", "flat against angled", Pieces, "piece_id", "P00001", "polish", "UPC"),
            Sheets("polish", "a flat cord in the sockets of angled modules", Pieces, FlatCord),
            Cell("polish", "an angled cord that is said to be of the flat part", Pieces, "piece_id", "P00001", "product", FlatPart),
            Cell(
                "order-code",
                "another length in the order code",
                Pieces,
                "piece_id",
                "P00001",
                "order_code",
                "fibre-mpo12-om4:b-ff:lszh@7m"
            ),
            Cell("polarity", "a straight cord", Pieces, "piece_id", "P00001", "polarity", "A"),
            Cell("polarity", "a cord that changes neighbours", Pieces, "piece_id", "P00001", "polarity", "C"),
            Cell("polarity", "a duplex word on an MPO cord", Pieces, "piece_id", "P00001", "polarity", "A-B"),
            Sheets("polarity", "a harness of a type that none has", Pieces, s => Everywhere(s, "kind", "harness", "polarity", "C")),
            Cell("order-code", "the code of a cord with pins", Pieces, "piece_id", "P00001", "order_code", "fibre-mpo12-om4:b-mm:lszh@5m"),
            Cell("order-code", "the code of a straight cord", Pieces, "piece_id", "P00001", "order_code", "fibre-mpo12-om4:a-ff:lszh@5m"),
            Cell("order-code", "the code of another jacket", Pieces, "piece_id", "P00001", "order_code", "fibre-mpo12-om4:b-ff:ofnp@5m"),
            Sheets("order-code", "copper with the other heat sink", Pieces, s => Recode(s, "dac-800g-osfp", "osfp-fin", "osfp-flat")),
            Sheets("order-code", "a splitter that divides otherwise", Pieces, s => Recode(s, "acc-800g-split", "4x200", "2x400")),
            Sheets("order-code", "a splitter with other tails", Pieces, s => Recode(s, "acc-800g-split", "qsfp112", "osfp-flat")),
            Sheets("medium", "a single-mode cord between multimode modules", Pieces, SinglemodeCord),
            Cell("fibres", "too few fibres for the lanes", Pieces, "piece_id", "P00001", "fibres", "4"),
            Cell("channel-length", "a cord shorter than its cable", Pieces, "piece_id", "P00001", "length_m", "1"),
            Sheets("channel-whole", "a piece that is not there", Pieces, s => s.Rows.Remove(s.Where("piece_id", "P00001"))),
            Sheets("label-once", "one label on two plugs", Pieces, s => s.Set(s.Rows[0], "label_a", s.Get(s.Rows[1], "label_a"))),
        ];

    private static Corruption[] InChannels =>
        [
            Sheets("piece-used", "a piece in no channel", Channels, s => s.Rows.Remove(s.Where("piece_id", "P00001"))),
            Cell("channel-whole", "a channel through another cable's cord", Channels, "cable_id", Cord, "piece_id", "P00003"),
            Cell("channel-whole", "a channel that begins in its middle", Channels, "cable_id", Cord, "seq", "1"),
            Cell("channel-loss", "a cord that loses more than its cable", Channels, "cable_id", Cord, "loss_db", "0.5"),
            Cell("channel-loss", "a cord without loss", Channels, "cable_id", Cord, "loss_db", ""),
            new("fibres", "a thin cord at a module of which no fibres are stated", ThinCord),
        ];

    private static Corruption[] InBill =>
        [
            Cell("bill-times", "a total that is not quantity times price", Bill, "category", "transceiver", "total_usd", "1"),
            Cell("bill-times", "power that is not quantity times power", Bill, "category", "switch", "total_power_w", "7"),
            Sheets("bill-once", "a line twice", Bill, s => s.Rows.Insert(0, s.Rows[0])),
            Sheets("part-number", "a flat top's part number for a finned one", Bill, OtherTop),
            Sheets("part-number", "a module whose part number was left out", Bill, NoPartNumber),
            Sheets("bill-sum", "a line without its price", Bill, s => Unprice(s, s.Where("category", "switch"))),
            Cell("spares", "too many spares", Bill, "category", "spare-transceiver", "quantity", "50"),
            Sheets("bill-quantity", "finned and flat modules changed over, spares too", Bill, ChangeTops),
            new("bill-price", "a module cheaper than its source says, in all sums", f => Cheapen(f, Module + ":osfp-fin")),
            new("bill-price", "copper between two published lengths at another price", f => Cheapen(f, "dac-800g-osfp:osfp-fin@1.5m")),
            Cell("bill-price", "a price of a month that no source has", Bill, "id", "nvidia-sn5610", "price_date", "2026-06-04"),
            Cell("bill-price", "a price without a source", Bill, "id", "nvidia-sn5610", "source", ""),
            Cell("bill-quantity", "a switch too few", Bill, "category", "switch", "quantity", "0"),
            Cell("piece-bill", "more cords than pieces", Bill, "category", "fibre", "quantity", "1000"),
        ];

    private static Corruption[] InDesign =>
        [
            Json("protocol", "an InfiniBand spine above Ethernet leaves", d => DeviceOf(d, "fe-spine-001")["model"] = "nvidia-qm9700"),
            Json("device-known", "a model that the catalogue does not have", d => DeviceOf(d, Leaf)["model"] = "nvidia-sn0000"),
            Json("rack-room", "a rack lower than what it holds", d => d["racks"]![1]!["units"] = 3),
            Json("rack-power", "a rack above its power", d => d["racks"]![0]!["power_limit_kw"] = 10),
            Json("rack-weight", "a rack above its weight", d => d["racks"]![0]!["weight_limit_kg"] = 200),
            Json("tray-fill", "a tray above its fill", d => d["trays"]!["peak_fill"] = 0.9),
            Json("ports-free", "ports that are not free", d => d["fabrics"]![0]!["tiers"]![0]!["free_ports"] = 129),
            Json(
                "stock-first",
                "a switch that is bought while it is in stock",
                d =>
                    d["totals"]!["stock"] = new JsonArray(
                        new JsonObject
                        {
                            ["id"] = "nvidia-sn2201",
                            ["count"] = 1,
                            ["used"] = 0,
                        }
                    )
            ),
            Json("totals", "a cable too many", d => d["totals"]!["cables"] = 117),
            Json("totals", "fibres that no piece has", d => d["totals"]!["fibres"] = 4096),
            Json("fabric-counts", "links that no row has", d => d["fabrics"]![0]!["links"]![0]!["logical_links"] = 65),
            Json("fabric-counts", "switches that no device is", d => d["fabrics"]![0]!["tiers"]![0]!["count"] = 2),
            Json("interconnects", "a product's count", d => d["interconnects"]![0]!["count"] = 1),
            Json("bill-sum", "a cost that the bill does not make", d => d["totals"]!["capex_usd"] = 1.0),
        ];

    private static Corruption[] WithCassettes =>
        [
            Sheets("polarity", "a duplex cord that does not cross", Pieces, s => Everywhere(s, "polarity", "A-B", "polarity", "A-A")),
            Sheets("polarity", "an MPO's word on a duplex cord", Pieces, s => s.Set(s.Where("polarity", "A-B"), "polarity", "B")),
            Sheets("polarity", "a cassette of another method", Pieces, s => Everywhere(s, "kind", "cassette", "polarity", "A")),
            new("channel-loss", "plugs in cassettes that lose nothing", FreePlugs),
            new("spares", "a switch that carries traffic as a spare", BusySpare),
            Json("panel-kind", "adapters where cassettes stand", d => PanelOf(d)["model"] = "panel-lc-1u"),
        ];

    private static Corruption[] AtPanels =>
        [
            new("channel-loss", "plugs in panels that lose nothing", FreePlugs),
            Json("panel-kind", "a housing without the cassettes that bring its adapters", d => PanelOf(d)["model"] = "panel-lc-housing-1u"),
            Sheets("polarity", "cords of type C before straight trunks", Pieces, NeighboursAndStraight),
            Sheets("polarity", "a duplex word on a trunk", Pieces, s => Trunk(s, "polarity", "A-B")),
            Sheets("order-code", "a trunk's code without pins", Pieces, s => Recode(s, "trunk-144-os2", ":b-mm", ":b-ff")),
            Sheets("panel-ports", "a port that the panel does not have", Pieces, s => s.Set(AtFront(s), "z_port", "front:999")),
            Sheets("channel-whole", "a cord in another port of the panel", Pieces, s => s.Set(AtFront(s), "z_port", "front:35")),
            Sheets("gender", "two plugs without pins in an adapter", Pieces, s => Trunk(s, "gender_a", "female")),
            Sheets("polish", "a flat trunk on angled cords", Pieces, s => Trunk(s, "polish", "UPC")),
            Json("polish", "a panel for flat plugs behind angled ones", d => PanelOf(d)["model"] = "panel-mpo-upc-1u"),
            Sheets("polarity", "a straight trunk between crossed cords", Pieces, s => Trunk(s, "polarity", "A")),
            Sheets("fibres", "a trunk thinner than what it carries", Pieces, s => Trunk(s, "fibres", "8")),
            Json("device-known", "a panel that design.json does not list", d => PanelOf(d)["first"] = "panel-X-01"),
            Json("panel-ports", "a panel with more ports than its part has", d => PanelOf(d)["front_ports"] = 99),
            Json("rack-room", "panels in a rack that has none", d => d["racks"]![0]!["panel_units"] = 3),
            Cell("piece-bill", "more panels than stand", Bill, "category", "panel", "quantity", "999"),
            Cell("piece-bill", "a trunk that no channel passes", Bill, "category", "trunk", "quantity", "999"),
        ];

    private static List<string> AtFront(Sheet sheet) =>
        sheet.Rows.First(r => sheet.Get(r, "kind") == "cord" && sheet.Get(r, "z_port").StartsWith("front:", StringComparison.Ordinal));

    // The whole row as the designer writes it for a flat module.
    private static void FlatCord(Sheet sheet)
    {
        List<string> row = sheet.Where("piece_id", "P00001");
        string code = sheet.Get(row, "order_code");
        sheet
            .Set(row, "product", FlatPart)
            .Set(row, "order_code", FlatPart + code[code.IndexOf(':', StringComparison.Ordinal)..])
            .Set(row, "polish", "UPC");
    }

    private static void Everywhere(Sheet sheet, string column, string value, string edited, string to)
    {
        foreach (List<string> row in (List<string>[])[.. sheet.All(column, value)])
        {
            sheet.Set(row, edited, to);
        }
    }

    private static void Recode(Sheet sheet, string product, string from, string to)
    {
        foreach (List<string> row in sheet.All("product", product))
        {
            sheet.Set(row, "order_code", sheet.Get(row, "order_code").Replace(from, to, StringComparison.Ordinal));
        }
    }

    // The whole row as the designer writes it for a single-mode module.
    private static void SinglemodeCord(Sheet sheet)
    {
        List<string> row = sheet.Where("piece_id", "P00001");
        sheet.Set(row, "product", "fibre-mpo12-os2").Set(row, "order_code", sheet.Get(row, "order_code").Replace("om4", "os2"));
    }

    private static void NeighboursAndStraight(Sheet sheet)
    {
        Everywhere(sheet, "kind", "trunk", "polarity", "A");
        foreach (List<string> row in sheet.All("kind", "cord").Where(r => sheet.Get(r, "polarity") == "B"))
        {
            sheet.Set(row, "polarity", "C");
        }
    }

    // As somebody would who counts the fibre alone, in both files.
    private static void FreePlugs(WrittenFolder folder)
    {
        Sheet channels = new(folder[Channels]);
        var ways = channels.Rows.GroupBy(r => channels.Get(r, "cable_id")).Where(g => g.Any(r => channels.Get(r, "seq") == "2"));
        Dictionary<string, double> losses = [];
        foreach (var way in ways)
        {
            foreach (List<string> row in way)
            {
                // Every pair of plugs loses half a decibel or more, and no piece of these halls does.
                double loss = double.Parse(channels.Get(row, "loss_db"), CultureInfo.InvariantCulture);
                double glass = loss >= 0.75 ? loss - 0.75 : Math.Max(0, loss >= 0.5 ? loss - 0.5 : loss);
                channels.Set(row, "loss_db", glass.ToString("0.#####", CultureInfo.InvariantCulture));
            }

            losses[way.Key] = way.GroupBy(r => (channels.Get(r, "leg"), channels.Get(r, "path")))
                .Max(g => g.Sum(r => double.Parse(channels.Get(r, "loss_db"), CultureInfo.InvariantCulture)));
        }

        channels.Save();
        Sheet cables = new(folder[Cables]);
        foreach (List<string> row in cables.Rows.Where(r => losses.ContainsKey(cables.Get(r, "cable_id"))))
        {
            cables.Set(row, "loss_db", losses[cables.Get(row, "cable_id")].ToString("0.##", CultureInfo.InvariantCulture));
        }

        cables.Save();
    }

    private static void ChangeTops(Sheet sheet)
    {
        foreach (string category in (string[])["transceiver", "spare-transceiver"])
        {
            List<string>[] rows =
            [
                .. sheet.All("category", category).Where(r => sheet.Get(r, "id").StartsWith(Module + ":", StringComparison.Ordinal)),
            ];
            string first = sheet.Get(rows[0], "quantity");
            sheet.Set(rows[0], "quantity", sheet.Get(rows[1], "quantity")).Set(rows[1], "quantity", first);
        }
    }

    // A tenth of the price, in the line, in its spares and in the sums.
    private static void Cheapen(WrittenFolder folder, string id)
    {
        Sheet sheet = new(folder[Bill]);
        double saved = 0;
        double savedSpares = 0;
        foreach (List<string> row in sheet.All("id", id))
        {
            double unit = double.Parse(sheet.Get(row, "unit_price_usd"), CultureInfo.InvariantCulture);
            double total = double.Parse(sheet.Get(row, "total_usd"), CultureInfo.InvariantCulture);
            sheet
                .Set(row, "unit_price_usd", (unit / 10).ToString("0.##", CultureInfo.InvariantCulture))
                .Set(row, "total_usd", (total / 10).ToString("0.##", CultureInfo.InvariantCulture));
            saved += total * 0.9;
            savedSpares += sheet.Get(row, "category").StartsWith("spare-", StringComparison.Ordinal) ? total * 0.9 : 0;
        }

        sheet.Save();
        JsonNode design = JsonNode.Parse(File.ReadAllText(folder["design.json"]))!;
        JsonNode totals = design["totals"]!;
        totals["capex_usd"] = (double)totals["capex_usd"]! - saved;
        totals["capex_spares_usd"] = (double)totals["capex_spares_usd"]! - savedSpares;
        File.WriteAllText(folder["design.json"], design.ToJsonString());
    }

    // The spare switch is not bought, as another one with used ports lies in stock.
    private static void BusySpare(WrittenFolder folder)
    {
        Sheet sheet = new(folder[Bill]);
        List<string> spare = sheet.Where("category", "spare-switch");
        int spares = int.Parse(sheet.Get(spare, "quantity"), CultureInfo.InvariantCulture);
        sheet.Rows.Remove(spare);
        sheet.Save();
        JsonNode design = JsonNode.Parse(File.ReadAllText(folder["design.json"]))!;
        JsonNode entry = design["totals"]!["stock"]![0]!;
        entry["count"] = (int)entry["count"]! + spares;
        entry["spares"] = spares;
        File.WriteAllText(folder["design.json"], design.ToJsonString());
    }

    // The first trunk, in all of its rows.
    private static void Trunk(Sheet sheet, string column, string value)
    {
        string id = sheet.Get(sheet.Where("kind", "trunk"), "piece_id");
        foreach (List<string> row in sheet.All("piece_id", id))
        {
            sheet.Set(row, column, value);
        }
    }

    // What somebody does who plugs two cables into each other's ports at Z, labels and all.
    private static void ChangeOver(Sheet sheet, List<string> one, List<string> other)
    {
        foreach (string column in (string[])["z_device", "z_port", "z_lane", "label_z"])
        {
            (string a, string b) = (sheet.Get(one, column), sheet.Get(other, column));
            sheet.Set(one, column, b);
            sheet.Set(other, column, a);
        }
    }

    private static void ChangeTails(Sheet sheet)
    {
        List<string>[] legs =
        [
            .. sheet
                .Rows.Where(r => sheet.Get(r, "product").Contains('+', StringComparison.Ordinal))
                .GroupBy(r => sheet.Get(r, "cable_id"))
                .First(),
        ];
        ChangeOver(sheet, legs[0], legs[1]);
    }

    private static Corruption Cell(string rule, string what, string file, string key, string value, string column, string to) =>
        Sheets(rule, what, file, s => s.Set(s.Where(key, value), column, to));

    private static void OtherTop(Sheet bill) => Rename(bill, "(MMA4Z00-NS)", "(MMA4Z00-NS-FLT)");

    private static void NoPartNumber(Sheet bill) => Rename(bill, " (MMA4Z00-NS)", "");

    private static void Rename(Sheet bill, string from, string to)
    {
        List<string> row = bill.Rows.First(r => bill.Get(r, "name").Contains(from, StringComparison.Ordinal));
        bill.Set(row, "name", bill.Get(row, "name").Replace(from, to, StringComparison.Ordinal));
    }

    private static Corruption Sheets(string rule, string what, string file, Action<Sheet> edit) =>
        new(
            rule,
            $"{what} ({file})",
            folder =>
            {
                Sheet sheet = new(folder[file]);
                edit(sheet);
                sheet.Save();
            }
        );

    private static Corruption Json(string rule, string what, Action<JsonNode> edit) =>
        new(
            rule,
            $"{what} (design.json)",
            folder =>
            {
                JsonNode design = JsonNode.Parse(File.ReadAllText(folder["design.json"]))!;
                edit(design);
                File.WriteAllText(folder["design.json"], design.ToJsonString());
            }
        );

    private static JsonNode DeviceOf(JsonNode design, string first) =>
        design["devices"]!.AsArray().First(d => (string)d!["first"]! == first)!;

    private static JsonNode PanelOf(JsonNode design) => design["devices"]!.AsArray().First(d => (string)d!["kind"]! == "panel")!;

    private static void Unprice(Sheet sheet, List<string> row) => sheet.Set(row, "unit_price_usd", "").Set(row, "total_usd", "");

    private static void CrowdTheLeaf(Sheet sheet)
    {
        List<string> one = sheet.Where("cable_id", Cord);
        for (int i = 0; i < 300; i++)
        {
            List<string> copy = [.. one];
            sheet.Set(copy, "cable_id", $"be-hl-1{i:000}").Set(copy, "z_port", $"E1/{(i / 5) + 1}").Set(copy, "z_lane", $"{i % 5}");
            sheet.Rows.Add(copy);
        }
    }

    private static string UnitOf(WrittenFolder folder, string device)
    {
        Sheet sheet = new(folder[Cables]);
        return sheet.Get(sheet.Where("z_device", device), "z_ru");
    }

    // In every file, as somebody would who moves a switch.
    private static void Move(WrittenFolder folder, string device, string unit)
    {
        foreach (string file in (string[])[Cables, Pieces])
        {
            Sheet sheet = new(folder[file]);
            foreach (string end in (string[])["a", "z"])
            {
                foreach (List<string> row in sheet.All(end + "_device", device))
                {
                    sheet.Set(row, end + "_ru", unit);
                }
            }

            sheet.Save();
        }
    }

    // The module publishes no budget, so that of its kind holds.
    private static void LossyCord(WrittenFolder folder)
    {
        File.AppendAllText(folder["catalogue.yaml"], "facts:\n  loss-budget-sr-db: {value: 1.8}\n");
        Sheet sheet = new(folder[Cables]);
        sheet.Set(sheet.Where("cable_id", Cord), "loss_db", "1.9").Save();
    }

    // The module's light loses 100 dB a kilometre, of which the row knows nothing.
    private static void LossyWavelength(WrittenFolder folder)
    {
        File.AppendAllText(
            folder["catalogue.yaml"],
            $"interconnects:\n  {Module}: {{kind: sr, family: sr, rate_gbps: 800, form_factors: [osfp], reach_m: {{om4: 50}}, "
                + "connectors_per_end: 2, fibres: 16, lanes: 8, breakouts: [1x800, 2x400, 4x200], connector: MPO-12/APC, "
                + "attenuation_db_per_km: 100}\n"
        );
    }

    // Eight lanes of parallel optics light sixteen fibres, whether or not the entry says so.
    private static void ThinCord(WrittenFolder folder)
    {
        File.AppendAllText(
            folder["catalogue.yaml"],
            $"interconnects:\n  {Module}: {{kind: sr, family: sr, rate_gbps: 800, form_factors: [osfp], reach_m: {{om4: 50}}, "
                + "connectors_per_end: 2, lanes: 8, breakouts: [1x800, 2x400, 4x200], connector: MPO-12/APC}\n"
        );
        Sheet sheet = new(folder[Pieces]);
        sheet.Set(sheet.Where("piece_id", "P00001"), "fibres", "4").Save();
    }

    // A module like another but for its code, in the folder's own catalogue.
    private static void OtherFec(WrittenFolder folder)
    {
        File.AppendAllText(
            folder["catalogue.yaml"],
            "interconnects:\n  sr8-odd: {kind: sr, family: sr, rate_gbps: 800, form_factors: [osfp], reach_m: {om4: 50}, "
                + "connectors_per_end: 2, fibres: 16, lanes: 8, breakouts: [1x800, 2x400], connector: MPO-12/APC, fec: 'RS(528,514)'}\n"
        );
        Sheet sheet = new(folder[Cables]);
        sheet.Set(sheet.Where("cable_id", Cord), "product", Module + "+sr8-odd").Save();
    }
}
