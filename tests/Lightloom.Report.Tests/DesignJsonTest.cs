using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightloom.Design;

namespace Lightloom.Report.Tests;

public class DesignJsonTest
{
    public static TheoryData<int> Designs => [.. Enumerable.Range(0, TestDesigns.All.Count)];

    [Fact]
    public void The_contracts_keys_are_there_in_their_order()
    {
        JsonElement root = Json(TestDesigns.OneK);
        Names(root).Take(6).ShouldBe(["name", "format", "version", "xpus", "nodes", "service_nodes"]);
        foreach (string key in new[] { "fabrics", "totals", "interconnects", "diagnostics" })
        {
            root.TryGetProperty(key, out _).ShouldBeTrue(key);
        }

        Names(root.GetProperty("fabrics")[0])
            .Take(10)
            .ShouldBe([
                "role",
                "paradigm",
                "planes",
                "plane_layout",
                "tiers",
                "links",
                "oversubscription",
                "bisection_tbps",
                "latency_us",
                "max_xpus",
            ]);
        Names(root.GetProperty("fabrics")[0].GetProperty("tiers")[0]).Take(3).ShouldBe(["tier", "switch", "count"]);
        Names(root.GetProperty("fabrics")[0].GetProperty("links")[0])
            .Take(5)
            .ShouldBe(["from", "to", "logical_links", "rate_gbps", "cables"]);
        Names(root.GetProperty("totals"))
            .Take(13)
            .ShouldBe([
                "switches",
                "logical_links",
                "cages",
                "transceivers",
                "cables",
                "fibres",
                "pieces",
                "racks",
                "capex_usd",
                "unpriced",
                "estimate_usd",
                "network_power_kw",
                "it_power_kw",
            ]);
        Names(root.GetProperty("interconnects")[0]).Take(4).ShouldBe(["id", "kind", "count", "length_m"]);
        Names(root.GetProperty("diagnostics")[0]).ShouldBe(["id", "severity", "message", "where"]);
    }

    [Fact]
    public void The_1k_design_has_the_reference_counts()
    {
        JsonElement root = Json(TestDesigns.OneK);
        root.GetProperty("xpus").GetInt32().ShouldBe(1016);
        root.GetProperty("nodes").GetInt32().ShouldBe(127);
        JsonElement backend = root.GetProperty("fabrics")[0];
        backend
            .GetProperty("tiers")
            .EnumerateArray()
            .Select(t => (t.GetProperty("tier").GetString(), t.GetProperty("count").GetInt32()))
            .ShouldBe([("leaf", 32), ("spine", 16)]);
        backend.GetProperty("links").EnumerateArray().Select(l => l.GetProperty("logical_links").GetInt32()).ShouldBe([1016, 1024]);
        backend
            .GetProperty("latency_us")
            .GetProperty("max")
            .GetDouble()
            .ShouldBeGreaterThan(backend.GetProperty("latency_us").GetProperty("min").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Totals_agree_with_the_files(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        JsonElement totals = Json(design).GetProperty("totals");
        using MemoryStream stream = new();
        BomCsv.Write(design.Bill, stream);
        List<string>[] bom = [.. Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n').Skip(1).Select(CsvLine.Fields)];
        bom.ShouldAllBe(l => l.Count == 11);
        double sum = bom.Sum(l => l[5].Length == 0 ? 0 : double.Parse(l[5], CultureInfo.InvariantCulture));
        totals.GetProperty("capex_usd").GetDouble().ShouldBe(sum, 0.01);
        totals.GetProperty("unpriced").GetInt32().ShouldBe(bom.Count(l => l[4].Length == 0));
        totals
            .GetProperty("network_power_kw")
            .GetDouble()
            .ShouldBe(bom.Sum(l => l[7].Length == 0 ? 0 : double.Parse(l[7], CultureInfo.InvariantCulture)) / 1000, 0.01);

        using MemoryStream cables = new();
        CableCsv.Write(design, cables);
        List<string>[] rows = [.. Encoding.UTF8.GetString(cables.ToArray()).TrimEnd('\n').Split('\n').Skip(1).Select(CsvLine.Fields)];
        rows.ShouldAllBe(r => r.Count == 31);
        totals.GetProperty("cables").GetInt64().ShouldBe(rows.Select(r => r[0]).Distinct().LongCount());
        totals.GetProperty("logical_links").GetInt64().ShouldBe(rows.LongLength);
        foreach (JsonElement fabric in Json(design).GetProperty("fabrics").EnumerateArray())
        {
            foreach (JsonElement link in fabric.GetProperty("links").EnumerateArray())
            {
                string tier = link.GetProperty("from").GetString() + "-" + link.GetProperty("to").GetString();
                string rate = link.GetProperty("rate_gbps").GetDouble().ToString("0.###", CultureInfo.InvariantCulture);
                List<string>[] mine = [.. rows.Where(r => r[1] == fabric.GetProperty("role").GetString() && r[4] == tier && r[19] == rate)];
                link.GetProperty("logical_links").GetInt64().ShouldBe(mine.LongLength);
                link.GetProperty("cables").GetInt64().ShouldBe(mine.Select(r => r[0]).Distinct().LongCount());
            }
        }

        // reach >= ordered >= computed, and no port lane twice.
        rows.ShouldAllBe(r => Number(r[24]) >= Number(r[23]));
        rows.Select(r => $"{r[9]} {r[10]} {r[11]}").Concat(rows.Select(r => $"{r[16]} {r[17]} {r[18]}")).ShouldBeUnique();
    }

    [Fact]
    public void Two_runs_give_the_same_bytes() => Bytes(TestDesigns.OneK).ShouldBe(Bytes(TestDesigns.OneK));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static JsonElement Json(ClusterDesign design) => JsonDocument.Parse(Bytes(design)).RootElement;

    private static byte[] Bytes(ClusterDesign design)
    {
        using MemoryStream stream = new();
        DesignJson.Write(design, stream);
        return stream.ToArray();
    }
}
