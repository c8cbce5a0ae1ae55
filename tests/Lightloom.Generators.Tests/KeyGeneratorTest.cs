using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Yaml;
using Microsoft.CodeAnalysis;

namespace Lightloom.Generators.Tests;

public class KeyGeneratorTest
{
    private const string Sample = """
        public enum Colour { [Word("light-red")] Red, [Word("blue")] Blue }
        [KeyText("two numbers such as 2x400", Pattern = "^[0-9]+x[0-9]+$")]
        public readonly record struct Pair(int A, int B)
        {
            public static bool TryParse(string text, out Pair pair)
            {
                string[] parts = text.Split('x');
                pair = parts.Length == 2 && int.TryParse(parts[0], out int a) && int.TryParse(parts[1], out int b) ? new(a, b) : default;
                return pair != default;
            }
        }
        [KeyWrapper]
        public sealed record Sourced<V>(V Value, string Path)
        {
            public static Sourced<V> Of(V value, KeyPlace place) => new(value, place.Path);
        }
        public abstract record Base
        {
            [Key("inherited", "Comes from the base.")] public int Inherited { get; init; } = 7;
        }
        public sealed record Inner : Base { public SourceMark Mark { get; init; } }
        [Shorthand("a")]
        public sealed record Short { [Key("a", "A.")] public int A { get; init; } [Key("b", "B.")] public int B { get; init; } = 5; }
        public sealed record Outer
        {
            [Key("count", "A count.", Minimum = 1, Maximum = 10)] public int Count { get; init; } = 3;
            [Key("ratio", "A ratio.")] public double? Ratio { get; init; }
            [Key("name", "A name.", Required = true, OneOf = "x|y")] public string Name { get; init; } = "x";
            [Key("colour", "A colour.")] public Colour? Colour { get; init; }
            [Key("width_mm", "A width.")] public Length Width { get; init; }
            [Key("depth_m", "A depth.")] public Length? Depth { get; init; }
            [Key("inner", "A section.")] public Inner Inner { get; init; } = new();
            [Key("short", "A section with a shorthand.")] public Short? Short { get; init; }
            [Key("inners", "Sections.")] public IReadOnlyList<Inner> Inners { get; init; } = [];
            [Key("pairs", "Pairs.", OneOrMany = true)] public IReadOnlyList<Pair> Pairs { get; init; } = [];
            [Key("colours", "Colours.")] public IReadOnlyList<Colour> Colours { get; init; } = [];
            [Key("by_colour", "Numbers by colour.")] public IReadOnlyDictionary<Colour, double> ByColour { get; init; } = new Dictionary<Colour, double>();
            [Key("by_id", "Sections by id.")] public IReadOnlyDictionary<string, Inner> ById { get; init; } = new Dictionary<string, Inner>();
            [Key("power_w", "A sourced power.")] public Sourced<Power>? Power { get; init; }
            public required string Elsewhere { get; init; }
        }
        """;

    private static readonly Lazy<KeyedType> Outer = new(() => Compiled.From(Sample).KeysOf("Outer"));

    [Fact]
    public void Every_key_is_listed_in_order_with_what_its_attribute_says()
    {
        KeyedType type = Outer.Value;
        type.Name.ShouldBe("Outer");
        string.Join(" ", type.Properties.Select(p => p.Name))
            .ShouldBe("count ratio name colour width_mm depth_m inner short inners pairs colours by_colour by_id power_w");
        KeyedProperty count = type["count"]!;
        (count.Description, count.Minimum, count.Maximum, count.Required).ShouldBe(("A count.", 1.0, 10.0, false));
        type["name"]!.Required.ShouldBeTrue();
        type["name"]!.Words.ShouldBe(["x", "y"]);
        type["colour"]!.Words.ShouldBe(["light-red", "blue"]);
        type["width_mm"]!.Shape.Unit.ShouldBe("millimetres");
        type["inner"]!.Shape.Section.Properties.Single().Name.ShouldBe("inherited");
        type["by_colour"]!.Shape.MapWords.ShouldBe(["light-red", "blue"]);
        type["pairs"]!.Shape.Element!.Pattern.ShouldBe("^[0-9]+x[0-9]+$");
    }

