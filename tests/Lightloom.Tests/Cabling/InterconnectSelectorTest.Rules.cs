using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

public partial class InterconnectSelectorTest
{
    [Theory]
    // Published at 1 to 3 m, 5 m and 7 m, and none between the nearest two or beyond: the bill's rule, not the nearest length's price.
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void The_price_that_is_shown_is_the_one_that_the_bill_takes(double metres, bool priced)
    {
        InterconnectCandidate aec = Question
            .Selector(exclude: ["dac", "acc"])
            .Rank(Question.Of(metres, Question.Osfp800))
            .First(c => c.Head.Id == "aec-800g");
        Length length = aec.OrderLength;
        Quote? bill = PriceRule.ForLength(new Dictionary<string, Money>(), aec.Head.Id, aec.Head.Prices, length);
        aec.Price.ShouldBe(bill?.Price);
        (aec.Price is not null).ShouldBe(priced, $"{length}");
        if (!priced)
        {
            aec.Reasons.ShouldContain(r => r.StartsWith("no price for its length", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Rejects_what_the_file_excludes_by_kind_or_id()
    {
        InterconnectSelector selector = Question.Selector(exclude: ["dac", "aec-800g"]);
        selector.Rejections(Question.Of(1), "dac-800g-osfp").Single().Code.ShouldBe(RejectionCode.Excluded);
        selector.Rejections(Question.Of(5), "aec-800g").Single().Code.ShouldBe(RejectionCode.Excluded);
        selector.Choose(Question.Of(1))!.Head.Id.ShouldBe("acc-800g-osfp");
    }

    [Fact]
    public void Assemblies_are_sold_by_length_and_not_derated_optics_are()
    {
        InterconnectSelector selector = Question.Selector(derating: 0.9);
        selector.Choose(Question.Of(2))!.Head.Id.ShouldBe("dac-800g-osfp");
        selector.Choose(Question.Of(7))!.Head.Kind.ShouldBe(InterconnectKind.Aec);
        selector.Choose(Question.Of(45))!.Head.Id.ShouldBe("sr8-800g-2xsr4-50m");
        InterconnectCandidate beyond = selector.Choose(Question.Of(45.001))!;
        beyond.Head.Id.ShouldBe("sr8-800g-ieee");
        beyond.Reach.ShouldBe(Length.FromMetres(90));
        beyond.RatedReach.ShouldBe(Length.FromMetres(100));
        Rejection short1 = selector.Rejections(Question.Of(47), "sr8-800g-2xsr4-50m").Single();
        short1.Code.ShouldBe(RejectionCode.Reach);
        short1.Excess.ShouldBe(2, 1e-9);
        short1.Reason.ShouldContain("50 m on OM4 x 0.9 = 45 m");
    }

    [Fact]
    public void Orders_the_next_sold_length_and_never_beyond_the_reach()
    {
        Question.Selector().Choose(Question.Of(1.2))!.OrderLength.ShouldBe(Length.FromMetres(1.5));
        Question.Selector(derating: 0.9).Choose(Question.Of(31))!.OrderLength.ShouldBe(Length.FromMetres(40));
        Question.Selector(derating: 0.9).Choose(Question.Of(41))!.OrderLength.ShouldBe(Length.FromMetres(45));
        Question.Selector(derating: 0.9).Choose(Question.Of(410))!.OrderLength.ShouldBe(Length.FromMetres(450));
    }

    [Fact]
    public void Rejects_what_does_not_fit_the_cage()
    {
        InterconnectSelector selector = Question.Selector();
        CageUse dd = Question.Cage(FormFactor.QsfpDd800, 800, 8, 1);
        selector.Rejections(Question.Of(60, dd), "dr8l-800g-100m").Select(r => r.Code).ShouldContain(RejectionCode.FormFactor);
        selector
            .Rejections(Question.Of(1, Question.Osfp800, dd), "dac-800g-osfp")
            .Select(r => r.Code)
            .ShouldContain(RejectionCode.FormFactor);
        // A module is bought for either form; a straight cable has like ends.
        selector.Choose(Question.Of(40, Question.Osfp800, dd))!.Head.Id.ShouldBe("sr8-800g-2xsr4-50m");
    }

    [Fact]
    public void Finned_tops_go_into_air_cooled_switches_only_and_flat_tops_into_hosts()
    {
        InterconnectModel finned = Question.Part("2xdr4-800g") with
        {
            Id = "finned",
            ThermalTypes = Figures.Own<IReadOnlyList<ThermalType>>([ThermalType.Ihs]),
        };
        InterconnectModel flat = Question.Part("2xdr4-800g") with
        {
            Id = "flat",
            ThermalTypes = Figures.Own<IReadOnlyList<ThermalType>>([ThermalType.Rhs]),
        };
        InterconnectSelector selector = Question.Selector(catalogue: Question.With(p => p.Append(finned).Append(flat)));
        CageUse air = Question.Cage(FormFactor.Osfp, 800, 8, 1, ThermalType.Ihs);
        CageUse host = Question.Cage(FormFactor.Osfp, 800, 8, 1, ThermalType.Rhs);
        selector.Rejections(Question.Of(100, air), "flat").Select(r => r.Code).ShouldContain(RejectionCode.Thermal);
        selector.Rejections(Question.Of(100, host), "finned").Select(r => r.Code).ShouldContain(RejectionCode.Thermal);
        selector.Rank(Question.Of(100, air)).Single(c => c.Head.Id == "finned").Verdict.ShouldBe(ProductVerdict.Feasible);
        // Between a host and a switch each end takes its own variant, from two entries if need be.
        InterconnectCandidate mixed = selector.Rank(Question.Of(100, host, air)).Single(c => c.Head.Id == "flat");
        mixed.Verdict.ShouldBe(ProductVerdict.Feasible);
        mixed.Tail.Id.ShouldNotBe("flat");
    }

    [Fact]
    public void Lanes_of_100G_and_200G_do_not_mix()
    {
        InterconnectSelector selector = Question.Selector();
        selector.Rejections(Question.Of(100), "dr4-800g-200g-lane").Select(r => r.Code).ShouldContain(RejectionCode.Lanes);
        CageUse fast = Question.Cage(FormFactor.Osfp224, 800, 4, 1);
        InterconnectCandidate chosen = selector.Choose(Question.Of(100, fast))!;
        chosen.Head.Id.ShouldBe("dr4-800g-200g-lane");
        selector.Rejections(Question.Of(100, fast), "2xdr4-800g").Select(r => r.Code).ShouldContain(RejectionCode.Lanes);
        // A 200G-lane cage and a 100G-lane cage of the same rate have no product in common.
        Question.Selector(exclude: "zr").Choose(Question.Of(100, fast, Question.Osfp800)).ShouldBeNull();
    }

    [Fact]
    public void Wavelength_multiplexed_modules_divide_as_2x400_only()
    {
        InterconnectSelector selector = Question.Selector();
        selector
            .Rank(Question.Of(1500, Question.Osfp2X400, Question.Qsfp400))
            .Single(c => c.Head.Id == "2xfr4-800g")
            .Rejections.ShouldBeEmpty();
        CageUse one = Question.Cage(FormFactor.Qsfp28, 100, 4, 1);
        Rejection no = selector
            .Rejections(Question.Of(1500, Question.Osfp8X100, one), "2xfr4-800g")
            .First(r => r.Code == RejectionCode.Breakout);
        no.Reason.ShouldContain("multiplexes wavelengths");
        InterconnectCandidate chosen = selector.Choose(Question.Of(1500, Question.Osfp8X100, one))!;
        chosen.Head.Id.ShouldBe("2xdr4-800g-2km");
        chosen.Tail.Id.ShouldBe("fr1-100g");
    }

    [Fact]
    public void A_2_km_module_never_meets_a_500_m_one()
    {
        foreach (InterconnectCandidate c in Question.Selector().Rank(Question.Of(300, Question.Osfp2X400, Question.Qsfp400)))
        {
            c.Tail.Family.ShouldBe(c.Head.Family);
        }

        InterconnectSelector alone = Question.Selector(
            catalogue: Question.With(p => p.Where(m => m.Id != "xdr4-400g" && m.Id != "fr4-400g"))
        );
        Rejection no = alone.Rejections(Question.Of(1500, Question.Osfp2X400, Question.Qsfp400), "2xdr4-800g-2km").Single();
        no.Code.ShouldBe(RejectionCode.Peer);
    }

    [Fact]
    public void A_splitter_joins_one_divided_cage_to_whole_ones_and_a_straight_cable_does_not_divide()
    {
        InterconnectSelector selector = Question.Selector();
        selector.Choose(Question.Of(3, Question.Osfp2X400, Question.Qsfp400))!.Head.Id.ShouldBe("dac-800g-2x400g");
        selector
            .Rejections(Question.Of(1, Question.Osfp2X400, Question.Qsfp400), "dac-800g-osfp")
            .Select(r => r.Code)
            .ShouldContain(RejectionCode.Assembly);
        selector.Rejections(Question.Of(1), "dac-800g-2x400g").Select(r => r.Code).ShouldContain(RejectionCode.Assembly);
        selector
            .Rejections(Question.Of(1, Question.Osfp2X400, Question.Osfp2X400), "dac-800g-osfp")
            .Select(r => r.Code)
            .ShouldContain(RejectionCode.Assembly);
        selector.Choose(Question.Of(1, Question.Osfp2X400, Question.Osfp2X400, LinkShape.Parallel))!.Head.Id.ShouldBe("dac-800g-osfp");
    }

    [Fact]
    public void A_twin_port_module_divides_both_ports_alike()
    {
        InterconnectModel odd = Question.Part("2xdr4-800g") with
        {
            Id = "odd",
            Breakouts = Figures.Own<IReadOnlyList<Breakout>>([new(3, DataRate.FromGbps(200))]),
        };
        InterconnectSelector selector = Question.Selector(catalogue: Question.With(p => p.Append(odd)));
        CageUse three = new(FormFactor.Osfp, ThermalType.Any, DataRate.FromGbps(800), 8, new(3, DataRate.FromGbps(200)));
        selector.Rejections(Question.Of(100, three, Question.Qsfp200), "odd").Select(r => r.Code).ShouldContain(RejectionCode.Breakout);
    }

    [Fact]
    public void Panels_cost_loss_and_stop_assemblies()
    {
        InterconnectSelector selector = Question.Selector();
        selector.Choose(Question.Of(100, panels: 2))!.Head.Id.ShouldBe("dr8l-800g-100m");
        // Four mated MPO pairs alone use up the 3.0 dB of a DR8 channel.
        InterconnectSelector budgeted = Question.Selector(exclude: ["dr8l-800g-100m", "lpo-800g-2dr4"]);
        Rejection loss = budgeted.Rejections(Question.Of(100, panels: 4), "2xdr4-800g").Single();
        loss.Code.ShouldBe(RejectionCode.Loss);
        loss.Excess.ShouldBe(0.04, 1e-9);
        InterconnectCandidate chosen = budgeted.Choose(Question.Of(100, panels: 4))!;
        chosen.Class!.Id.ShouldBe("2xdr4-or-2fr4");
        chosen.LossDb!.Value.ShouldBeLessThanOrEqualTo(chosen.LossBudgetDb!.Value);
        selector.Rejections(Question.Of(1, panels: 1), "dac-800g-osfp").Single().Code.ShouldBe(RejectionCode.Assembly);
    }

    [Fact]
    public void A_link_may_be_too_short_for_a_module()
    {
        Rejection no = Question.Selector().Rejections(Question.Of(0.8), "2xdr4-800g").Single();
        no.Code.ShouldBe(RejectionCode.MinimumReach);
        no.Excess.ShouldBe(1, 1e-9);
        // A route of 1.5 m takes a cable of 2 m, which is long enough.
        Question.Selector().Rejections(Question.Of(1.5), "2xdr4-800g").ShouldBeEmpty();
    }

    [Fact]
    public void Both_ends_must_correct_errors_alike_and_both_have_a_signal_processor_or_neither()
    {
        InterconnectModel other = Question.Part("dr4-400g") with { Id = "other-fec", Fec = "oFEC (256,239)-BCH" };
        InterconnectModel linear = Question.Part("dr4-400g") with { Id = "linear", IsLinear = true };
        Catalogue only = Question.With(p => p.Where(m => m.IsAssembly || m.Family != "dr" || m.Rate.Value.Gbps > 400).Append(other));
        Question
            .Selector(catalogue: only)
            .Rejections(Question.Of(100, Question.Osfp2X400, Question.Qsfp400), "2xdr4-800g")
            .Single()
            .Reason.ShouldContain("corrects errors");
        Catalogue half = Question.With(p => p.Where(m => m.IsAssembly || m.Family != "dr" || m.Rate.Value.Gbps > 400).Append(linear));
        Question
            .Selector(catalogue: half)
            .Rejections(Question.Of(100, Question.Osfp2X400, Question.Qsfp400), "2xdr4-800g")
            .Single()
            .Reason.ShouldContain("signal processor");
    }

    [Fact]
    public void Where_one_of_two_unlike_modules_has_no_published_error_correction_the_choice_says_so()
    {
        InterconnectModel silent = Question.Part("dr4-400g") with { Id = "silent", Fec = null };
        Catalogue only = Question.With(p => p.Where(m => m.IsAssembly || m.Family != "dr" || m.Rate.Value.Gbps > 400).Append(silent));
        InterconnectCandidate unsure = Question.Selector(catalogue: only).Choose(Question.Of(100, Question.Osfp2X400, Question.Qsfp400))!;
        unsure.Tail.Id.ShouldBe("silent");
        unsure.Reasons.ShouldContain(r => r.Contains("error correction silent needs is not published", StringComparison.Ordinal));
        InterconnectCandidate sure = Question.Selector().Choose(Question.Of(100, Question.Osfp2X400, Question.Qsfp400))!;
        sure.Reasons.ShouldNotContain(r => r.Contains("error correction", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sr8-800g-2xsr4-50m", true)]
    [InlineData("2xfr4-800g", false)]
    public void A_price_without_the_fibre_says_so(string module, bool without)
    {
        // Duplex LC cords of two lengths have public prices, MPO cords of OM4 have none: there a longer link costs no more.
        InterconnectSelector selector = Question.Selector(catalogue: Question.With(p => p.Where(m => m.Id == module)));
        InterconnectCandidate chosen = selector.Choose(Question.Of(3))!;
        (chosen.Price!.Value == selector.Choose(Question.Of(20))!.Price!.Value).ShouldBe(without);
        chosen.Reasons.Any(r => r.Contains("none is published for the fibre", StringComparison.Ordinal)).ShouldBe(without);
    }

    [Fact]
    public void A_linear_module_needs_a_host_that_drives_it()
    {
        InterconnectSelector selector = Question.Selector(InterconnectObjective.Power);
        selector.Choose(Question.Of(200))!.Head.Id.ShouldBe("lpo-800g-2dr4");
        LinkQuestion host = Question.Of(200) with { LinearAllowed = false };
        selector.Rejections(host, "lpo-800g-2dr4").Single().Code.ShouldBe(RejectionCode.Linear);
        (selector.Choose(host)!.Head.IsLinear is { Value: true }).ShouldBeFalse();
    }

    [Fact]
    public void A_co_packaged_socket_takes_fibre_and_one_module_at_the_other_end()
    {
        CageUse socket = Question.Cage(FormFactor.CoPackagedMpo12, 800, 4, 1);
        CageUse fast = Question.Cage(FormFactor.Osfp224, 800, 4, 1);
        InterconnectCandidate chosen = Question.Selector().Choose(Question.Of(100, fast, socket))!;
        chosen.Head.Id.ShouldBe("dr4-800g-200g-lane");
        chosen.HeadAtZ.ShouldBeFalse();
        chosen.Power!.Value.ShouldBe(Question.Part("dr4-800g-200g-lane").PowerTypical!.Value);
        Question.Selector().Choose(Question.Of(100, socket))!.Power!.Value.ShouldBe(Power.Zero);
        Question
            .Selector()
            .Rejections(Question.Of(1, fast, socket), "dac-1600g")
            .Select(r => r.Code)
            .ShouldContain(RejectionCode.FormFactor);
    }

    [Fact]
    public void What_lacks_a_figure_is_shown_but_never_chosen()
    {
        IReadOnlyList<InterconnectCandidate> all = Question.Selector().Rank(Question.Of(1000));
        all.Select(c => c.Head.Id).ShouldBeUnique();
        all.Count.ShouldBe(Catalogue.Default.Interconnects.Count);
        foreach (string id in (string[])["sr4.2-800g", "lr8-800g-lwdm", "fr8-800g-lwdm"])
        {
            all.Single(c => c.Head.Id == id).Rejections.Select(r => r.Code).ShouldContain(RejectionCode.Unpublished);
        }

        all.ShouldAllBe(c => c.Reasons.Count > 0);
    }

    [Fact]
    public void No_price_ranks_last_among_equals_and_the_median_of_the_newest_decides()
    {
        IReadOnlyList<InterconnectCandidate> ranked =
        [
            .. Question.Selector().Rank(Question.Of(40)).Where(c => c.Verdict != ProductVerdict.Rejected && c.Class?.Id == "aoc-or-sr8"),
        ];
        ranked[^1].Price.ShouldBeNull();
        int priced = ranked.Count(c => c.Price is not null);
        priced.ShouldBeGreaterThan(1);
        ranked.Take(priced).ShouldAllBe(c => c.Price != null);
        // What FS.com asked on 2026-09-22 for an OSFP SR8 of 50 m with fins, at either end; where any heat sink does, that counts.
        ranked[0].Price!.Value.ShouldBe(Money.FromDollars(879 * 2));
    }

    [Fact]
    public void The_price_of_a_link_counts_all_ends_and_the_fibre()
    {
        Catalogue priced = Catalogue.Default.WithPrices(
            new Dictionary<string, Money>
            {
                ["2xdr4-800g"] = Money.FromDollars(1000),
                ["fibre-mpo12-os2"] = Money.FromDollars(70),
                ["dac-800g-osfp"] = Money.FromDollars(150),
            }
        );
        InterconnectSelector selector = Question.Selector(catalogue: priced);
        // Two modules, and a fibre cable for each of their two connectors.
        selector.Choose(Question.Of(300))!.Price.ShouldBe(Money.FromDollars(2140));
        selector.Choose(Question.Of(1))!.Price.ShouldBe(Money.FromDollars(150));
    }

    [Fact]
    public void Latency_counts_modules_error_correction_and_propagation()
    {
        InterconnectCandidate dac = Question.Selector().Choose(Question.Of(2))!;
        dac.Latency!.Value.Nanoseconds.ShouldBe(100 + (2 * 4.5), 0.01);
        InterconnectCandidate dr = Question.Selector().Choose(Question.Of(500))!;
        dr.Latency!.Value.Nanoseconds.ShouldBe(100 + 100 + (500 * 4.9), 0.01);
    }

    [Fact]
    public void A_splitter_counts_its_tails_in_power_and_a_pair_its_modules()
    {
        InterconnectCandidate split = Question.Selector().Choose(Question.Of(4.5, Question.Osfp4X200, Question.Qsfp200))!;
        split.Head.Id.ShouldBe("acc-800g-split");
        split.Power!.Value.Watts.ShouldBe(1.5 + (4 * 0.3), 1e-9);
        InterconnectCandidate pair = Question.Selector().Choose(Question.Of(40, Question.Osfp2X400, Question.Nic400))!;
        pair.Head.Id.ShouldBe("sr8-800g-2xsr4-50m");
        pair.Tail.Id.ShouldBe("sr4-400g");
        // 879 for the twin-port module, 769 for each MMA4Z00-NS400 in OSFP (FS.com, 2026-09-22); the QSFP112 form costs more.
        pair.Price!.Value.ShouldBe(Money.FromDollars(879 + (769 * 2)));
    }

    [Fact]
    public void Management_cords_pass_panels()
    {
        CageUse jack = new(FormFactor.Rj45, ThermalType.Any, DataRate.FromGbps(1), 1, new(1, DataRate.FromGbps(1)));
        InterconnectCandidate cord = Question.Selector().Choose(Question.Of(60, jack, jack, panels: 2))!;
        cord.Head.Kind.ShouldBe(InterconnectKind.Utp);
        Question.Selector().Choose(Question.Of(101, jack, jack)).ShouldBeNull();
    }
}
