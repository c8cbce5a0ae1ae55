using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Report.Page;

namespace Lightloom.Report.Tests;

/// <summary>
/// pieces.csv and channels.csv read back as text, against cables.csv and bom.csv: by laws that hold whatever the planner does.
/// </summary>
public class PieceCsvTest
{
    public static TheoryData<int> Designs => [.. Enumerable.Range(0, TestDesigns.All.Count)];

    [Fact]
    public void The_headers_are_the_contracts()
    {
        PieceCsv.Header.ShouldBe(
            "piece_id,kind,product,order_code,length_m,order_length_m,fibres,polarity,gender_a,gender_z,polish,a_hall,a_row,a_rack,a_ru,a_device,"
                + "a_port,a_socket,z_hall,z_row,z_rack,z_ru,z_device,z_port,z_socket,label_a,label_z,jacket"
        );
        ChannelCsv.Header.ShouldBe("cable_id,leg,path,seq,piece_id,loss_db");
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_socket_takes_one_plug(int which)
    {
        Dictionary<(string, string, string), string> owner = [];
        foreach (Dictionary<string, string> row in Pieces(TestDesigns.All[which]))
        {
            foreach (string end in new[] { "a", "z" }.Where(e => row[e + "_port"].Length > 0))
            {
                (string, string, string) socket = (row[end + "_device"], row[end + "_port"], row[end + "_socket"]);
                owner.TryAdd(socket, row["piece_id"]);
                owner[socket].ShouldBe(row["piece_id"], socket.ToString());
            }
        }
    }

    /// <summary>The page draws one channel of each kind: number, order code and both ends are those of the file.</summary>
    [Theory]
    [MemberData(nameof(Designs))]
    public void The_channels_drawn_on_the_page_are_those_of_the_file(int which)
    {
        ILookup<string, Dictionary<string, string>> pieces = Pieces(TestDesigns.All[which]).ToLookup(r => r["piece_id"]);
        string[] texts =
        [
            .. Regex
                .Matches(ReportPage.Render(TestDesigns.All[which]).Split("From module to module")[1].Split("</svg>")[0], ">([^<>]+)</text>")
                .Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value)),
        ];
        int[] drawn = [.. Enumerable.Range(0, texts.Length).Where(i => Regex.IsMatch(texts[i], @"^P\d{5,} · "))];
        drawn.ShouldNotBeEmpty();
        foreach (int i in drawn)
        {
            // A trunk has a row a plug: that of the way which is drawn.
            string stop = texts[i - 2] + " ";
            Dictionary<string, string> row = pieces[texts[i].Split(' ')[0]]
                .First(r =>
                    stop.StartsWith(r["a_device"] + " ", StringComparison.Ordinal)
                        && (
                            stop.Contains($" {r["a_port"]},", StringComparison.Ordinal)
                            || stop.Contains($" {r["a_port"]} ", StringComparison.Ordinal)
                        )
                    || r["a_port"].Length == 0
                );
            // The kind is not said twice where the order code begins with it.
            string kind = row["order_code"].StartsWith(row["kind"], StringComparison.Ordinal) ? "" : row["kind"] + " ";
            texts[i - 1].ShouldBe(kind + row["order_code"]);
            if (row["polarity"].Length > 0)
            {
                texts[i].ShouldContain($"polarity {row["polarity"]} · ");
                texts[i].ShouldContain(row["gender_a"].Length > 0 ? $" · {row["gender_a"]} to {row["gender_z"]} · " : " · ");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_label_is_on_one_plug_only(int which) =>
        Pieces(TestDesigns.All[which])
            .SelectMany(r => new[] { (Label: r["label_a"], Piece: r["piece_id"]), (Label: r["label_z"], Piece: r["piece_id"]) })
            .Where(l => l.Label.Length > 0)
            .Distinct()
            .GroupBy(l => l.Label)
            .Where(g => g.Count() > 1)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Designs))]
    public void Every_leg_of_every_cable_runs_from_its_A_port_to_its_Z_port_over_pieces_that_touch(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        ILookup<string, Dictionary<string, string>> pieces = Pieces(design).ToLookup(r => r["piece_id"]);
        ILookup<string, Dictionary<string, string>> legs = Rows(s => CableCsv.Write(design, s)).ToLookup(r => r["cable_id"]);
        List<Dictionary<string, string>> steps = Rows(s => ChannelCsv.Write(design, s));
        HashSet<(string, int)> covered = [];
        foreach (var way in steps.GroupBy(s => (Cable: s["cable_id"], Leg: s["leg"], Path: s["path"])))
        {
            int leg = int.Parse(way.Key.Leg, CultureInfo.InvariantCulture);
            covered.Add((way.Key.Cable, leg));
            Dictionary<string, string> cable = legs[way.Key.Cable].ElementAt(leg);
            way.Select(s => s["seq"]).ShouldBe(Enumerable.Range(0, way.Count()).Select(i => i.ToString(CultureInfo.InvariantCulture)));
            List<Dictionary<string, string>>[] on =
            [
                .. way.Select(s => pieces[s["piece_id"]].ToList()).Where(p => p[0]["kind"] != "cassette"),
            ];
            on[0].ShouldContain(p => p["a_device"] == cable["a_device"] && p["a_port"] == cable["a_port"]);
            on[^1].ShouldContain(p => p["z_device"] == cable["z_device"] && p["z_port"] == cable["z_port"]);
            double loss = way.Sum(s => s["loss_db"].Length == 0 ? 0 : double.Parse(s["loss_db"], CultureInfo.InvariantCulture));
            loss.ShouldBe(cable["loss_db"].Length == 0 ? 0 : double.Parse(cable["loss_db"], CultureInfo.InvariantCulture), 0.0051);
        }

        covered.Count.ShouldBe(legs.Sum(l => l.Count()));
        steps.Select(s => s["piece_id"]).ToHashSet().SetEquals(pieces.Select(p => p.Key)).ShouldBeTrue("a piece that no channel passes");
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void The_bill_buys_each_piece_once(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        Dictionary<string, int> pieces = Pieces(design)
            .DistinctBy(r => r["piece_id"])
            .GroupBy(r => r["order_code"])
            .ToDictionary(g => g.Key, g => g.Count());
        Dictionary<string, int> bought = Rows(s => BomCsv.Write(design.Bill, s))
            .Where(r => r["category"] is "assembly" or "fibre" or "shuffle" or "trunk" or "cassette")
            .ToDictionary(r => r["id"], r => int.Parse(r["quantity"], CultureInfo.InvariantCulture));
        bought.ShouldBe(pieces, ignoreOrder: true);
        design.Bill.Pieces.ShouldBe(pieces.Values.Sum());
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Pieces_are_numbered_without_a_gap_in_the_order_of_the_file(int which)
    {
        List<string> ids = [.. Pieces(TestDesigns.All[which]).Select(r => r["piece_id"]).Distinct()];
        ids.Select(i => int.Parse(i[1..], CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, ids.Count));
        ids.Order(StringComparer.Ordinal).ShouldBe(ids);
    }

    [Fact]
    public void Two_runs_give_the_same_bytes() =>
        Text(s => PieceCsv.Write(TestDesigns.Planes, s)).ShouldBe(Text(s => PieceCsv.Write(TestDesigns.Planes, s)));

    private static List<Dictionary<string, string>> Pieces(ClusterDesign design) => Rows(s => PieceCsv.Write(design, s));

    private static List<Dictionary<string, string>> Rows(Action<Stream> write)
    {
        string[] lines = Text(write).TrimEnd('\n').Split('\n');
        string[] names = lines[0].Split(',');
        return
        [
            .. lines
                .Skip(1)
                .Select(CsvLine.Fields)
                .Select(f =>
                {
                    f.Count.ShouldBe(names.Length);
                    return names.Zip(f).ToDictionary(p => p.First, p => p.Second);
                }),
        ];
    }

    private static string Text(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
