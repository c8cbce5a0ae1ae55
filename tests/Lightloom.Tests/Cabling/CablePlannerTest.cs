using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

public class CablePlannerTest
{
    private static readonly CageUse Dgx = Question.Cage(FormFactor.Osfp, 800, 8, 2, ThermalType.Rhs);
    private static readonly CageUse Qm9700 = Question.Cage(FormFactor.Osfp, 800, 8, 2, ThermalType.Ihs);
    private static readonly CageUse Cx8Split2 = Question.Cage(FormFactor.Osfp224, 800, 8, 2, ThermalType.Rhs);
    private static readonly CageUse Cx8Split8 = Question.Cage(FormFactor.Osfp224, 800, 8, 8, ThermalType.Rhs);

    // Rail-optimised: NIC n of every node goes to leaf n; a leaf's cage takes neighbouring nodes.
    private static IEnumerable<Link> DgxHosts(int nodes) =>
        from node in Enumerable.Range(0, nodes)
        from nic in Enumerable.Range(0, 8)
        select new Link(node, nodes + nic, (nic / 2) + 1, nic % 2, (node / 2) + 1, node % 2, nic);

    [Fact]
    public void Twin_port_cages_at_both_ends_take_one_cable_a_link_and_one_module_a_cage()
    {
        CableWorld world = new();
        world.Add(Dgx, Qm9700, DgxHosts(127), _ => 20_000);
        CablePlan plan = world.Plan();
        plan.Cables.Length.ShouldBe(1016);
        plan.Products.Single().FibresPerCable.ShouldBe(8);
        // 127 nodes with 4 cages, 8 leaves with 64 of which the last carries one leg.
        plan.Transceivers.ShouldBe((127 * 4) + (8 * 64));
        plan.Fibres.ShouldBe(1016 * 8);
    }

    [Fact]
    public void Links_between_the_same_two_twin_port_cages_have_a_cable_each_and_copper_only_where_modules_cannot_serve()
    {
        IEnumerable<Link> links = Enumerable.Range(0, 64).Select(i => new Link(0, 1, (i / 2) + 1, i % 2, (i / 2) + 1, i % 2, -1));
        CableWorld world = new();
        world.Add(Qm9700, Qm9700, links, _ => 5_000, from: Tier.Leaf);
        CablePlan plan = world.Plan();
        plan.Cables.Length.ShouldBe(64);
        plan.Transceivers.ShouldBe(64);

        CableWorld copper = new();
        copper.Add(Qm9700, Qm9700, links, _ => 5_000, from: Tier.Leaf);
        CablePlan straight = copper.Plan(new() { Exclude = ["sr", "dr", "fr", "lr", "zr"] });
        straight.Cables.Length.ShouldBe(32);
        straight.Transceivers.ShouldBe(0);
        straight.Products.Single().Head.Kind.ShouldBe(InterconnectKind.Aec);
        straight.Products.Single().Grouping.ShouldBe(CableGrouping.ACage);
    }

    [Fact]
    public void A_NIC_that_is_divided_over_planes_leaves_the_host_in_one_cable()
    {
        const int Nodes = 64;
        CableWorld world = new();
        for (int plane = 0; plane < 2; plane++)
        {
            int p = plane;
            world.Add(
                Cx8Split2,
                Question.Osfp2X400,
                from node in Enumerable.Range(0, Nodes)
                from nic in Enumerable.Range(0, 8)
                select new Link(node, Nodes + (p * 8) + nic, nic + 1, p, (node / 2) + 1, node % 2, nic),
                l => 10_000 + (p * 3_000) + (l.A * 10),
                legsPerNic: 2,
                plane: p
            );
        }

        CablePlan plan = world.Plan();
        world.Network!.LinkCount.ShouldBe(1024);
        // A twin-port module has a socket for each leg of 400G: straight cords of 8 fibres, no splitter (which would leave a leg 4 of them).
        plan.Cables.Length.ShouldBe(512);
        LinkProduct product = plan.Products.Single();
        (product.LegsPerCable, product.PiecesPerCable, product.TailsPerPiece, product.FibresPerPiece).ShouldBe((2, 2, 1, 8));
        plan.Transceivers.ShouldBe((Nodes * 8) + (16 * 32));
        // Both planes' legs share the cable, and the longer one sets its length.
        plan.CableOfLink[0][0].ShouldBe(plan.CableOfLink[1][0]);
        plan.Cables[0].LengthMillimetres.ShouldBe(13_000);
    }

