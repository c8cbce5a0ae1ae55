using System.Text;
using CsCheck;
using Lightloom.Diagnostics;
using Lightloom.Report.Tests;
using Lightloom.Verify.Outcome;

namespace Lightloom.Verify.Tests;

/// <summary>Whatever stands in the files, verify says where it is wrong or judges it; it never fails.</summary>
public sealed class ReaderFuzzTest
{
    private const int Rounds = 300;

    private static readonly string[] Files = ["cables.csv", "pieces.csv", "channels.csv", "bom.csv", "design.json", "manifest.json"];

    private static readonly string[] Bits =
    [
        "\"",
        "\"\"",
        ",",
        ";",
        "\n",
        "\r\n",
        "\0",
        "\u00e9",
        "\ud83d\ude00",
        "-1",
        "1e308",
        "NaN",
        "999999999999999999999",
        "null",
        "{",
        "}",
        "[",
        "]",
        ":",
        "=1+1",
        "'",
        " ",
        "",
        "0x10",
        "\ufeff",
        "../..",
        "true",
    ];

    private static readonly Gen<(int File, int Count, ulong Seed)> Edits = Gen.Select(
        Gen.Int[0, Files.Length - 1],
        Gen.Int[1, 4],
        Gen.ULong
    );

    [Theory]
    [InlineData("pieces.csv")]
    [InlineData("channels.csv")]
    [InlineData("cables.csv")]
    public void A_table_that_is_gone_is_said_to_be_gone(string table)
    {
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "lab-8.yaml"));
        using WrittenFolder folder = new(TestDesigns.Of(yaml));
        File.Delete(folder[table]);
        DiagnosticBag diagnostics = new();
        Verifier.Run(folder.Path, new(), diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.First(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL8201");
        error.ToString().ShouldContain(table);
        error.Message.ShouldNotContain("Could not");
    }

    [Fact]
    public void Whatever_stands_in_the_files_is_judged_or_refused_with_its_place()
    {
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "lab-8.yaml"));
        using WrittenFolder folder = new(TestDesigns.Of(yaml));
        Dictionary<string, string> sound = Files.ToDictionary(f => f, f => File.ReadAllText(folder[f]));
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (int which, int count, ulong seed) = Edits.Generate(new PCG((uint)round, 8_2711), null, out _);
            string file = Files[which];
            File.WriteAllText(folder[file], Spoil(sound[file], count, new Random((int)(seed % int.MaxValue))));
            DiagnosticBag diagnostics = new();
            VerifyReport? report = Should.NotThrow(() => Verifier.Run(folder.Path, new(), diagnostics), $"round {round}, {file}");
            if (report is null)
            {
                refused++;
                foreach (Diagnostic one in diagnostics)
                {
                    one.Mark.ShouldNotBeNull($"round {round}: {one}");
                    one.Mark.Value.Line.ShouldBeGreaterThan(0);
                    one.Mark.Value.Column.ShouldBeGreaterThan(0);
                }
            }

            File.WriteAllText(folder[file], sound[file]);
        }

        refused.ShouldBeInRange(Rounds / 10, Rounds * 9 / 10, "spoiling does neither always nor never make a file unreadable");
    }

    [Theory]
    [InlineData("cables.csv", "be-hl-00002,backend,0,", "be-hl-00002,backend,zero,", "cables.csv:3:21: error LL8203: plane is 'zero'")]
    [InlineData("bom.csv", "category,id", "category,ID", "bom.csv:1:1: error LL8202: the first row lacks the column id")]
    [InlineData("channels.csv", "be-hl-00002,0,0,0,", "be-hl-00002,0,0,", "channels.csv:3:1: error LL8202: the row has 5 fields")]
    [InlineData("design.json", "\"xpus\": 64", "\"xpus\": many", "design.json:5:11: error LL8204")]
    public void An_error_names_file_line_and_column(string file, string from, string to, string expected)
    {
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "lab-8.yaml"));
        using WrittenFolder folder = new(TestDesigns.Of(yaml));
        string sound = File.ReadAllText(folder[file]);
        sound.ShouldContain(from);
        int at = sound.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(folder[file], sound[..at] + to + sound[(at + from.Length)..]);
        string.Join('\n', folder.Problems()).Replace(folder.Path + Path.DirectorySeparatorChar, "").ShouldStartWith(expected);
    }

    [Fact]
    public void A_directory_that_is_no_result_is_refused()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("lightloom-verify-");
        DiagnosticBag diagnostics = new();
        Verifier.Run(empty.FullName, new(), diagnostics).ShouldBeNull();
        diagnostics[0].Id.ShouldBe("LL8201");
        empty.Delete();
        DiagnosticBag gone = new();
        Verifier.Run(empty.FullName, new(), gone).ShouldBeNull();
        gone[0].Id.ShouldBe("LL8201");
    }

    // Puts bits in, takes runs out, cuts the end off, doubles lines.
    private static string Spoil(string text, int count, Random random)
    {
        StringBuilder spoilt = new(text);
        for (int i = 0; i < count && spoilt.Length > 10; i++)
        {
            int at = random.Next(spoilt.Length);
            switch (random.Next(5))
            {
                case 0:
                    spoilt.Insert(at, Bits[random.Next(Bits.Length)]);
                    break;
                case 1:
                    spoilt.Remove(at, Math.Min(random.Next(1, 40), spoilt.Length - at));
                    break;
                case 2:
                    spoilt[at] = (char)random.Next(32, 127);
                    break;
                case 3:
                    spoilt.Length = at;
                    break;
                default:
                    spoilt.Insert(at, spoilt.ToString(at, Math.Min(200, spoilt.Length - at)));
                    break;
            }
        }

        return spoilt.ToString();
    }
}
