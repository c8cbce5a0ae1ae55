using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Transport;

/// <summary>One observation at a time against the papers and the simulators of their authors.</summary>
public class ControlLawsTest
{
    // Ultra Ethernet 1.0, NSCC, and htsim's uec.cpp: cwnd *= max(1 - 0.8 (avg - target) / avg, 0.5).
    [Theory]
    [InlineData(10_000_000, 10_000_000, 1.0)]
    [InlineData(12_500_000, 10_000_000, 0.84)]
    [InlineData(20_000_000, 10_000_000, 0.6)]
    [InlineData(80_000_000, 10_000_000, 0.5)]
    public void Nscc_gives_up_four_fifths_of_its_excess_delay_and_never_more_than_half(long average, long target, double kept) =>
        Nscc.Kept(average, target, gamma: 0.8, leastKept: 0.5).ShouldBe(kept, 1e-12);

    // Kumar et al., "Swift", SIGCOMM 2020, algorithm 1 with beta 0.8 and max_mdf 0.5.
    [Theory]
    [InlineData(50_000_000, 50e6, 1.0)]
    [InlineData(62_500_000, 50e6, 0.84)]
    [InlineData(100_000_000, 50e6, 0.6)]
    [InlineData(500_000_000, 50e6, 0.5)]
    public void Swift_gives_up_four_fifths_of_its_excess_delay_and_never_more_than_half(long delay, double target, double kept) =>
        Swift.Kept(delay, target, beta: 0.8, mostDecrease: 0.5).ShouldBe(kept, 1e-12);

    // Ultra Ethernet 1.0 and htsim's uec.cpp: constants are chosen at 100 Gb/s and 12 us, and grow with the bandwidth-delay product.
    [Theory]
    [InlineData(100, 12, 1)]
    [InlineData(400, 12, 4)]
    [InlineData(800, 6, 4)]
    [InlineData(100, 3, 0.25)]
    public void Nscc_s_increases_grow_with_the_bandwidth_delay_product(double gbps, double microseconds, double scale) =>
        Nscc.ScaleOf(gbps * 1e9 / 8 * microseconds * 1e-6).ShouldBe(scale, 1e-12);

    // alpha = 4 mss a b / target with b = target / 12 us: the target cancels out, so that 4 packets are added for 12 us of room.
    [Theory]
    [InlineData(9_000_000)]
    [InlineData(3_000_000)]
    public void Nscc_adds_four_packets_a_round_trip_of_12_microseconds_below_its_target(long target) =>
        (Nscc.ProportionalIncrease(4, payload: 4086, scale: 1, target) * 12_000_000).ShouldBe(4 * 4086, 1e-6);

    // Swift, algorithm 1: a timeout takes max_mdf once a round trip, RETX_RESET_THRESHOLD of them in a row the whole window (5 in htsim).
    [Theory]
    [InlineData(1, true, 50)]
    [InlineData(1, false, 100)]
    [InlineData(4, true, 50)]
    [InlineData(5, true, 0.1)]
    [InlineData(6, false, 0.1)]
    public void Swift_halves_after_a_timeout_and_starts_over_after_five(int inARow, bool mayDecrease, double left) =>
        Swift.AfterTimeout(100, inARow, mayDecrease, mostDecrease: 0.5, least: 0.1).ShouldBe(left, 1e-12);

    // Li et al., "HPCC", SIGCOMM 2019: a link is kept at 95 % so that a queue never stands.
    [Fact]
    public void Hpcc_brings_a_full_link_down_to_95_percent()
    {
        Hpcc.IsBusy(0.94, eta: 0.95).ShouldBeFalse();
        Hpcc.IsBusy(0.96, eta: 0.95).ShouldBeTrue();
        Hpcc.WindowFor(reference: 150_000, utilisation: 1, eta: 0.95, increase: 0).ShouldBe(142_500, 1e-6);
    }

    // Two windows' worth on one link: each sender is to halve, and then keeps to 95 %.
    [Fact]
    public void Hpcc_halves_in_one_step_when_a_link_is_asked_for_twice_its_rate() =>
        Hpcc.WindowFor(reference: 150_000, utilisation: 2, eta: 0.95, increase: 4086).ShouldBe(75_336, 1e-6);

    // Zhu et al., "DCQCN", SIGCOMM 2015, equations 1 and 2 with g = 1/256: alpha starts at 1, so the first notification halves the rate.
    [Fact]
    public void The_first_notification_halves_the_rate_of_dcqcn() => Dcqcn.Reduced(100, alpha: 1).ShouldBe(50);

