using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Hardware;

/// <summary>
/// The catalogue holds a product for every link that its switches and nodes make, at every distance, or the gap is known.
/// </summary>
public partial class CatalogueTest
{
    public static TheoryData<string, string, string, string, string> Links =>
        new()
        {
            // what, host or lower cage, upper cage, rate, lengths at which a product is missing
            { "400G OSFP host to OSFP switch", "osfp 400 4 1x400 rhs", "osfp 800 8 2x400 ihs", "400", "" },
            { "400G OSFP host to QSFP-DD switch", "osfp 400 4 1x400 rhs", "qsfp-dd800 800 8 2x400", "400", "" },
            { "400G QSFP112 host to OSFP switch", "qsfp112 400 4 1x400", "osfp 800 8 2x400 ihs", "400", "" },
            { "400G QSFP112 host to QSFP-DD switch", "qsfp112 400 4 1x400", "qsfp-dd800 800 8 2x400", "400", "" },
            { "400G QSFP-DD host to OSFP switch", "qsfp-dd 400 8 1x400", "osfp 800 8 2x400 ihs", "400", "" },
            { "DGX H100 twin cage to QM9700", "osfp 800 8 2x400 rhs", "osfp 800 8 2x400 ihs", "400", "" },
            { "200G QSFP112 host to OSFP switch", "qsfp112 200 2 1x200", "osfp 800 8 4x200 ihs", "200", "8000" },
            { "200G QSFP112 host to QSFP-DD switch", "qsfp112 200 2 1x200", "qsfp-dd800 800 8 4x200", "200", "8000" },
            { "100G QSFP28 host to OSFP switch", "qsfp28 100 4 1x100", "osfp 800 8 8x100 ihs", "100", "" },
            { "800G OSFP host to OSFP switch", "osfp 800 8 1x800 rhs", "osfp 800 8 1x800 ihs", "800", "" },
            { "800G OSFP host to QSFP-DD switch", "osfp 800 8 1x800 rhs", "qsfp-dd800 800 8 1x800", "800", "" },
            { "800G NIC as eight planes", "osfp 800 8 8x100 rhs", "osfp 800 8 8x100 ihs", "100", "" },
            { "800G NIC as four planes", "osfp 800 8 4x200 rhs", "osfp 800 8 4x200 ihs", "200", "" },
            { "ConnectX-8 to Q3400 at 200G a lane", "osfp224 800 4 1x800 rhs", "osfp224 1600 8 2x800 ihs", "800", "8000" },
            { "Q3400 to Q3400", "osfp224 1600 8 2x800 ihs", "osfp224 1600 8 2x800 ihs", "800", "8000" },
            { "QM9700 to QM9700", "osfp 800 8 2x400 ihs", "osfp 800 8 2x400 ihs", "400", "" },
            { "128 x 800G box of 102.4T to the same", "osfp 800 8 1x800 ihs", "osfp 800 8 1x800 ihs", "800", "" },
            { "QSFP-DD switch to QSFP-DD switch", "qsfp-dd800 800 8 1x800", "qsfp-dd800 800 8 1x800", "800", "" },
            { "100G box to 100G box", "qsfp28 100 4 1x100", "qsfp28 100 4 1x100", "100", "" },
            { "management port", "rj45 1 1 1x1", "rj45 1 1 1x1", "1", "300 1500 8000" },
        };

    [Theory]
    [MemberData(nameof(Links))]
    public void Every_link_has_a_product_at_every_distance_or_a_known_gap(string what, string lower, string upper, string rate, string gaps)
    {
        var selector = new InterconnectSelector(Built, new InterconnectSpec { ReachDerating = 1 });
        var missing = new List<double>();
        foreach (double length in (double[])[0.8, 1.8, 2.6, 4.5, 6.5, 25, 45, 90, 300, 1500, 8000])
        {
            CageUse a = Cage(lower),
                z = Cage(upper);
            var question = new LinkQuestion
            {
                Length = Length.FromMetres(length),
                Rate = DataRate.FromGbps(double.Parse(rate)),
                A = a,
                Z = z,
                Shape = LinkQuestion.ShapeOf(a, z),
            };
            if (selector.Choose(question) is null)
            {
                missing.Add(length);
            }
        }

        string.Join(" ", missing).ShouldBe(gaps, what);
    }

    private static CageUse Cage(string text)
    {
        string[] parts = text.Split(' ');
        FormFactorWords.TryParse(parts[0], out FormFactor form).ShouldBeTrue();
        Breakout.TryParse(parts[3], out Breakout breakout).ShouldBeTrue();
        ThermalType thermal =
            parts is [.., "rhs"] ? ThermalType.Rhs
            : parts is [.., "ihs"] ? ThermalType.Ihs
            : ThermalType.Any;
        return new(form, thermal, DataRate.FromGbps(double.Parse(parts[1])), int.Parse(parts[2]), breakout);
    }
}
