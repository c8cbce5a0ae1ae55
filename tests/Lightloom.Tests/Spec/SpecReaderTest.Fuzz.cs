using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Spec;

public partial class SpecReaderTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static string[] Seeds { get; } = [ContractFile.Text, .. SpecTemplates.Names.Select(n => SpecTemplates.Find(n)!.Text)];

    [Fact]
    public void Random_bytes_are_told_to_be_wrong()
    {
        var random = new Random(2);
        for (int i = 0; i < 800; i++)
        {
            byte[] bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            ReadAny(Encoding.UTF8.GetString(bytes));
            ReadAny(Encoding.Latin1.GetString(bytes.Select(b => (byte)(b % 128)).ToArray()));
        }
    }

    [Fact]
    public void Mutated_files_are_read_or_told_to_be_wrong()
    {
        var random = new Random(3);
        int good = 0;
        for (int i = 0; i < 2500; i++)
        {
            good += ReadAny(Mutation.Of(Seeds[random.Next(Seeds.Length)], random)) ? 1 : 0;
        }

        good.ShouldBeGreaterThan(100, "mutations that break every file would test the parser only");
    }

    [Fact]
    public void Any_string_is_read_or_told_to_be_wrong() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll<string>(text =>
            {
                ReadAny(text ?? "");
                ReadAny(Head + (text ?? ""));
            })
        );

    public static TheoryData<string, string> Monsters()
    {
        const int size = 64 * 1024;
        string Fill(string piece) => string.Concat(Enumerable.Repeat(piece, size / piece.Length));
        string Lines(Func<int, string> line)
        {
            var text = new StringBuilder(Head);
            for (int i = 0; text.Length < size; i++)
            {
                text.Append(line(i)).Append('\n');
            }

            return text.ToString();
        }

        var monsters = new TheoryData<string, string>
        {
            { "brackets", Fill("[") },
            { "braces", Fill("{a: ") },
            { "dashes", Fill("- ") },
            { "nested maps", string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i) + "a:\n")) },
            { "anchors", Fill("&a\n") },
            { "quotes", "a: \"" + Fill("x\n") },
            { "escapes", "a: \"" + Fill("\\\n\n") },
            { "blank lines", "a: |\n" + Fill("\n \n") },
            { "folded", "a: b\n" + Fill("  c\n\n") },
            { "colons", Fill(": ") },
            { "one long word", new string('x', size) },
            { "one long line", "a: " + Fill("x ") },
            { "commas", "a: [" + Fill("x, ") },
            { "unknown keys", Lines(i => $"kee{i}: 1") },
            { "duplicate keys", Lines(_ => "zz: 1") },
            {
                "unknown prices",
                "lightloom: 1\nname: t\npools: [{name: p, node: my-node, nodes: 1}]\nprices:\n"
                    + string.Concat(Enumerable.Range(0, 4500).Select(i => $"  my-swit{i}: 1\n"))
            },
            {
                "unknown nodes",
                "lightloom: 1\nname: t\npools:\n"
                    + string.Concat(Enumerable.Range(0, 1500).Select(i => $"- {{name: p{i}, node: my-nod{i}, nodes: 1}}\n"))
            },
            {
                "many pools",
                "lightloom: 1\nname: t\npools:\n"
                    + string.Concat(Enumerable.Range(0, 1500).Select(i => $"- {{name: p{i}, node: my-node, nodes: 4194304}}\n"))
            },
            {
                "same names",
                "lightloom: 1\nname: t\npools:\n"
                    + string.Concat(Enumerable.Range(0, 1500).Select(i => "- {name: p, node: my-node, nodes: 1}\n"))
            },
            {
                "places",
                "lightloom: 1\nname: t\npools: [{name: p, node: my-node, nodes: 1, place: ["
                    + Fill("h1, ")
                    + "]}]\nfloor: {sites: [{name: s, buildings: [{name: b}]}]}"
            },
            { "exclusions", Head + "interconnect: {exclude: [" + Fill("aox, ") + "]}" },
            {
                "laughs",
                "a: &a [x, x, x, x, x, x, x, x, x]\n"
                    + string.Concat(
                        "bcdefghijkl".Select((c, i) => $"{c}: &{c} [" + string.Concat(Enumerable.Repeat($"*{(char)(c - 1)}, ", 9)) + "]\n")
                    )
            },
            { "aliased pools", "lightloom: 1\nname: t\npools:\n- &p {name: p, node: my-node, nodes: 1}\n" + Fill("- *p\n") },
            { "merges", "a: &a {b: 1, c: 2, d: 3, e: 4}\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"k{i}: {{<<: *a}}\n")) },
        };
        return monsters;
    }

    [Theory]
    [MemberData(nameof(Monsters))]
    public void Sixty_four_kibibytes_never_take_a_second(string name, string text)
    {
        name.ShouldNotBeEmpty();
        ReadAny(text, TestCatalogue.Small);
        ReadAny(text, Catalogue.Default);
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        IReadOnlyList<string> said = Read((string)Monsters().Single(m => (string)m[0] == "laughs")[1]).Said;
        said.Single().ShouldContain("LL2005: the aliases up to here stand for more than 50000 values");
    }

    [Fact]
    public void Problems_beyond_a_hundred_are_counted()
    {
        IReadOnlyList<string> said = Read(Head + string.Concat(Enumerable.Range(0, 150).Select(i => $"kee{i}: 1\n"))).Said;
        said.Count.ShouldBe(101);
        said[^1].ShouldBe("c.yaml:1:1: error LL2016: 50 more problems are not shown; mend these first");
    }

    // True when it was good. Whatever it was: no exception, no dawdling, and null if and only if an error was told, each with its place.
    private static bool ReadAny(string text, Catalogue? catalogue = null)
    {
        TimeSpan limit = Limit * (text.Length <= 64 * 1024 + 4096 ? 1 : 2);
        DiagnosticBag bag = new();
        ClusterSpec? spec = null;
        TimeSpan took;
        int attempts = 0;

        // The first run of a path compiles it, on the same thread.
        do
        {
            bag = new DiagnosticBag();
            took = ThreadClock.Of(() => spec = SpecReader.Read(text, "c.yaml", catalogue ?? Catalogue.Default, bag));
        } while (took >= limit && ++attempts < 5);

        took.ShouldBeLessThan(limit);
        (spec is null).ShouldBe(bag.HasErrors);
        foreach (Diagnostic diagnostic in bag)
        {
            diagnostic.Id.ShouldStartWith("LL");
            diagnostic.ToString().Any(char.IsControl).ShouldBeFalse(diagnostic.ToString());
            if (diagnostic.Severity == Severity.Error)
            {
                diagnostic.Mark.ShouldNotBeNull(diagnostic.Message).File.ShouldBe("c.yaml");
            }
        }

        return spec is not null;
    }
}
