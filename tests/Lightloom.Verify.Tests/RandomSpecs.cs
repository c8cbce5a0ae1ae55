using System.Globalization;
using System.Text;
using CsCheck;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>
/// Cluster files drawn at random: nodes of the catalogue and of the file's own, 1 to 24 NICs with up to four cages each, QSFP56 ports among
/// them, 10G to 1.6T, every switch that the catalogue can use, planes, paradigms, floors, panels, buildings, exclusions; in half of them a
/// price book, parts in stock, a jacket, interconnects of the file's own. Many ask for what cannot be and must be refused.
/// </summary>
internal static class RandomSpecs
{
    private static readonly int[] Rates = [10, 25, 40, 50, 100, 200, .. Enumerable.Repeat(400, 11), .. Enumerable.Repeat(800, 7), 1600];
    private static readonly string[] Switches =
    [
        .. Catalogue
            .Default.Switches.Values.Where(s => s.Cages.Count > 0 && s.Cages.Any(c => c.Purpose == PortPurpose.Network))
            .Select(s => s.Id)
            .Order(StringComparer.Ordinal),
    ];

    // Half of the boxes of the catalogue are leaves of 25G and 100G, which few XPU nodes can be joined to: boxes of 800G cages count thrice.
    private static readonly string[] Boxes =
    [
        .. Switches,
        .. Enumerable
            .Repeat(Switches.Where(id => Catalogue.Default.Switches[id].Cages[0].CageRate.Value.Gbps >= 800), 2)
            .SelectMany(b => b),
    ];

    private static readonly string[] Nodes =
    [
        .. Catalogue
            .Default.Nodes.Values.Where(n => n is { Backend: not null, Xpus.Value: > 0 })
            .Select(n => n.Id)
            .Order(StringComparer.Ordinal),
    ];

    // Slow ports beside fast ones find a switch for both the less often, so nodes of 100G and up are drawn four times as often.
    private static readonly string[] ServiceNodes =
    [
        .. Catalogue
            .Default.Nodes.Values.Where(n => n is { Frontend: not null, Xpus.Value: 0 })
            .OrderBy(n => n.Id, StringComparer.Ordinal)
            .SelectMany(n => Enumerable.Repeat(n.Id, n.Frontend!.Rate.Value.Gbps >= 100 ? 4 : 1)),
    ];