    [Fact]
    public void Eight_planes_of_100G_take_shuffles_of_four_sockets_by_four()
    {
        const int Nodes = 16;
        CableWorld world = new();
        for (int plane = 0; plane < 8; plane++)
        {
            int p = plane;
            world.Add(
                Cx8Split8,
                Question.Osfp8X100,
                from node in Enumerable.Range(0, Nodes)
                from nic in Enumerable.Range(0, 8)
                let port = (node * 8) + nic
                select new Link(node, Nodes + p, nic + 1, p, (port / 8) + 1, port % 8, nic),
                _ => 15_000,
                legsPerNic: 8,
                plane: p
            );
        }

        CablePlan plan = world.Plan();
        world.Network!.LinkCount.ShouldBe(1024);
        // A socket has four legs of one lane at either end: four sockets meet four, with sixteen legs of two fibres.
        plan.Cables.Length.ShouldBe(1024 / 16);
        LinkProduct product = plan.Products.Single();
        product.Grouping.ShouldBe(CableGrouping.Shuffle);
        (product.FibresPerPiece, product.Shuffle!.Ports!.Value, product.Shuffle.Tails!.Value).ShouldBe((32, 4, 4));
        plan.Transceivers.ShouldBe(128 + (8 * 16));
    }

    [Fact]
    public void Legs_of_one_connector_share_a_splitting_fibre()
    {
        // 16 frontend ports of 200G on four cages of 4x200: two connectors a module, two legs each.
        CableWorld world = new();
        world.Add(
            Question.Qsfp200,
            Question.Osfp4X200,
            Enumerable.Range(0, 16).Select(i => new Link(i, 16, 1, 0, (i / 4) + 1, i % 4, -1)),
            _ => 20_000
        );
        CablePlan plan = world.Plan();
        plan.Cables.Length.ShouldBe(8);
        plan.Products.Single().Grouping.ShouldBe(CableGrouping.ZConnector);
        plan.Products.Single().LegsPerCable.ShouldBe(2);
        plan.Products.Single().FibresPerCable.ShouldBe(8);
        plan.Transceivers.ShouldBe(16 + 4);
    }

    [Fact]
    public void A_splitting_copper_cable_serves_all_legs_of_its_cage_and_spare_legs_stay_unused()
    {
        CableWorld world = new();
        world.Add(
            Question.Qsfp200,
            Question.Osfp4X200,
            Enumerable.Range(0, 10).Select(i => new Link(i, 16, 1, 0, (i / 4) + 1, i % 4, -1)),
            l => 1_400 + (l.A * 100)
        );
        CablePlan plan = world.Plan();
        plan.Cables.Length.ShouldBe(3);
        plan.Transceivers.ShouldBe(0);
        plan.CagesInUse.ShouldBe(13);
        plan.Products.Single().Id.ShouldBe("dac-800g-4x200g");
        plan.Cables.Select(c => c.OrderLengthMillimetres).ShouldBe([2_000, 2_500, 2_500]);
    }

    [Fact]
    public void A_NIC_divided_over_planes_of_whole_switch_cages_takes_one_breakout_cable()
    {
        CageUse nic = Question.Cage(FormFactor.Osfp, 800, 8, 2);
        CableWorld world = new();
        for (int plane = 0; plane < 2; plane++)
        {
            int p = plane;
            world.Add(
                nic,
                Question.Qsfp400,
                Enumerable.Range(0, 8).Select(i => new Link(i, 8 + p, 1, p, i + 1, 0, 0)),
                _ => 2_000,
                legsPerNic: 2,
                plane: p
            );
        }

        CablePlan plan = world.Plan();
        plan.Cables.Length.ShouldBe(8);
        plan.Products.Single().Id.ShouldBe("dac-800g-2x400g");
        plan.Products.Single().HeadAtZ.ShouldBeFalse();
    }

    [Fact]
    public void Links_that_share_a_module_take_the_product_that_the_longest_needs()
    {
        CableWorld world = new();
        world.Add(Dgx, Qm9700, DgxHosts(2), l => l.A == 1 && l.Rail == 3 ? 80_000 : 20_000);
        CablePlan plan = world.Plan();
        // NICs 2 and 3 of both nodes meet in the same four cages.
        plan.Products.Count.ShouldBe(2);
        for (int i = 0; i < 16; i++)
        {
            bool far = i % 8 is 2 or 3;
            plan.Products[plan.Cables[plan.CableOfLink[0][i]].Product].Head.Kind.ShouldBe(far ? InterconnectKind.Dr : InterconnectKind.Sr);
        }

        world.Diagnostics.Single(d => d.Id == "LL6003").Message.ShouldContain("a module serves all legs of its cage");
    }

