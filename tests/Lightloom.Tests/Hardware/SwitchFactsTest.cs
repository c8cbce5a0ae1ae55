using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Tests.Hardware;

/// <summary>
/// Switches of the catalogue beside figures that were typed from makers' pages and public tables: tests/reference/market/switches.csv.
/// </summary>
public sealed class SwitchFactsTest
{
    private const double KilogramsPerPound = 0.45359237;

    public static TheoryData<string> Switches => [.. Rows().Select(r => r[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Switches))]
    public void A_switch_is_what_its_maker_says(string id)
    {
        SwitchModel model = Catalogue.Default.Switches[id];
        foreach (string[] row in Rows().Where(r => r[0] == id))
        {
            Hold(model, row[1], row[2], $"{id} {row[1]} ({row[3]})");
        }
    }

    [Theory]
    [InlineData("juniper-qfx5130-32cd", "qsfp-dd qsfp28 qsfp+", "qsfp56 qsfp112 osfp")]
    [InlineData("arista-7050x4-48y-4df", "sfp28 sfp+ sfp", "sfp56 qsfp28")]
    [InlineData("cisco-n93400ld-h1", "sfp56 sfp28 sfp+", "sfp112 sfp")]
    public void What_a_cage_takes_is_what_the_maker_lists_and_nothing_else(string id, string taken, string refused)
    {
        CageUse use = PortPlan
            .AllDown(
                Catalogue.Default.Switches[id],
                Catalogue.Default.Switches[id].Cages[0].CageRate.Value,
                PortPurpose.Network,
                HeldPorts.None,
                out _
            )!
            .DownUse;
        taken.Split(' ').ShouldAllBe(form => use.Plugs.Contains(Form(form)));
        refused.Split(' ').ShouldAllBe(form => !use.Plugs.Contains(Form(form)));
    }

    [Fact]
    public void Every_row_names_a_switch_and_a_page_and_most_new_makers_are_there()
    {
        string[][] rows = [.. Rows()];
        rows.ShouldAllBe(r => r.Length == 4 && Catalogue.Default.Switches.ContainsKey(r[0]) && r[3].Length > 8);
        rows.Select(r => Catalogue.Default.Switches[r[0]].Vendor).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
    }

    private static void Hold(SwitchModel model, string what, string value, string because)
    {
        if (what.StartsWith("ports@", StringComparison.Ordinal))
        {
            PortsOf(model, Number(what[6..])).ShouldBe((int)Number(value), because);
            return;
        }

        switch (what)
        {
            case "chip":
                model.Asic?.Value.ShouldBe(value, because);
                break;
            case "takes":
                model.Cages[0].Takes!.Value.Select(FormFactorWords.ToWord).ShouldBe(value.Split(' '), because);
                break;
            default:
                Figure(model, what).ShouldBe(Number(value), what == "weight_lb" ? 0.2 : 1e-9, because);
                break;
        }
    }

    private static double Figure(SwitchModel model, string what) =>
        what switch
        {
            "units" => model.RackUnits!.Value,
            "logical_ports" => model.MaxLogicalPorts!.Value,
            "capacity_tbps" => model.Capacity!.Value.Gbps / 1000,
            "latency_ns" => model.Latency!.Value.Nanoseconds,
            "buffer_mb" => model.Buffer!.Value.Bytes / 1048576.0,
            "deep_buffer_gb" => model.DeepBuffer!.Value.Bytes / 1073741824.0,
            "power_typical_w" => model.PowerTypical!.Value.Watts,
            "power_maximum_w" => model.PowerMaximum!.Value.Watts,
            "weight_kg" => model.Weight!.Value.Kilograms,
            "weight_lb" => model.Weight!.Value.Kilograms / KilogramsPerPound,
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no figure of this name"),
        };

    // As makers count: every cage divided as finely as the rate allows, up to what the chip can run; service ports are left out.
    private static int PortsOf(SwitchModel model, double gbps)
    {
        int ports = model
            .Cages.Where(c => c.Purpose == PortPurpose.Network)
            .Sum(c => c.Count.Value * c.Breakouts.Value.Where(b => b.Rate.Gbps == gbps).Select(b => b.Ways).DefaultIfEmpty(0).Max());
        return Math.Min(ports, model.MaxLogicalPorts?.Value ?? int.MaxValue);
    }

    private static FormFactor Form(string word)
    {
        FormFactorWords.TryParse(word, out FormFactor form).ShouldBeTrue(word);
        return form;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/reference/market/switches.csv")).Skip(1).Select(l => l.Split(','));
}
