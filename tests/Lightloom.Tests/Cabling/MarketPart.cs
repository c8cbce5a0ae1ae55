using System.Globalization;
using Lightloom.Hardware;

namespace Lightloom.Tests.Cabling;

/// <summary>A link that somebody sells a part for: a row of tests/reference/market/parts.csv.</summary>
internal sealed record MarketPart(
    double Rate,
    int Ways,
    MarketCage A,
    MarketCage Z,
    double FromMetres,
    double ToMetres,
    string Kind,
    string Seller,
    string Part
)
{
    /// <summary>True for what is sold for lines with amplifiers only.</summary>
    public bool NeedsLineSystem => FromMetres > 40_000;

    /// <summary>True when the part, at any rate of a cage divided like this, joins such cages over such a distance.</summary>
    public bool Serves(double rate, int ways, MarketCage a, MarketCage z, double metres) =>
        Rate == rate && Ways == ways && A.GoesInto(a) && Z.GoesInto(z) && FromMetres <= metres && metres <= ToMetres;

    public static IReadOnlyList<MarketPart> ReadAll() =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests/reference/market/parts.csv")).Skip(1).Select(Read)];

    private static MarketPart Read(string line)
    {
        List<string> fields = [];
        bool quoted = false;
        int from = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                fields.Add(line[from..i].Trim('"'));
                from = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        fields.Count.ShouldBe(10, line);
        fields.ShouldAllBe(f => f.Length > 0, line);
        return new(
            Number(fields[0]),
            (int)Number(fields[1]),
            MarketCage.Parse(fields[2]),
            MarketCage.Parse(fields[3]),
            Number(fields[4]),
            Number(fields[5]),
            fields[6],
            fields[7],
            fields[8]
        );
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A cage as buyers name it: a form, and for OSFP whether it takes finned or flat tops.</summary>
internal readonly record struct MarketCage(FormFactor Form, ThermalType Thermal)
{
    private const string Flat = "osfp-rhs";

    public static MarketCage Parse(string word)
    {
        if (word == Flat)
        {
            return new(FormFactor.Osfp, ThermalType.Rhs);
        }

        FormFactorWords.TryParse(word, out FormFactor form).ShouldBeTrue(word);
        return new(form, form == FormFactor.Osfp ? ThermalType.Ihs : ThermalType.Any);
    }

    /// <summary>True when this plug goes into that cage.</summary>
    public bool GoesInto(MarketCage cage) =>
        PlugForms.ByAgreement(cage.Form).Contains(Form)
        && (cage.Thermal == ThermalType.Any || Thermal == ThermalType.Any || Thermal == cage.Thermal);

    public override string ToString() => Thermal == ThermalType.Rhs ? Flat : Form.ToWord();
}
