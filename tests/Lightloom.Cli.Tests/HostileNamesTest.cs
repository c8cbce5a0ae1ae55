using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Lightloom.Cli.Tests;

/// <summary>
/// Names that a spreadsheet would run, a browser would obey or a terminal would follow, through every file and every table that they reach.
/// </summary>
public sealed class HostileNamesTest
{
    // A file's own rule refuses control characters in the names of pools, so these come in by the names of parts.
    private const string Cluster = """
        lightloom: 1
        name: "=1+1 </title></script><script>alert(1)</script> \u202Egnp.exe"
        pools:
          - {name: "=HYPERLINK(1)", node: dgx-h100, nodes: 1}
          - {name: "+1+cmd|' /C calc'!A0", node: dgx-h100, nodes: 1}
          - {name: "-1,\"2\" & <b>", node: dgx-h100, nodes: 1}
          - {name: "@SUM(A1:A9) \u202Etxt", node: dgx-h100, nodes: 1}
          - {name: "</script><script>alert(1)</script>", node: dgx-h100, nodes: 1}
          - {name: "\uFF1D1+1", node: dgx-h100, nodes: 1}
        backend: {switch: my-leaf}
        floor:
          sites:
            - name: "=site"
              buildings:
                - name: "-building ]]> <"
                  halls: [{name: "@hall", rows: 2, racks_per_row: 12}]
        catalog:
          switches:
            my-leaf: {name: "=leaf \e[31m\u009B2J\r\n\tred\0", cages: 64, rate_gbps: 400, breakouts: [1x400], rack_units: 2, power_w: 1700}
        """;

    [Fact]
    public void Every_file_of_every_command_holds_them_as_plain_text()
    {
        using Scratch scratch = new();
        string file = scratch.File("hostile.yaml", Cluster);
        string[][] commands =
        [
            ["design", file, "-o", scratch["design"]],
            [
                "simulate",
                file,
                "--job",
                "one:all-to-all:64KiB:8",
                "--job",
                "two:permutation:64KiB:8",
                "--flows-out",
                scratch["flows.csv"],
                "--trace",
                scratch["trace.csv"],
                "-o",
                scratch["simulate"],
            ],
            ["compare", file, file, "--quick", "--size", "16KiB", "-o", scratch["compare"]],
            ["faults", file, "--csv", scratch["faults.csv"], "--series", scratch["series.csv"], "--years", "10"],
            ["explore", file],
            ["verify", scratch["design"], "--all"],
        ];
        foreach (string[] command in commands)
        {
            Cli.Run run = Cli.Execute(command);
            run.Code.ShouldBe(ExitCode.Done, string.Join(' ', command) + "\n" + run.Error);
            AssertPlain(run.Out, "standard output of " + command[0]);
            AssertPlain(run.Error, "standard error of " + command[0]);
        }

        string[] files = Directory.GetFiles(scratch.Path, "*", SearchOption.AllDirectories);
        files.Select(Path.GetExtension).Distinct().Order().ShouldBe([".csv", ".html", ".json", ".svg", ".xlsx", ".yaml"]);
        foreach (string path in files.Where(f => f != file))
        {
            AssertSafe(path);
        }

        // The names are there all the same, and not left out.
        File.ReadAllText(scratch["design/cables.csv"]).ShouldContain(",'=HYPERLINK(1)-");
        File.ReadAllText(scratch["design/report.html"]).ShouldContain("=HYPERLINK(1)");
    }

    private static void AssertSafe(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".csv":
                AssertSafeTable(path);
                break;
            case ".json":
                using (JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path)))
                {
                    json.RootElement.ValueKind.ShouldBe(JsonValueKind.Object, path);
                }

                break;
            case ".svg":
                AssertPlain(File.ReadAllText(path), path);
                XDocument.Load(path).Descendants().ShouldAllBe(e => e.Name.LocalName != "script", path);
                break;
            case ".html":
                string page = File.ReadAllText(path);
                AssertPlain(page, path);
                page.ShouldNotContain("<script>alert", Case.Insensitive, path);
                page.ShouldNotContain("</script><script", Case.Insensitive, path);
                page.ShouldNotContain("<b>\"", Case.Insensitive, path);
                break;
            case ".yaml":
                AssertPlain(File.ReadAllText(path), path);
                break;
            case ".xlsx":
                AssertSafeWorkbook(path);
                break;
            default:
                throw new InvalidOperationException(path + " is a kind of file that nobody looked at");
        }
    }

    private static void AssertSafeTable(string path)
    {
        string text = File.ReadAllText(path);
        AssertPlain(text, path);
        List<List<string>> rows = Rows(text);
        rows.Select(r => r.Count).Distinct().Count().ShouldBe(1, path);
        foreach (string field in rows.SelectMany(r => r).Where(f => f.Length > 0 && "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".Contains(f[0])))
        {
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _).ShouldBeTrue($"{path}: {field}");
        }
    }

    private static void AssertSafeWorkbook(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        zip.Entries.Count.ShouldBeGreaterThan(5);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using StreamReader reader = new(stream);
            string xml = reader.ReadToEnd();
            AssertPlain(xml, path + " " + entry.FullName);
            // A formula would be an element of its own; a text is typed as one, whatever it begins with.
            XDocument.Parse(xml).Descendants().ShouldAllBe(e => e.Name.LocalName != "f", entry.FullName);
        }
    }

    private static readonly SearchValues<char> Steering = SearchValues.Create("\u001b\u009b\0\u202e\b\u007f");

    // Nothing that steers a terminal or turns the direction of writing.
    private static void AssertPlain(string text, string where)
    {
        int at = text.AsSpan().IndexOfAny(Steering);
        at.ShouldBe(-1, $"{where}: {(at < 0 ? "" : text.Substring(Math.Max(0, at - 40), Math.Min(40, at)))}");
    }

    // RFC 4180, written from its text.
    private static List<List<string>> Rows(string text)
    {
        List<List<string>> rows = [];
        List<string> row = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else
            {
                field.Append(c);
            }
        }

        row.ShouldBeEmpty("the last line is not ended");
        return rows;
    }
}
