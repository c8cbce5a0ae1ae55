using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Bill;

/// <summary>
/// What is bought in fibre, held against the faceplates of the modules: a twin-port module has two sockets and takes two cords (NVIDIA's
/// pages say "two fibers"), and a socket takes one plug.
/// </summary>
public class FibrePiecesTest
{
    [Theory]
    // 256 host links of one socket, 128 leaf-spine links of two: 512 cords of 8 fibres.
    [InlineData("c1-twinport", 512, 0, 4096)]
    // 440 links of 800G between twin-port modules.
    [InlineData("twin-straight-helios", 880, 0, 7040)]
    // 8 NICs on two planes: a socket, and a cord, a leg.
    [InlineData("two-planes-one-nic", 16, 0, 128)]
    // 32 NICs on eight planes: 64 sockets with four legs of one lane, four of them to a shuffle of 32 fibres.
    [InlineData("eight-plugs-two-sockets", 0, 16, 512)]
    // 32 links of 400G: whatever draws least, a leg needs a socket of its own where its neighbours part from it.
    [InlineData("two-plugs-one-socket", 32, 0, 256)]
    public void Cords_are_as_many_as_the_sockets_take(string name, int cords, int shuffles, int fibres)
    {
        ClusterDesign design = Designed(name);
        Bought(design, "fibre").ShouldBe(cords);
        Bought(design, "shuffle").ShouldBe(shuffles);
        design.Bill.Fibres.ShouldBe(fibres);
    }

    [Theory]
    // 512 host links and 512 leaf-spine links of 400G, 256 of which go from hall to hall: those have two cords, and twelve of them a trunk.
    [InlineData("panels-between-halls", 768 + (256 * 2), 22, 0, (1280 * 8) + (256 * 8))]
    // 512 host links; 128 links of 800G with two duplex sockets and 2 management links between the buildings, 1 management link inside,
    // which is a cord of 8 fibres.
    // 256 pairs take 43 plugs of six, which are three trunks of 144 fibres and one of 96; the two management links take one of 24.
    [InlineData("buildings-500m-bought-twice", 512 + 512 + 4 + 1, 5, 88, (513 * 8) + (516 * 2) + (258 * 2))]
    // As many pairs again, and no management network.
    [InlineData("fibre-9km-price", 512 + 512, 4, 86, (512 * 8) + (512 * 2) + (256 * 2))]
    public void A_way_through_panels_is_cord_trunk_and_cord(string name, int cords, int trunks, int cassettes, int fibres)
    {
        ClusterDesign design = Designed(name);
        (Bought(design, "fibre"), Bought(design, "trunk"), Bought(design, "cassette")).ShouldBe((cords, trunks, cassettes));
        design.Bill.Fibres.ShouldBe(fibres);
        // No cord goes all the way: the longest is one from a rack to the wall of its hall.
        design
            .Channels.Articles.Where(a => a.Kind == PieceKind.Cord)
            .ShouldAllBe(a => a.OrderLength < Length.FromMetres(100), "cords beside trunks");
    }

    [Fact]
    public void Fibres_that_carry_no_light_behind_a_splitter_are_not_in_use()
    {
        // 128 links of 400G: cord of 8, 8 of a trunk, cord of 8. 32 links of 200G, two to a socket: 16 harnesses of 8, 4 of a trunk and 4 of the 8
        // fibres of a cord each.
        DiagnosticBag bag = new();
        ClusterSpec spec = SpecReader.Read(
            "lightloom: 1\nname: split\npools: [{name: t, node: dgx-h100, nodes: 16}]\n"
                + "frontend: {switch: arista-7060x6-32pe}\nfloor: {panels_at_racks: rack, rack: {reserved_units: 10}}\n",
            "split.yaml",
            Catalogue.Default,
            bag
        )!;
        ClusterDesign design = Designer.Design(spec, bag) ?? throw new InvalidOperationException(string.Join('\n', bag));
        Bought(design, "fibre").ShouldBe((128 * 2) + 32 + 16);
        design.Bill.Fibres.ShouldBe((128 * 3 * 8) + (16 * 8) + (32 * (4 + 4)));
        design.Channels.Articles.Where(a => a.Kind == PieceKind.Cord).ShouldAllBe(a => a.Fibres == 8);
    }

    [Fact]
    public void A_harness_of_which_one_tail_is_plugged_lights_half_of_its_fibres()
    {
        // 17 hosts of 200G, two to a socket of 400G: nine harnesses of 8 fibres, the last one with 4 of them lit.
        DiagnosticBag bag = new();
        ClusterSpec spec = SpecReader.Read(
            """
            lightloom: 1
            name: odd
            pools: [{name: t, node: n, nodes: 17}]
            backend: {switch: s, tiers: 1}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {exclude: [dac, acc, aec, aoc, dr, fr, lr]}
            catalog:
              nodes: {n: {xpus: 1, backend: {nics: 1, rate_gbps: 200, form_factor: qsfp112, lanes: 2}, power_w: 900, rack_units: 2}}
              switches: {s: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200]}}
            """,
            "odd.yaml",
            Catalogue.Default,
            bag
        )!;
        ClusterDesign design = Designer.Design(spec, bag) ?? throw new InvalidOperationException(string.Join('\n', bag));
        design.Channels.Articles.Where(a => a.Kind == PieceKind.Harness).Sum(a => a.Quantity).ShouldBe(9);
        design.Bill.Fibres.ShouldBe(17 * 4);
    }