    [Fact]
    public void Two_pools_that_meet_in_one_cage_share_its_module()
    {
        CableWorld world = new();
        world.Add(Question.Nic400, Question.Osfp2X400, [new Link(0, 9, 1, 0, 1, 0, 0)], _ => 2_000);
        world.Add(Question.Qsfp400, Question.Osfp2X400, [new Link(1, 9, 1, 0, 1, 1, 0), new Link(2, 9, 1, 0, 2, 0, 0)], _ => 2_000);
        CablePlan plan = world.Plan();
        plan.Products[plan.Cables[plan.CableOfLink[0][0]].Product].Z.IsAssembly.ShouldBeFalse();
        // The cage that only one pool uses keeps its copper.
        plan.Products[plan.Cables[plan.CableOfLink[1][1]].Product].Id.ShouldBe("dac-800g-2x400g");
    }

    [Theory]
    [InlineData(2_000, "dac-800g-osfp")]
    [InlineData(2_001, "aec-800g")]
    public void A_straight_link_beyond_2_m_takes_the_next_class_and_says_so(int millimetres, string id)
    {
        CableWorld world = new();
        world.Add(Question.Osfp800, Question.Osfp800, [new Link(0, 1, 1, 0, 1, 0, -1)], _ => millimetres, from: Tier.Leaf);
        CablePlan plan = world.Plan();
        plan.Products.Single().Id.ShouldBe(id);
        Diagnostic? note = world.Diagnostics.SingleOrDefault(d => d.Id == "LL6001");
        (note is not null).ShouldBe(millimetres > 2_000);
        if (note is not null)
        {
            note.Message.ShouldContain("passive-dac is usual up to 3 m");
            note.Message.ShouldContain("dac-800g-osfp: sold to 2 m");
            note.Message.ShouldContain("Straight 800G DAC 0.5-2 m (NVIDIA");
        }
    }

    [Fact]
    public void Says_where_the_article_and_the_standards_differ_about_what_was_taken()
    {
        CableWorld world = new();
        world.Add(
            Question.Osfp800,
            Question.Osfp800,
            [new Link(0, 1, 1, 0, 1, 0, -1), new Link(0, 1, 2, 0, 2, 0, -1)],
            l => l.ACage == 1 ? 1_500_000 : 8_000_000,
            from: Tier.Leaf
        );
        world.Plan();
        string[] about = [.. world.Diagnostics.Where(d => d.Id == "LL6020").Select(d => d.Where!)];
        about.ShouldContain("2fr4-fibres");
        about.ShouldContain("lr8-name");
        about.ShouldNotContain("dac-3m");
    }

    [Fact]
    public void A_link_that_nothing_serves_is_an_error_with_its_nearest_miss()
    {
        CableWorld world = new();
        world.Add(
            Question.Osfp800,
            Question.Osfp800,
            [new Link(0, 1, 1, 0, 1, 0, -1), new Link(0, 1, 2, 0, 2, 0, -1)],
            l => l.ACage == 1 ? 12_000_000 : 1_000,
            from: Tier.Leaf
        );
        CablePlan plan = world.Plan(new() { Exclude = ["zr", "er"] });
        plan.Cables[0].Product.ShouldBe(-1);
        plan.Cables[1].Product.ShouldBeGreaterThanOrEqualTo(0);
        plan.LossDb(0).ShouldBeNull();
        Diagnostic error = world.Diagnostics.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL6901");
        error.Message.ShouldContain("1 link of 800G");
        error.Message.ShouldContain("2plr4-800g: reaches 10000 m on OS2 x 0.9 = 9000 m, the link needs 12000 m");
    }

    [Fact]
    public void Links_that_pass_too_many_panels_are_refused_with_the_most_that_work()
    {
        // A mated pair of single-mode MPO loses 0.75 dB at most (TIA-568.3), 50 m of fibre 0.02 dB: of the 4 dB that 400GBASE-DR4-2 allows,
        // five pairs are left, and of the 6.3 dB of LR4 eight.
        CableWorld world = new()
        {
            HasPanels = true,
            Hall = rack => rack,
            PanelsBetween = (_, _) => 8,
        };
        world.Add(Question.Osfp800, Question.Osfp800, [new Link(0, 1, 1, 0, 1, 0, -1)], _ => 50_000, from: Tier.Leaf);
        world.Plan(new() { Exclude = ["fr", "lr", "er", "zr"] });
        string message = world.Diagnostics.Single(d => d.Severity == Severity.Error).Message;
        message.ShouldContain("would serve (floor.panels_between_halls: 5)");
        message.ShouldContain("would serve with interconnect.exclude: [fr, er, zr]");
    }