    // (1 - 1/256)^256 is 1/e but for a fifth of a percent: 14 ms of quiet at 55 us a period.
    [Fact]
    public void Dcqcn_forgets_congestion_to_one_part_in_e_over_256_quiet_periods()
    {
        double alpha = Dcqcn.Quiet(1, gain: 1.0 / 256, periods: 256);

        alpha.ShouldBe(1 / Math.E, 0.002 / Math.E);
        Dcqcn.Reduced(100, alpha).ShouldBe(100 * (1 - 0.5 / Math.E), 0.05);
    }

    [Fact]
    public void Dcqcn_learns_of_congestion_as_slowly_as_it_forgets()
    {
        double alpha = 0;
        for (int mark = 0; mark < 256; mark++)
        {
            alpha = Dcqcn.Marked(alpha, gain: 1.0 / 256);
        }

        alpha.ShouldBe(1 - 1 / Math.E, 0.002);
        Dcqcn.Marked(1, gain: 1.0 / 256).ShouldBe(1, 1e-12);
    }

    // The switches of the HPCC authors' ns-3 (switch-mmu.cc) let an upstream port go on three kibibytes below its threshold.
    [Theory]
    [InlineData(131_072, 128_000)]
    [InlineData(2_000, 0)]
    public void A_paused_port_goes_on_three_kibibytes_below_the_threshold(long pausedAt, long resumedAt) =>
        ClassQueues.ResumeAt(pausedAt).ShouldBe(resumedAt);

    // Alizadeh et al., DCTCP, SIGCOMM 2010: alpha = (1 - g) alpha + g F with g = 1/16, so that 16 marked windows leave (15/16)^16 to go.
    [Fact]
    public void A_plane_s_marked_share_follows_DCTCP_s_alpha()
    {
        double share = 0;
        for (int window = 0; window < 16; window++)
        {
            share = PlaneCredits.Smoothed(share, bad: 8, heard: 8);
        }

        share.ShouldBe(1 - Math.Pow(15.0 / 16, 16), 1e-12);
        PlaneCredits.Smoothed(share, bad: 1, heard: 4).ShouldBe(share * 15 / 16 + 1.0 / 64, 1e-12);
    }

    // switch-mmu.cc of HPCC's ns-3: reserve = 4 * 1024 bytes for each ingress and class, then a share of what is free.
    [Theory]
    [InlineData(1.0 / 16, 1_000_000, 1048, 62_500)]
    [InlineData(1.0 / 16, 10_000, 1048, 4096)]
    [InlineData(1.0 / 16, 0, 1048, 4096)]
    [InlineData(1.0 / 16, 0, 9000, 9000)]
    public void An_ingress_may_hold_its_reserve_or_its_share_of_what_is_free(double alpha, long free, int mtu, long pausedAt) =>
        ClassQueues.SharedPauseAt(alpha, free, mtu).ShouldBe(pausedAt);

    // uet-htsim prints these for its three-tier topology of 128 hosts at 100 Gb/s: round trip 14.0227 us, a queue of 178,450 bytes (one
    // bandwidth-delay product in packets of 4,150), marks from 37,350 to 145,250 bytes: a fifth and four fifths of it.
    [Fact]
    public void Queues_and_marks_of_nscc_are_those_that_htsim_prints()
    {
        NetworkDescription network = TestNetwork.Topology("ft128_100g.topo", 100);

        var parameters = new Parameters(network, new SimulationOptions { Transport = "nscc" }, Transports.Find("nscc"));

        (parameters.RoundTrip / 1e6).ShouldBe(14.0227, 0.0001);
        parameters.QueueBytes.ShouldBe(178_450);
        parameters.EcnLowBytes.ShouldBe(37_350);
        parameters.EcnHighBytes.ShouldBe(145_250);
    }

    // Mittal et al., "TIMELY", SIGCOMM 2015, algorithm 1 with beta 0.8: at twice Thigh 0.4 of the rate goes, and at a gradient of a half.
    [Fact]
    public void Timely_gives_up_beta_of_the_excess_above_its_upper_threshold_and_of_the_gradient_below_it()
    {
        Timely.KeptAbove(1_000_000_000, high: 500_000_000, beta: 0.8).ShouldBe(0.6, 1e-12);
        Timely.KeptRising(0.5, beta: 0.8).ShouldBe(0.6, 1e-12);
        Timely.KeptRising(2, beta: 0.8).ShouldBe(0);
    }

