using System.Text;
using System.Text.RegularExpressions;
using Lightloom.Diagnostics;
using Lightloom.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lightloom.Tests.Yaml;

/// <summary>
/// Compares our parser with YamlDotNet over the catalogue, the examples and thousands of mutations of them: where both accept a text, they
/// must read the same.
/// </summary>
public partial class YamlTextOracleTest
{
    // The library drops the colon of a word that starts with one, and takes `{a:}` for a word; YAML 1.2 has both as we read them.
    [GeneratedRegex(@"(^|[\s\[{,]):\S|:[}\],\[{]", RegexOptions.Multiline)]
    private static partial Regex KnownDeviation();

    private const string Sample = """
        lightloom: 1   # c
        name: "a \"b\" c"
        pools:
          - name: train
            node: dgx-h100
            place: [h1, 'h 2', {a: b, c}]
          -
            - x
            - y: |
                text
                 more

              z: >-
                p
                q
        b: &a {k: v, l: [1,
          2]}
        c: *a
        d: plain over
          lines
        url: http://a:80/x#y
        e:
        - f
        -   g: 1
            h: 'x

              y'
        """;

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (string file in Repository.Files("catalog", "*.yaml").Concat(Repository.Files("examples", "*.yaml")))
        {
            files.Add(Path.GetRelativePath(Repository.Root, file));
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_the_house_reads_as_the_library_reads_it(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        Ours(text).ShouldBe(Theirs(text));
    }

    [Fact]
    public void Mutated_texts_read_as_the_library_reads_them()
    {
        var random = new Random(1);
        string[] seeds =
        [
            Sample,
            .. Repository.Files("examples", "*.yaml").Select(File.ReadAllText).Select(t => t.Length > 3000 ? t[..3000] : t),
        ];
        int both = 0;
        var differences = new List<string>();
        for (int i = 0; i < 10_000; i++)
        {
            string text = Mutation.Of(seeds[random.Next(seeds.Length)], random);
            string? ours = Ours(text),
                theirs = Theirs(text);
            if (ours is null || theirs is null || KnownDeviation().IsMatch(text))
            {
                continue;
            }

            both++;
            if (ours != theirs)
            {
                differences.Add($"--- {i}\n{text}\n=== ours   {ours}\n=== theirs {theirs}");
            }
        }

        both.ShouldBeGreaterThan(1000, "a comparison of nothing but errors would compare nothing");
        differences.Take(12).ShouldBeEmpty($"{differences.Count} of {both} differ");
    }

    private static string? Ours(string text)
    {
        var bag = new DiagnosticBag();
        YamlNode? root = YamlText.Parse(text, "f", bag);
        return bag.Any(d => d.Id != "LL2003") ? null
            : root is null ? ""
            : YamlTextTest.Show(root);
    }

    // Null where the library refuses, and where the text uses what we refuse on purpose or read otherwise (merge keys).
    private static string? Theirs(string text)
    {
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text.TrimStart('\ufeff')), skipComments: true));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return "";
            }

            var to = new StringBuilder();
            Show(parser, to, []);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<DocumentStart>(out _) ? null
                : to.ToString() is "~" or "null" ? ""
                : to.ToString();
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static void Show(Parser parser, StringBuilder to, Dictionary<string, string> anchors)
    {
        int from = to.Length;
        AnchorName anchor = parser.Current is NodeEvent node ? node.Anchor : default;
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            to.Append(anchors.TryGetValue(alias.Value.Value, out string? target) ? target : throw new NotSupportedException());
        }
        else if (parser.TryConsume<Scalar>(out Scalar? scalar))
        {
            string quote = scalar.Style == ScalarStyle.Plain ? "" : "'";
            to.Append(quote).Append(scalar.Value).Append(quote);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            to.Append('[');
            for (bool first = true; !parser.TryConsume<SequenceEnd>(out _); first = false)
            {
                to.Append(first ? "" : ",");
                Show(parser, to, anchors);
            }

            to.Append(']');
        }
        else
        {
            parser.Consume<MappingStart>();
            to.Append('{');
            var keys = new HashSet<string>();
            for (bool first = true; !parser.TryConsume<MappingEnd>(out _); first = false)
            {
                string key =
                    parser.Current is Scalar name && keys.Add(name.Value) && name.Value != "<<"
                        ? name.Value
                        : throw new NotSupportedException();
                if (!parser.Consume<Scalar>().Anchor.IsEmpty)
                {
                    throw new NotSupportedException();
                }

                to.Append(first ? "" : ",").Append(key).Append('=');
                Show(parser, to, anchors);
            }

            to.Append('}');
        }

        if (!anchor.IsEmpty)
        {
            anchors[anchor.Value] = to.ToString(from, to.Length - from);
        }
    }
}