    [Fact]
    public void Panels_on_the_way_rule_out_assemblies_and_cost_a_mated_pair_each()
    {
        CableWorld world = new()
        {
            HasPanels = true,
            Hall = rack => rack,
            PanelsBetween = (a, z) => a == z ? 0 : 2,
        };
        world.Add(
            Question.Osfp800,
            Question.Osfp800,
            Enumerable.Range(0, 40).Select(i => new Link(0, 1, i + 1, 0, i + 1, 0, -1)),
            _ => 6_000,
            from: Tier.Leaf
        );
        CablePlan plan = world.Plan();
        plan.Products.Single().IsAssembly.ShouldBeFalse();
        plan.PanelsOf(7).ShouldBe(2);
        // A trunk is made to measure.
        plan.LossDb(7)!.Value.ShouldBe((3.5 * 6 / 1000) + (2 * 0.6), 1e-9);
        plan.Cables[7].OrderLengthMillimetres.ShouldBe(6_000);
    }

    [Fact]
    public void Co_packaged_sockets_hold_no_module()
    {
        CageUse socket = Question.Cage(FormFactor.CoPackagedMpo12, 800, 4, 1);
        CableWorld world = new();
        world.Add(
            Question.Cage(FormFactor.Osfp224, 800, 4, 1, ThermalType.Rhs),
            socket,
            Enumerable.Range(0, 20).Select(i => new Link(i, 20, 1, 0, i + 1, 0, 0)),
            _ => 20_000
        );
        world.Add(
            socket,
            socket,
            Enumerable.Range(0, 20).Select(i => new Link(20, 21, i + 21, 0, i + 1, 0, -1)),
            _ => 30_000,
            from: Tier.Leaf
        );
        CablePlan plan = world.Plan();
        plan.Transceivers.ShouldBe(20);
        plan.CagesInUse.ShouldBe(80);
        plan.Products.Count.ShouldBe(2);
    }

    [Fact]
    public void Second_sources_are_the_other_products_that_reach_as_far()
    {
        CableWorld world = new();
        world.Add(Question.Osfp800, Question.Osfp800, [new Link(0, 1, 1, 0, 1, 0, -1)], _ => 40_000, from: Tier.Leaf);
        ProductChoice choice = world.Plan().Choices.Single();
        choice.SecondSources.Take(2).ShouldBe(["sr8-800g-ieee", "sr8-800g-2xsr4-100m"]);
        choice.ReachUsed.ShouldBe(40.0 / 45, 1e-9);
    }

    [Fact]
    public void The_same_network_gives_the_same_plan()
    {
        CablePlan first = Large().Plan();
        CablePlan second = Large().Plan();
        second.Cables.ShouldBe(first.Cables);
        second.Products.Select(p => p.Id).ShouldBe(first.Products.Select(p => p.Id));
        second.Diagnostics.ShouldBe(first.Diagnostics);

        static CableWorld Large()
        {
            CableWorld world = new();
            world.Add(Dgx, Qm9700, DgxHosts(50), l => 1_000 + (l.A * 977) + (l.Rail * 1_313));
            world.Add(
                Question.Osfp800,
                Question.Osfp800,
                Enumerable.Range(0, 500).Select(i => new Link(50 + (i % 8), 58 + (i / 8), (i / 8) + 101, 0, (i % 8) + 1, 0, -1)),
                l => 500 + ((l.ACage - 100) * 7_919),
                from: Tier.Leaf
            );
            return world;
        }
    }

    [Fact]
    public void Random_networks_keep_every_rule()
    {
        Random random = new(5);
        (CageUse A, CageUse Z)[] ends =
        [
            (Dgx, Qm9700),
            (Question.Nic400, Qm9700),
            (Question.Qsfp200, Question.Osfp4X200),
            (Question.Osfp8X100, Question.Osfp8X100),
            (Question.Osfp800, Question.Osfp800),
        ];
        for (int round = 0; round < 200; round++)
        {
            (CageUse a, CageUse z) = ends[random.Next(ends.Length)];
            int hosts = random.Next(1, 40);
            int leaves = random.Next(1, 5);
            int[] usedA = new int[hosts];
            int[] usedZ = new int[leaves];
            List<Link> links = [];
            for (int i = 0; i < hosts * a.Ways * 2; i++)
            {
                int host = random.Next(hosts);
                int leaf = random.Next(leaves);
                int at = usedA[host]++;
                int up = usedZ[leaf]++;
                links.Add(new(host, hosts + leaf, (at / a.Ways) + 1, at % a.Ways, (up / z.Ways) + 1, up % z.Ways, 0));
            }

            double scale = Math.Pow(10, random.NextDouble() * 4);
            CableWorld world = new()
            {
                HasPanels = random.Next(2) == 0,
                Hall = r => r % 2,
                PanelsBetween = (x, y) => x % 2 == y % 2 ? 0 : 2,
            };
            world.Add(a, z, links, _ => (int)(500 + (random.NextDouble() * scale * 500)));
            world.Plan(new() { ReachDerating = 0.6 + (random.NextDouble() * 0.4), Objective = (InterconnectObjective)random.Next(3) });
        }
    }
}