    // The figures as the papers and the authors' scripts print them; a default that is scaled is held at the line rate it is printed for.
    [Theory]
    [InlineData("nscc", "gamma", 100, 0.8)]
    [InlineData("hpcc", "eta", 100, 0.95)]
    [InlineData("hpcc", "max-stage", 100, 5)]
    [InlineData("swift", "beta", 100, 0.8)]
    [InlineData("swift", "max-mdf", 100, 0.5)]
    [InlineData("dcqcn", "g", 40, 0.00390625)]
    [InlineData("dcqcn", "notice-interval-us", 40, 50)]
    [InlineData("dcqcn", "alpha-timer-us", 40, 55)]
    [InlineData("dcqcn", "rate-timer-us", 40, 55)]
    [InlineData("dcqcn", "byte-counter", 40, 1e7)]
    [InlineData("dcqcn", "fast-recovery-stages", 40, 5)]
    [InlineData("dcqcn", "rai-mbps", 40, 40)]
    [InlineData("dcqcn", "rhai-mbps", 40, 200)]
    [InlineData("dcqcn", "kmin-bytes", 40, 5_000)]
    [InlineData("dcqcn", "kmax-bytes", 40, 200_000)]
    [InlineData("dcqcn", "pmax", 40, 0.01)]
    [InlineData("timely", "beta", 10, 0.8)]
    [InlineData("timely", "t-low-us", 10, 50)]
    [InlineData("timely", "t-high-us", 10, 500)]
    [InlineData("timely", "rai-mbps", 10, 10)]
    public void A_default_is_the_published_figure_at_the_published_line_rate(string transport, string option, int gbps, double published)
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 2, gbps);
        TransportDescription description = Transports.Find(transport);
        var parameters = new Parameters(network, new SimulationOptions { Transport = transport }, description);

        parameters.Values[description.OptionOf(option)!].ShouldBe(published, 1e-9 * published);
    }

    // Kmin and Kmax are lengths of one port's queue: a card of four ports has four such queues, not one of four times the length.
    [Theory]
    [InlineData(PlanePolicy.Stripe)]
    [InlineData(PlanePolicy.ShortestQueue)]
    public void Marking_thresholds_go_by_a_ports_rate_however_many_ports_a_card_has(PlanePolicy policy)
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 2, gbps: 40, planes: 4);
        SimulationOptions options = new()
        {
            Transport = "dcqcn",
            SelectiveRepeat = true,
            PlanePolicy = policy,
        };
        var parameters = new Parameters(network, options, Transports.Find("dcqcn"));

        parameters.EcnLowBytes.ShouldBe(5_000);
        parameters.EcnHighBytes.ShouldBe(200_000);
    }

    // run.py of the HPCC authors at --bw 100: ai 20 Mb/s, hai 200, Kmin 400 KB, Kmax 1,600 KB, Pmax 0.2 for DCQCN; 40 Mb/s by T for HPCC.
    [Theory]
    [InlineData("dcqcn", "dcqcn-hpcc-ns3", "rai-mbps", 20)]
    [InlineData("dcqcn", "dcqcn-hpcc-ns3", "rhai-mbps", 200)]
    [InlineData("dcqcn", "dcqcn-hpcc-ns3", "kmin-bytes", 400_000)]
    [InlineData("dcqcn", "dcqcn-hpcc-ns3", "kmax-bytes", 1_600_000)]
    [InlineData("dcqcn", "dcqcn-hpcc-ns3", "pmax", 0.2)]
    [InlineData("dcqcn", "dcqcn-paper-40g", "rai-mbps", 40)]
    [InlineData("hpcc", "hpcc-ns3", "max-stage", 0)]
    [InlineData("hpcc", "hpcc-paper-100g", "wai-bytes", 80)]
    public void A_preset_is_what_its_authors_wrote_and_one_option_goes_before_it(
        string transport,
        string preset,
        string option,
        double published
    )
    {
        NetworkDescription network = TestNetwork.Topology("ft128_100g.topo", 100);
        TransportDescription description = Transports.Find(transport);
        SimulationOptions options = new() { Transport = transport, Preset = preset };

        new Parameters(network, options, description).Values[description.OptionOf(option)!].ShouldBe(published, 1e-9);

        double other = published == 0 ? 1 : published / 2;
        SimulationOptions own = options with { TransportOptions = new Dictionary<string, double> { [option] = other } };
        new Parameters(network, own, description).Values[description.OptionOf(option)!].ShouldBe(other);
    }
}
