using System.Globalization;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>NICs and nodes agree with what was typed from their makers' pages and from device libraries.</summary>
public sealed class HardwareReferenceTest
{
    public static TheoryData<string> Nics => Rows("nics.csv");

    public static TheoryData<string> Nodes => Rows("nodes.csv");

    [Theory]
    [MemberData(nameof(Nics))]
    public void A_NIC_has_the_ports_the_cages_and_the_protocols_of_its_page(string row)
    {
        string[] cells = row.Split(',', 5);
        NicModel nic = Catalogue.Default.Nics[cells[0]];
        IReadOnlyList<Breakout> ports = nic.PortConfigs.ShouldNotBeNull(row).Value;
        ports.Select(p => p.ToString()).ShouldContain(cells[1], row);
        nic.MaxRate.ShouldNotBeNull(row).Value.ShouldBe(ports.Max(p => p.Rate), row);
        if (cells[2].Length > 0)
        {
            nic.FormFactors.ShouldNotBeNull(row).Value.ShouldContain(f => IsCalled(f, cells[2]), row);
        }

        nic.Protocols.ShouldNotBeNull(row).Value.Select(ProtocolWords.ToWord).ShouldBe(cells[3].Split('+'), row);
    }

    [Theory]
    [MemberData(nameof(Nodes))]
    public void A_node_has_the_ports_the_size_and_the_weight_of_its_page(string row)
    {
        string[] cells = row.Split(',', 7);
        NodeModel node = Catalogue.Default.Nodes[cells[0]];
        if (cells[1].Length > 0)
        {
            NicPorts ports = node.Backend.ShouldNotBeNull(row);
            string.Create(CultureInfo.InvariantCulture, $"{ports.Nics.Value}x{ports.Rate.Value.Gbps}").ShouldBe(cells[1], row);
            (cells[2].Length == 0 || IsCalled(ports.FormFactor.Value, cells[2])).ShouldBeTrue(row);
        }

        Holds(node.RackUnits?.Value, cells[3], row);
        Holds(node.Weight?.Value.Kilograms, cells[4], row);
        Holds(node.PowerMaximum?.Value.Watts, cells[5], row);
    }

    private static void Holds(double? figure, string cell, string row)
    {
        if (cell.Length > 0)
        {
            figure.ShouldNotBeNull(row).ShouldBe(double.Parse(cell, CultureInfo.InvariantCulture), 0.01, row);
        }
    }

    private static bool IsCalled(FormFactor form, string name) => form.ToWord() == name || (name == "osfp" && form == FormFactor.Osfp224);

    private static TheoryData<string> Rows(string file) =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests/reference/hardware", file)).Skip(1)];
}