    [Fact]
    public void Values_that_the_file_gives_are_set_and_the_others_keep_their_defaults()
    {
        object read = Read(
            """
            name: y
            colour: light-red
            width_mm: 600
            depth_m: 1.5
            inner: {inherited: 1}
            short: 9
            inners: [{inherited: 2}, {}]
            pairs: 2x400
            colours: [blue]
            by_colour: {blue: 1.5}
            by_id: {q: {inherited: 4}}
            power_w: 250
            """
        );
        Value(read, "count").ShouldBe(3);
        Value(read, "ratio").ShouldBeNull();
        Value(read, "name").ShouldBe("y");
        Value(read, "colour")!.ToString().ShouldBe("Red");
        Value(read, "width_mm").ShouldBe(Units.Length.FromMillimetres(600));
        Value(read, "depth_m").ShouldBe(Units.Length.FromMetres(1.5));
        Value(read, "inner")!.ToString()!.ShouldContain("Inherited = 1");
        Value(read, "inner")!.ToString()!.ShouldContain("Mark = f.yaml:5:8");
        Value(read, "short")!.ToString().ShouldBe("Short { A = 9, B = 5 }");
        string.Join(";", (IEnumerable<object>)Value(read, "inners")!).ShouldContain("Inherited = 7");
        ((System.Collections.IEnumerable)Value(read, "pairs")!).Cast<object>().Single().ToString().ShouldBe("Pair { A = 2, B = 400 }");
        ((System.Collections.IEnumerable)Value(read, "colours")!).Cast<object>().Single().ToString().ShouldBe("Blue");
        ((System.Collections.IEnumerable)Value(read, "by_colour")!).Cast<object>().Single().ToString().ShouldBe("[Blue, 1.5]");
        ((System.Collections.IEnumerable)Value(read, "by_id")!).Cast<object>().Single().ToString()!.ShouldStartWith("[q, Inner");
        Value(read, "power_w")!.ToString().ShouldBe("Sourced { Value = 250 W, Path = power_w }");
    }

    [Theory]
    [InlineData("name: z", "LL2015")]
    [InlineData("{name: x, count: 11}", "LL2014")]
    [InlineData("{name: x, colour: Red}", "LL2015")]
    [InlineData("{name: x, pairs: [2-400]}", "LL2013")]
    [InlineData("{name: x, by_colour: {green: 1}}", "LL2010")]
    [InlineData("{name: x, nmae: 1}", "LL2010")]
    [InlineData("count: 1", "LL2012")]
    public void A_value_that_does_not_fit_is_told(string text, string id)
    {
        var bag = new DiagnosticBag();
        Read(text, bag);
        bag.Select(d => d.Id).ShouldBe([id]);
    }

    [Theory]
    [InlineData(
        """[Key("a", "A.")] public int A { get; init; } [Key("a", "B.")] public int B { get; init; }""",
        "LLG001",
        "'A' and 'B' of R"
    )]
    [InlineData("""[Key("a", "A.")] public DateTime A { get; init; }""", "LLG002", "DateTime")]
    [InlineData("""[Key("a", "A.")] public IReadOnlyList<object> A { get; init; } = [];""", "LLG002", "IReadOnlyList<object>")]
    [InlineData("""[Key("a", "A.")] public DayOfWeek A { get; init; }""", "LLG002", "DayOfWeek")]
    [InlineData("""[Key("width", "A.")] public Length A { get; init; }""", "LLG003", "_m or _mm")]
    [InlineData("""public R(int a) { } [Key("a", "A.")] public int A { get; init; }""", "LLG004", "R has keys")]
    [InlineData("""[Key("a", "A.")] public int A { get; }""", "LLG005", "'A' of R")]
    [InlineData("""[Key("a", "A.")] public int A { get; private set; }""", "LLG005", "'A' of R")]
    public void A_mistake_in_a_keyed_type_is_an_error_of_the_compilation(string members, string id, string part)
    {
        Microsoft.CodeAnalysis.Diagnostic problem = Compiled.From($"public sealed record R {{ {members} }}").Problems.Single();
        problem.Id.ShouldBe(id);
        problem.Severity.ShouldBe(DiagnosticSeverity.Error);
        problem.GetMessage().ShouldContain(part);
        problem.Location.GetLineSpan().Path.ShouldBe("Sample.cs");
    }

    [Fact]
    public void A_shorthand_must_name_a_key() =>
        Compiled
            .From("""[Shorthand("b")] public sealed record R { [Key("a", "A.")] public int A { get; init; } }""")
            .Problems.Single()
            .Id.ShouldBe("LLG006");

    [Fact]
    public void Nothing_is_generated_again_when_another_file_changes()
    {
        IReadOnlyList<IncrementalStepRunReason> reasons = Compiled.From(Sample).ReasonsAfterAnUnrelatedEdit();
        reasons.Count.ShouldBeGreaterThan(3);
        reasons.ShouldAllBe(r => r == IncrementalStepRunReason.Cached || r == IncrementalStepRunReason.Unchanged);
    }

    private static object? Value(object section, string key) => Outer.Value.ValueOf(section, Outer.Value[key]!);

    private static object Read(string text)
    {
        var bag = new DiagnosticBag();
        object read = Read(text, bag);
        bag.Select(d => d.ToString()).ShouldBeEmpty();
        return read;
    }

    private static object Read(string text, DiagnosticBag bag)
    {
        YamlNode root = YamlText.Parse(text, "f.yaml", bag).ShouldNotBeNull();
        return KeyReader.Read(Outer.Value, (YamlMap)root, bag);
    }
}