    private static readonly Gen<string> OwnNode =
        from nics in Gen.Int[1, 24]
        from perCage in OneOf(1, 1, 1, 1, 1, 2)
        from perNic in OneOf(1, 1, 1, 1, 1, 1, 1, 2, 2, 4)
        from old in OneOf(false, false, false, true)
        from rate in OneOf(Rates)
        from front in OneOf(0, 1, 2, 2, 4)
        from frontRate in OneOf(10, 25, 100, 100, 100, 200, 200, 200, 200, 400)
        from units in OneOf(1, 2, 4, 8, 10)
        from cages in Gen.Const(
            perNic > 1 ? nics * perNic
            : nics % perCage == 0 ? nics / perCage
            : nics
        )
        let slow = old && rate == 200 ? ", form_factor: qsfp56, lanes: 4" : ""
        let slowFront = old && frontRate == 200 ? ", form_factor: qsfp56, lanes: 4" : ""
        let frontend = front == 0 ? "" : FormattableString.Invariant($"frontend: {{nics: {front}, rate_gbps: {frontRate}{slowFront}}}, ")
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{{xpus: {Math.Max(1, Math.Min(8, nics))}, backend: {{nics: {nics}, rate_gbps: {rate}, cages: {cages}{slow}}}, "
                + $"{frontend}power_w: {units * 900}, rack_units: {units}}}"
        );

    private static readonly Gen<string> Backend =
        from named in Gen.Int[0, 9]
        from box in OneOf(Boxes)
        from paradigm in OneOf([.. Enumerable.Repeat("endpoint-scheduled", 8), "auto", "switch-scheduled"])
        from layout in OneOf([.. Enumerable.Repeat("nic-split", 8), "rail", "pods"])
        from planes in layout == "nic-split"
            ? OneOf("1", "1", "1", "1", "1", "1", "2", "2", "4", "auto")
            : OneOf("auto", "auto", "auto", "2")
        from tiers in OneOf("auto", "auto", "auto", "auto", "auto", "1", "2", "2", "3")
        from rails in Gen.Bool
        from unit in OneOf(0, 0, 0, 8, 32)
        from over in OneOf("", "", "1.5", "2", "3")
        select $"backend:\n  paradigm: {paradigm}\n  planes: {planes}\n  plane_layout: {layout}\n  tiers: {tiers}\n"
            + $"  rail_optimized: {(rails ? "true" : "false")}\n"
            + (layout == "pods" ? "  plane_xpus: 64\n" : "")
            + (named == 0 ? $"  switch: {box}\n" : "")
            + (unit > 0 ? $"  scalable_unit_nodes: {unit.ToString(CultureInfo.InvariantCulture)}\n" : "")
            + (over.Length > 0 ? $"  oversubscription: {{leaf: {over}}}\n" : "");

    private static readonly Gen<string> Frontend =
        from enabled in Gen.Int[0, 5]
        from homing in OneOf("single", "dual")
        from named in Gen.Int[0, 6]
        from box in OneOf(Boxes)
        from management in Gen.Int[0, 6]
        select (enabled == 0 ? "frontend: {enabled: false}\n" : $"frontend: {{homing: {homing}{(named == 0 ? $", switch: {box}" : "")}}}\n")
            + (management == 0 ? "oob: {enabled: false}\n" : "");

    private static readonly Gen<string> Floor =
        from rows in OneOf(0, 0, 1, 2, 4)
        from perRow in OneOf(8, 12, 20)
        from power in OneOf(0, 0, 20, 45, 130)
        from halls in OneOf(0, 0, 0, 2, 3)
        from buildings in OneOf(1, 1, 2)
        from panels in OneOf(0, 0, 1, 2, 4)
        from rowPanels in OneOf(0, 0, 0, 1, 2)
        from atRacks in OneOf("none", "none", "none", "none", "rack", "row", "hall")
        from distance in OneOf(60, 300, 1200, 9000)
        from racks in OneOf("auto", "auto", "mid-row", "end-of-row", "central")
        from optimize in Gen.Bool
        select "floor:\n"
            + $"  network_racks: {racks}\n  optimize: {(optimize ? "true" : "false")}\n"
            + (power > 0 ? $"  rack: {{power_kw: {power}{(atRacks == "none" ? "" : ", reserved_units: 16")}}}\n" : "")
            + (atRacks == "none" ? "" : $"  panels_at_racks: {atRacks}\n")
            + (rows > 0 && halls == 0 ? $"  rows: {rows}\n  racks_per_row: {perRow}\n" : "")
            + (panels > 0 ? $"  panels_between_halls: {panels}\n  panels_between_buildings: {panels}\n" : "")
            + (rowPanels > 0 ? $"  panels_between_rows: {rowPanels}\n" : "")
            + (halls > 0 ? Sites(buildings, halls, perRow, distance) : "");

    private static readonly Gen<string> Interconnect =
        from derating in OneOf("0.9", "0.9", "1", "0.5")
        from exclude in OneOf("", "", "", "", "", "aoc", "dac", "acc, aec", "sr", "dr", "fr, lr")
        from multimode in OneOf("om3", "om4", "om4", "om5")
        from objective in OneOf("cost", "cost", "power", "latency")
        from spares in OneOf("0.02", "0.02", "0", "0.1")
        select $"interconnect:\n  objective: {objective}\n  reach_derating: {derating}\n  fibre: {{multimode: {multimode}}}\n"
            + $"  spares: {spares}\n"
            + (exclude.Length > 0 ? $"  exclude: [{exclude}]\n" : "");

    private static readonly Gen<string> Pools =
        from own in OwnNode
        from usesOwn in Gen.Int[0, 1]
        from node in OneOf(Nodes)
        from count in Gen.Int[1, 24]
        from second in Gen.Int[0, 8]
        from other in OneOf(Nodes)
        from service in Gen.Int[0, 1]
        from store in OneOf(ServiceNodes)
        from stores in Gen.Int[1, 6]
        select "pools:\n"
            + Pool("train", usesOwn == 1 ? "own-node" : node, count)
            + (second == 0 ? Pool("more", other, Math.Max(1, count / 2)) : "")
            + (service == 1 ? "services:\n" + Pool("storage", store, stores) : "")
            + (usesOwn == 1 ? $"catalog:\n  nodes:\n    own-node: {own}\n" : "");

    // Prices of parts, of one length, by the metre, and of all fibre.
    private static readonly string[] Book =
    [
        "nvidia-sn2201: 6500",
        "nvidia-sn5610: 41000",
        "sr8-800g-2xsr4-50m: 700",
        "sr4-400g: 310",
        "dac-800g-osfp@1.5m: 190",
        "dac-800g-osfp: 200",
        "cat6a-patch: 3, cat6a-patch-per-m: 0.6",
        "fibre: 45, fibre-per-m: 2.2",
        "fibre-lc: 12",
        "trunk: 350, trunk-per-m: 9",
        "panel: 240, cassette: 90",
        "own-sr: 120",
    ];

    // Boxes, some of whose ports are taken, and modules by product and by form.
    private static readonly string[] Stock =
    [
        "nvidia-sn5610: {count: 3, used_ports: 4}",
        "nvidia-sn5600: {count: 12, used_ports: 1}",
        "nvidia-qm9700: {count: 40, used_ports: 2}",
        "nvidia-sn2201: {count: 12, used_ports: 5}",
        "nvidia-sn4600c: 2",
        "celestica-ds5000: {count: 2, used_ports: 60}",
        "sr8-800g-2xsr4-50m: 24",
        "'sr8-800g-2xsr4-50m:osfp-flat': 12",
        "'sr8-800g-2xsr4-50m:osfp-fin': 500",
        "sr4-400g: 9",
        "sr2-200g: 3",
        "dr4-400g: 16",
    ];

    // Cheaper than what the market has, so that they are taken where they reach; none says how many fibres it lights.
    private static readonly string[] OwnParts =
    [
        "own-sr: {kind: sr, rate_gbps: 400, form_factors: [osfp, qsfp112], reach_m: {om3: 60, om4: 90, om5: 90}, connector: MPO-12, "
            + "breakouts: [1x400, 2x200], power_w: 6, prices_usd: 90}",
        "own-twin: {kind: sr, rate_gbps: 800, form_factors: osfp, reach_m: {om3: 60, om4: 90, om5: 90}, connector: MPO-12, "
            + "connectors_per_end: 2, breakouts: [1x800, 2x400, 4x200], power_w: 11, prices_usd: 150}",
        "own-dr: {kind: dr, rate_gbps: 800, form_factors: [osfp, qsfp-dd800], reach_m: {os2: 500}, connector: MPO-16/APC, "
            + "breakouts: [1x800, 2x400], power_w: 12, prices_usd: 260}",
        "own-fr: {kind: fr, rate_gbps: 400, form_factors: [osfp, qsfp112, qsfp-dd], reach_m: {os2: 2000}, connector: duplex LC, "
            + "breakouts: [1x400], power_w: 8, prices_usd: 300}",
        "own-dac: {kind: dac, rate_gbps: 800, form_factors: osfp, reach_m: {copper: 3}, lengths_m: [1, 2, 3], breakouts: [1x800], "
            + "power_w: 0.2, prices_usd: [{usd: 60, length_m: 1}, {usd: 100, length_m: 3}]}",
        "own-aoc: {kind: aoc, rate_gbps: 400, form_factors: [osfp, qsfp112], reach_m: {om4: 30, om3: 30, om5: 30}, lengths_m: [5, 10, 20, 30], "
            + "breakouts: [1x400], power_w: 7, prices_usd: 200}",
    ];

    // What a site has beside the network that is asked for.
    private static readonly Gen<Func<string, string>> Site =
        from drawn in Gen.Int[0, 1]
        from jacket in OneOf("", "", "lszh", "ofnr", "ofnp")
        from prices in Some(Book, 6)
        from stock in Some(Stock, 3)
        from own in Some(OwnParts, 2)
        from spares in OneOf("", "0.1", "0.5")
        select (Func<string, string>)(yaml => drawn == 0 ? yaml : With(yaml, jacket, prices, stock, own, spares));

    private static Gen<string[]> Some(string[] words, int most) =>
        from count in Gen.Int[0, most]
        from drawn in OneOf(words).Array[count]
        select drawn.Distinct().ToArray();

    private static string With(string yaml, string jacket, string[] prices, string[] stock, string[] own, string spares)
    {
        if (jacket.Length > 0)
        {
            yaml = yaml.Replace("fibre: {multimode:", $"fibre: {{jacket: {jacket}, multimode:", StringComparison.Ordinal);
        }

        if (spares.Length > 0)
        {
            int at = yaml.IndexOf("  spares: ", StringComparison.Ordinal);
            yaml = yaml[..at] + "  spares: " + spares + yaml[yaml.IndexOf('\n', at)..];
        }

        // A price needs its part; one of the file's own may not be among those drawn.
        string[] known = [.. prices.Where(p => !p.StartsWith("own-", StringComparison.Ordinal) || own.Any(o => o.StartsWith("own-sr:")))];
        yaml += known.Length > 0 ? $"prices: {{{string.Join(", ", known)}}}\n" : "";
        yaml += stock.Length > 0 ? $"existing: {{{string.Join(", ", stock)}}}\n" : "";
        string parts = own.Length > 0 ? "  interconnects:\n" + string.Concat(own.Select(o => $"    {o}\n")) : "";
        return parts.Length == 0 ? yaml
            : yaml.Contains("catalog:\n", StringComparison.Ordinal)
                ? yaml.Replace("catalog:\n", "catalog:\n" + parts, StringComparison.Ordinal)
            : yaml + "catalog:\n" + parts;
    }

    // By turns, so that every operating system's names are read back.
    private static string Names(int number)
    {
        string[] systems = [.. PortNamingWords.All];
        string ports = systems[number % systems.Length];
        return number % 3 != 0 ? ""
            : number % 2 == 0 ? $"names: {{switch_ports: {ports}, node_ports: maker}}\n"
            : $"names: {{switch_ports: {ports}, rack: 'R{{row}}{{letter}}.{{n:03}}', switch: '{{network}}_{{tier}}{{plane}}_{{pod}}_{{n}}', "
                + "node: '{pool} {n:04}', cable: '{n:07}_{network}'}\n";
    }

    /// <summary>The cluster file of a number: the same on every run.</summary>
    public static string Of(int number) => Site.Generate(new PCG((uint)number, 20_261_128), null, out _)(Network(number));

    private static string Network(int number) =>
        (
            from pools in Pools
            from backend in Backend
            from frontend in Frontend
            from floor in Floor
            from interconnect in Interconnect
            select $"lightloom: 1\nname: random-{number.ToString(CultureInfo.InvariantCulture)}\n"
                + pools
                + backend
                + frontend
                + floor
                + interconnect
                + Names(number)
        ).Generate(new PCG((uint)number, 20_261_127), null, out _);

    private static Gen<T> OneOf<T>(params T[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    // A rack-scale node is a whole rack of its own; a few are plenty.
    private static string Pool(string name, string node, int count)
    {
        int most =
            Catalogue.Default.Nodes.TryGetValue(node, out NodeModel? model) && model.RackCount > 0 ? (model.RackCount > 1 ? 1 : 3) : 24;
        return string.Create(CultureInfo.InvariantCulture, $"  - {{name: {name}, node: {node}, nodes: {Math.Min(count, most)}}}\n");
    }

    private static string Sites(int buildings, int halls, int perRow, int distance)
    {
        StringBuilder text = new("  sites:\n    - name: campus\n      buildings:\n");
        for (int b = 1; b <= buildings; b++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"        - name: building-{b}\n          x_m: {(b - 1) * distance}\n          halls:\n"
            );
            for (int h = 1; h <= halls; h++)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"            - {{name: hall-{b}-{h}, rows: {h + 1}, racks_per_row: {perRow}, x_m: {(h - 1) * 40}}}\n"
                );
            }
        }

        return text.ToString();
    }
}
