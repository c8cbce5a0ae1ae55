using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>NICs with several cages, several NICs a cage, and their planes.</summary>
public sealed class NicDivisionTest
{
    private static NicPorts Ports(string backend, string more = "")
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(
            "lightloom: 1\nname: a\npools: [{name: t, node: n, nodes: 2}]\n"
                + $"catalog: {{nodes: {{n: {{xpus: 8, backend: {{{backend}}}, power_w: 9000, rack_units: 8}}}}{more}}}\n",
            "nic.yaml",
            Catalogue.Default,
            diagnostics
        );
        spec.ShouldNotBeNull(string.Join('\n', diagnostics));
        return spec.Catalogue.Nodes["n"].Backend!;
    }

    private static string Fault(string backend)
    {
        DiagnosticBag diagnostics = new();
        SpecReader.Read(
            "lightloom: 1\nname: a\npools: [{name: t, node: n, nodes: 2}]\n"
                + $"catalog: {{nodes: {{n: {{xpus: 8, backend: {{{backend}}}, power_w: 9000, rack_units: 8}}}}}}\n",
            "nic.yaml",
            Catalogue.Default,
            diagnostics
        );
        return string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error));
    }

    // Over all planes a NIC's ports carry its rate, each opening of the node is used whole, and nothing is used twice.
    [Fact]
    public void The_ports_of_all_planes_make_up_every_cage_of_every_NIC_once()
    {
        foreach (int units in (int[])[1, 2, 3, 8])
        {
            foreach (int shape in (int[])[-4, -2, 1, 2, 4])
            {
                (int nics, int cages) = shape < 0 ? (units * -shape, units) : (units, units * shape);
                NicPorts ports = Ports($"nics: {nics}, rate_gbps: 800, cages: {cages}, lanes: 8, max_planes: 16");
                foreach (int planes in (int[])[1, 2, 4, 8, 16])
                {
                    NicDivision division = new(ports, planes);
                    division.IsEven.ShouldBeTrue();
                    MakesUp(ports, division, cages);
                }
            }
        }
    }

    private static void MakesUp(NicPorts ports, NicDivision division, int cages)
    {
        int nics = ports.Nics.Value;
        HashSet<(int Cage, int Leg)> used = [];
        Dictionary<int, DataRate> ofNic = [];
        Dictionary<int, HashSet<int>> planesOfCage = [];
        for (int plane = 0; plane < division.Planes; plane++)
        {
            for (int port = 0; port < nics * division.PortsInPlane; port++)
            {
                (int nic, int cage, int leg) = division.At(port, plane);
                used.Add((cage, leg)).ShouldBeTrue($"cage {cage} leg {leg} twice");
                ofNic[nic] = ofNic.GetValueOrDefault(nic) + division.Rate;
                planesOfCage.TryAdd(cage, []);
                planesOfCage[cage].Add(plane);
            }
        }

        CageUse use = division.Facing(DataRate.FromGbps(100));
        ofNic.Count.ShouldBe(nics);
        ofNic.Values.ShouldAllBe(r => r == ports.Rate.Value);
        used.Select(u => u.Cage).Distinct().Order().ShouldBe(Enumerable.Range(1, cages));
        used.Count.ShouldBe(cages * use.Ways);
        (use.Breakout.Rate * use.Ways).ShouldBe(use.CageRate);
        (use.CageRate * cages).ShouldBe(ports.Rate.Value * nics);
        (use.Lanes * cages).ShouldBe(8 * nics);
        planesOfCage.Values.ShouldAllBe(p => p.Count == Math.Max(1, division.Planes / ports.CagesPerNic));
    }

    // MCX755106AS-HEAT has two QSFP112 cages of 200G; MCX715105AS-WEAT one of 400G.
    [Theory]
    [InlineData("nics: 8, rate_gbps: 400, nic: connectx-7-2x200", 16)]
    [InlineData("nics: 8, rate_gbps: 200, nic: connectx-7-2x200", 8)]
    [InlineData("nics: 8, rate_gbps: 400, nic: connectx-7-qsfp112", 8)]
    [InlineData("nics: 8, rate_gbps: 400, nic: connectx-7-2x200, cages: 8", 8)]
    [InlineData("nics: 8, rate_gbps: 800, nic: connectx-9-c9240", 16)]
    [InlineData("nics: 8, rate_gbps: 400, nic: thor2-p2200g", 8)]
    public void A_card_with_a_port_a_cage_brings_its_cages_along_where_the_rate_is_that_of_all_of_them(string backend, int cages) =>
        Ports(backend).Cages.Value.ShouldBe(cages);

    [Theory]
    [InlineData("nics: 8, rate_gbps: 400, cages: 12", "8 nics and 12 cages do not divide evenly; 8 do")]
    [InlineData("nics: 8, rate_gbps: 400, cages: 3", "8 nics and 3 cages do not divide evenly; 2 do")]
    [InlineData("nics: 8, rate_gbps: 400, cages: 15", "8 nics and 15 cages do not divide evenly; 16 do")]
    [InlineData("nics: 8, rate_gbps: 400, cages: 16, lanes: 5", "5 lanes of a NIC do not divide over its 2 cages; 4 do")]
    public void Cages_that_do_not_divide_are_refused_with_the_nearest_count_that_does(string backend, string words) =>
        Fault(backend).ShouldContain(words);
}
