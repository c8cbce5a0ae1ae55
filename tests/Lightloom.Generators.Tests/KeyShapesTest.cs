using System.Collections;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Generators.Tests;

/// <summary>
/// Values with a reader of their own, keys beside a section's own, maps, and numbers in every unit that a key can end in.
/// </summary>
public class KeyShapesTest
{
    private const string Sample = """
        public enum Colour { [Word("light-red")] Red, [Word("blue")] Blue }
        [KeyText("two numbers such as 2x400")]
        public readonly record struct Pair(int A, int B)
        {
            public static bool TryParse(string text, out Pair pair)
            {
                string[] parts = text.Split('x');
                pair = parts.Length == 2 && int.TryParse(parts[0], out int a) && int.TryParse(parts[1], out int b) ? new(a, b) : default;
                return pair != default;
            }
        }
        [KeyNode("all or a list of names")]
        public sealed class Names
        {
            public string Text { get; private init; } = "";
            public static bool TryRead(Lightloom.Yaml.YamlNode node, out Names? names)
            {
                names = node switch
                {
                    Lightloom.Yaml.YamlScalar { Text: "all" } => new() { Text = "all" },
                    Lightloom.Yaml.YamlList list => new() { Text = list.Items.Count + " names" },
                    _ => null,
                };
                return names is not null;
            }
        }
        public sealed record Grid
        {
            [Key("columns", "Columns.", Minimum = 1)] public int? Columns { get; init; }
            [Key("lines", "Lines.", Required = true)] public int Lines { get; init; } = 4;
        }
        public sealed record Block
        {
            [Key("label", "A label.")] public string? Label { get; init; }
            [KeysBeside] public Grid? Grid { get; init; }
            [Key("names", "Names.")] public Names? Names { get; init; }
        }
        public sealed record Maps
        {
            [Key("reach_m", "Reach by colour.")]
            public IReadOnlyDictionary<Colour, Length> Reach { get; init; } = new Dictionary<Colour, Length>();
            [Key("rates_gbps", "Rates by pair.")]
            public IReadOnlyDictionary<Pair, DataRate> Rates { get; init; } = new Dictionary<Pair, DataRate>();
            [Key("prices", "A price book.")]
            public IReadOnlyDictionary<string, Money> Prices { get; init; } = new Dictionary<string, Money>();
            [Key("blocks", "Blocks by id.")]
            public IReadOnlyDictionary<string, Block> Blocks { get; init; } = new Dictionary<string, Block>();
            [Key("lists", "Lists by id.")]
            public IReadOnlyDictionary<string, IReadOnlyList<int>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<int>>();
        }
        public sealed record Quantities
        {
            [Key("a_m", "A.")] public Length? Am { get; init; }
            [Key("a_mm", "A.")] public Length? Amm { get; init; }
            [Key("b_mm", "B.")] public Diameter? Bmm { get; init; }
            [Key("c_gbps", "C.")] public DataRate? Cgbps { get; init; }
            [Key("d_w", "D.")] public Power? Dw { get; init; }
            [Key("d_kw", "D.")] public Power? Dkw { get; init; }
            [Key("e_usd", "E.")] public Money? Eusd { get; init; }
            [Key("f_kg", "F.")] public Mass? Fkg { get; init; }
            [Key("f_kg_per_m", "F.")] public Mass? Fkgm { get; init; }
            [Key("g_ns", "G.")] public SimTime? Gns { get; init; }
            [Key("g_us", "G.")] public SimTime? Gus { get; init; }
            [Key("g_ns_per_m", "G.")] public SimTime? Gnsm { get; init; }
            [Key("h_mb", "H.")] public DataSize? Hmb { get; init; }
            [Key("h_gb", "H.")] public DataSize? Hgb { get; init; }
            [Key("h_size", "H.")] public DataSize? Hsize { get; init; }
            [Key("i_gb", "I.")] public double? Igb { get; init; }
            [Key("i_gbytes_s", "I.")] public double? Igbytes { get; init; }
            [Key("i_tbytes_s", "I.")] public double? Itbytes { get; init; }
            [Key("i_tflops", "I.")] public double? Itflops { get; init; }
            [Key("i_bpps", "I.")] public double? Ibpps { get; init; }
            [Key("i_h", "I.")] public double? Ih { get; init; }
            [Key("i_db", "I.")] public double? Idb { get; init; }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Built = new(() => Compiled.From(Sample).Load());

    [Fact]
    public void A_type_that_reads_a_node_itself_takes_what_it_understands_and_the_rest_is_refused_in_its_words()
    {
        Text(Value("Block", "names: all", "names")).ShouldBe("all");
        Text(Value("Block", "names: [a, b, c]", "names")).ShouldBe("3 names");

        Diagnostic refused = Said("Block", "names: {a: 1}").Single();
        refused.Id.ShouldBe("LL2013");
        refused.ToString().ShouldStartWith("f.yaml:1:8: error");
        refused.Message.ShouldContain("all or a list of names");
    }

    [Fact]
    public void Keys_beside_are_keys_of_the_section_and_none_of_them_is_required()
    {
        KeyedType block = Keys("Block");
        block.Properties.Select(p => p.Name).ShouldBe(["label", "columns", "lines", "names"], ignoreOrder: true);
        block["lines"]!.Required.ShouldBeFalse();

        object read = Read("Block", "{label: x, columns: 3}", out _);
        block.ValueOf(read, block["columns"]!).ShouldBe(3);
        block.ValueOf(read, block["lines"]!).ShouldBe(4);
        Said("Block", "{label: x, columns: 0}").Single().Id.ShouldBe("LL2014");
        Said("Block", "{label: x, grid: {columns: 3}}").Single().Id.ShouldBe("LL2010");
    }

    [Theory]
    [InlineData("label: x", "Grid { Columns = , Lines = 4 }")]
    [InlineData("lines: 2", "Grid { Columns = , Lines = 2 }")]
    public void Keys_beside_that_the_file_does_not_give_keep_their_defaults(string text, string grid)
    {
        object read = Read("Block", text, out _);
        read.GetType().GetProperty("Grid")!.GetValue(read).ShouldNotBeNull().ToString().ShouldBe(grid);
    }

    [Fact]
    public void A_map_goes_by_words_texts_or_ids_and_its_key_or_money_gives_the_unit_of_its_values()
    {
        Entries("{reach_m: {blue: 500, light-red: 2000}}", "reach_m").ShouldBe(["Blue=500 m", "Red=2000 m"]);
        Entries("{rates_gbps: {2x400: 400, 8x100: 106.25}}", "rates_gbps")
            .ShouldBe(["Pair { A = 2, B = 400 }=400G", "Pair { A = 8, B = 100 }=106.25G"]);
        ((IReadOnlyDictionary<string, Money>)Value("Maps", "{prices: {x: 12.34}}", "prices")!)["x"].Cents.ShouldBe(1234);
        ((IReadOnlyDictionary<string, IReadOnlyList<int>>)Value("Maps", "{lists: {x: [1, 2]}}", "lists")!)["x"].ShouldBe([1, 2]);
        Entries("{blocks: {p: {label: q}}}", "blocks").Single().ShouldStartWith("p=Block { Label = q");
    }

    [Theory]
    [InlineData("reach_m: {green: 1}", "LL2010", "f.yaml:1:11", "light-red, blue")]
    [InlineData("reach_m: {blue: far}", "LL2013", "f.yaml:1:17", "metres")]
    [InlineData("reach_m: 5", "LL2013", "f.yaml:1:10", "light-red: metres")]
    [InlineData("rates_gbps: {2-400: 1}", "LL2013", "f.yaml:1:14", "two numbers such as 2x400")]
    [InlineData("blocks: {p: {labl: q}}", "LL2010", "f.yaml:1:14", "label")]
    public void What_does_not_fit_a_map_is_told_at_its_place(string text, string id, string place, string part)
    {
        Diagnostic said = Said("Maps", text).Single();
        said.Id.ShouldBe(id);
        said.ToString().ShouldStartWith(place + ": error");
        said.Message.ShouldContain(part);
    }

    // The SI's and IEC 80000-13's prefixes: k 10^3, G 10^9, T 10^12, Mi 2^20, Gi 2^30.
    public static TheoryData<string, double, object> Units =>
        new()
        {
            { "a_m", 1.5, Length.FromMillimetres(1500) },
            { "a_mm", 600, Length.FromMetres(0.6) },
            { "b_mm", 3.2, Diameter.FromMillimetres(3.2) },
            { "c_gbps", 800, DataRate.FromBitsPerSecond(800_000_000_000) },
            { "d_w", 940, Power.FromMilliwatts(940_000) },
            { "d_kw", 1.7, Power.FromMilliwatts(1_700_000) },
            { "e_usd", 0.25, Money.FromCents(25) },
            { "f_kg", 14.5, Mass.FromKilograms(14.5) },
            { "f_kg_per_m", 0.135, Mass.FromKilograms(0.135) },
            { "g_ns", 4.9, SimTime.FromPicoseconds(4900) },
            { "g_us", 2.5, SimTime.FromPicoseconds(2_500_000) },
            { "g_ns_per_m", 4.9, SimTime.FromPicoseconds(4900) },
            { "h_mb", 64, DataSize.FromBytes(67_108_864) },
            { "h_gb", 2, DataSize.FromBytes(2_147_483_648) },
            { "i_gb", 192, 192e9 },
            { "i_gbytes_s", 900, 900e9 },
            { "i_tbytes_s", 8, 8e12 },
            { "i_tflops", 989, 989e12 },
            { "i_bpps", 21.3, 21.3e9 },
            { "i_h", 50_000, 50_000.0 },
            { "i_db", 3, 3.0 },
        };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_number_is_read_in_the_unit_that_its_key_ends_in_and_is_shown_in_it_again(string key, double number, object quantity)
    {
        KeyedType type = Keys("Quantities");
        object read = Value("Quantities", FormattableString.Invariant($"{key}: {number}"), key).ShouldNotBeNull();

        read.ShouldBe(quantity);
        type[key]!.Shape.NumberOf(read).ShouldBe(number, number * 1e-12);
    }

    [Fact]
    public void A_size_whose_key_names_no_unit_has_it_in_the_file() =>
        Value("Quantities", "h_size: 4 MiB", "h_size").ShouldBe(DataSize.FromBytes(4_194_304));

    [Theory]
    [InlineData("c_gbps: -1")]
    [InlineData("f_kg: -1")]
    [InlineData("b_mm: -1")]
    [InlineData("h_mb: -1")]
    [InlineData("a_m: 1e13")]
    public void What_a_unit_cannot_hold_is_out_of_range(string text) => Said("Quantities", text).Single().Id.ShouldBe("LL2014");

    private static KeyedType Keys(string type) =>
        (KeyedType)Built.Value.GetType($"T.{type}Keys", throwOnError: true)!.GetProperty("Type")!.GetValue(null)!;

    private static object Read(string type, string text, out DiagnosticBag bag)
    {
        bag = [];
        YamlNode root = YamlText.Parse(text, "f.yaml", bag).ShouldNotBeNull();
        return KeyReader.Read(Keys(type), (YamlMap)root, bag);
    }

    private static IReadOnlyList<Diagnostic> Said(string type, string text)
    {
        Read(type, text, out DiagnosticBag bag);
        return [.. bag];
    }

    private static object? Value(string type, string text, string key)
    {
        object read = Read(type, text, out DiagnosticBag bag);
        bag.Select(d => d.ToString()).ShouldBeEmpty();
        return Keys(type).ValueOf(read, Keys(type)[key]!);
    }

    private static string Text(object? names) => (string)names!.GetType().GetProperty("Text")!.GetValue(names)!;

    private static IEnumerable<string> Entries(string text, string key) =>
        from object entry in (IEnumerable)Value("Maps", text, key)!
        let type = entry.GetType()
        select $"{type.GetProperty("Key")!.GetValue(entry)}={type.GetProperty("Value")!.GetValue(entry)}";
}