    [Fact]
    public void A_price_of_three_metres_says_nothing_of_nine_thousand()
    {
        BillLine[] lines = [.. Designed("fibre-9km-price").Bill.Lines.Where(l => l.Category is "fibre" or "trunk")];
        lines.ShouldContain(l => l.PartId == "fibre-lc-os2");
        lines.Where(l => l.UnitPrice is not null).ShouldAllBe(l => l.Id == "fibre-lc-os2:lszh@3m");
        lines.Single(l => l.Id.StartsWith("trunk-144-os2", StringComparison.Ordinal)).UnitPrice.ShouldBeNull();
    }

    [Fact]
    public void A_line_is_one_form_factor_with_one_heat_sink()
    {
        string[] modules = [.. Designed("one-line-two-form-factors").Bill.Lines.Where(l => l.Category == "transceiver").Select(l => l.Id)];
        modules.ShouldBe(["sr8-800g-2xsr4-50m:osfp-flat", "sr8-800g-2xsr4-50m:qsfp-dd800"]);

        // The DGX's cages take flat tops, the switches' finned ones: 508 cages in 127 nodes, and the rest in switches.
        ClusterDesign hopper = Spec.ExamplesTest.Designed("hopper-1k");
        hopper
            .Bill.Lines.Where(l => l.PartId == "sr8-800g-2xsr4-50m" && !l.IsSpare)
            .ToDictionary(l => l.Id, l => l.Quantity)
            .ShouldBe(
                new Dictionary<string, long> { ["sr8-800g-2xsr4-50m:osfp-fin"] = 1607, ["sr8-800g-2xsr4-50m:osfp-flat"] = 4 * 127 },
                ignoreOrder: true
            );
    }

    [Theory]
    [InlineData("c1-twinport")]
    [InlineData("twin-straight-helios")]
    [InlineData("two-planes-one-nic")]
    [InlineData("eight-plugs-two-sockets")]
    [InlineData("two-plugs-one-socket")]
    public void No_module_is_given_more_plugs_than_it_has_sockets(string name)
    {
        // Counted from the modules' faceplates and the wiring alone, beside the planner: one plug a socket, whatever piece it belongs to.
        ClusterDesign design = Designed(name);
        Dictionary<(int Device, FabricRole Fabric, int Cage), (HashSet<(int, int)> Plugs, int Sockets)> cages = [];
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int number = design.Cables.CableOfLink[c.Index][i];
                LinkProduct product = design.Cables.Products[design.Cables.Cables[number].Product];
                if (product.IsAssembly)
                {
                    continue;
                }

                Link link = c.Links[i];
                LinkSockets sockets = product.Sockets!.Value;
                for (int path = 0; path < sockets.PathsPerLeg; path++)
                {
                    Plug((link.A, c.Fabric, link.ACage), product.A, sockets.ASocket(link.ALane, path), Piece(link.ALane));
                    Plug((link.Z, c.Fabric, link.ZCage), product.Z, sockets.ZSocket(link.ZLane, path), Piece(link.ZLane));

                    // A cord or harness carries a path of a leg of its cable; a shuffle carries all.
                    (int, int) Piece(int lane) => product.PiecesPerCable == 1 ? (number, 0) : (number, (lane * sockets.PathsPerLeg) + path);
                }
            }
        }

        cages.ShouldNotBeEmpty();
        cages.Values.ShouldAllBe(c => c.Plugs.Count <= c.Sockets);

        void Plug((int, FabricRole, int) cage, InterconnectModel module, int socket, (int, int) piece)
        {
            if (!cages.TryGetValue(cage, out var at))
            {
                cages[cage] = at = ([], module.Connectors);
            }

            socket.ShouldBeLessThan(at.Sockets);
            at.Plugs.Add(piece with { Item2 = (piece.Item2 * 16) + socket });
        }
    }

    private static long Bought(ClusterDesign design, string category) =>
        design.Bill.Lines.Where(l => l.Category == category).Sum(l => l.Quantity);

    private static ClusterDesign Designed(string name)
    {
        DiagnosticBag bag = new();
        string path = Path.Combine(Repository.Root, "tests", "Lightloom.Tests", "Cases", "bill", name + ".yaml");
        ClusterSpec? spec = SpecReader.Read(File.ReadAllText(path), name + ".yaml", Catalogue.Default, bag);
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag));
        return Designer.Design(spec!, bag) ?? throw new InvalidOperationException(string.Join("; ", bag));
    }
}
