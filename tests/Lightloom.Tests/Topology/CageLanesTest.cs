using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>At which lane rates the cages of switches run, and into how many ports they then divide.</summary>
public sealed class CageLanesTest
{
    private static readonly (SwitchModel Box, CageBlock Block)[] Blocks =
    [
        .. Catalogue
            .Default.Switches.Values.OrderBy(s => s.Id, StringComparer.Ordinal)
            .SelectMany(s => s.Cages.Where(c => c.Purpose == PortPurpose.Network).Select(c => (s, c))),
    ];

    private static readonly int[] Rates = [1, 10, 25, 40, 50, 100, 200, 400, 800, 1600];

    // Every cage of the catalogue at every lane rate, asked for ports of every rate.
    private static IEnumerable<(SwitchModel Box, CageBlock Block, DataRate Lane, DataRate Rate)> Asked =>
        from block in Blocks
        from lane in LaneRateSet.All
        from rate in Rates
        select (block.Box, block.Block, lane, DataRate.FromGbps(rate));

    // What the lanes of a cage carry is a law of arithmetic, whoever chose the division.
    [Fact]
    public void A_division_never_takes_more_lanes_than_the_cage_has_nor_a_lane_rate_that_it_does_not_run()
    {
        int slower = 0;
        foreach ((SwitchModel box, CageBlock block, DataRate lane, DataRate rate) in Asked)
        {
            if (!PortPlan.TryBreakout(block, rate, lane, out Breakout division))
            {
                continue;
            }

            string what = $"{box.Id}: {division} at {lane} a lane";
            division.Rate.ShouldBe(rate, what);
            (division.Rate * division.Ways).ShouldBeLessThanOrEqualTo(block.CageRate.Value, what);
            if (lane == block.LaneRate)
            {
                block.Breakouts.Value.ShouldContain(division, what);
                continue;
            }

            slower++;
            lane.ShouldBeLessThan(block.LaneRate, what);
            (division.Rate * division.Ways).ShouldBeLessThanOrEqualTo(lane * block.Lanes.Value, what);
            (rate.BitsPerSecond % lane.BitsPerSecond).ShouldBe(0, what);
            (block.LaneRates?.Value.Contains(lane) ?? block.Breakouts.Value.Contains(division)).ShouldBeTrue(what);
            Enumerable.Range(block.FirstNumber, block.Count.Value).Any(n => block.Allows(n, division, lane)).ShouldBeTrue(what);
        }

        slower.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void A_switch_runs_all_its_cages_at_a_slower_rate_as_far_as_its_chip_has_ports()
    {
        foreach ((SwitchModel box, CageBlock block, DataRate lane, DataRate rate) in Asked)
        {
            if (
                lane >= block.LaneRate
                || !block.TryDivide(rate, lane, out _)
                || PortPlan.AllDown(box, rate, PortPurpose.Network, HeldPorts.None, out _, lane) is not { } plan
            )
            {
                continue;
            }

            string what = $"{box.Id}: {rate} at {lane} a lane";
            plan.DownLane.ShouldBe(lane, what);
            plan.DownUse.LaneRate.ShouldBe(lane, what);
            plan.DownUse.Breakout.Rate.ShouldBe(rate, what);
            plan.DownPorts.ShouldBeInRange(1, box.MaxLogicalPorts?.Value ?? int.MaxValue, what);
            plan.DownCages.ShouldBeUnique(what);
        }
    }

    // The default for a box of one's own rests on this.
    [Fact]
    public void Every_switch_whose_lane_rates_are_known_runs_the_next_slower_one()
    {
        (SwitchModel Box, CageBlock Block)[] known = [.. Blocks.Where(b => b.Block.LaneRates is { IsAssumed: false })];
        known.Length.ShouldBeGreaterThanOrEqualTo(70);
        foreach ((SwitchModel box, CageBlock block) in known)
        {
            block.LaneRates!.Value.ShouldContain(block.LaneRate, box.Id);
            block.LaneRates.Value.ShouldContain(LaneRateSet.All.Last(r => r < block.LaneRate), box.Id);
            block.LaneRates.SourceIds.ShouldContain(s => s == "CALC" || s == "S111", box.Id);
        }
    }

    // NVIDIA sells MCP7Y60 (2 x 200G to QSFP56) and MCP7Y70 (4 x 100G to QSFP56), both of eight lanes of 50G, for these boxes.
    [Theory]
    [InlineData("nvidia-sn5600", 200, 2)]
    [InlineData("nvidia-sn5610", 200, 2)]
    [InlineData("nvidia-sn5600", 100, 4)]
    [InlineData("nvidia-qm9700", 200, 2)]
    [InlineData("nvidia-qm9790", 200, 2)]
    [InlineData("nvidia-qm9700", 100, 4)]
    public void Cages_of_100G_lanes_run_the_splitters_of_50G_lanes_that_are_sold_for_them(string box, int gbps, int ways)
    {
        CageBlock block = Catalogue.Default.Switches[box].Cages.First(c => c.Purpose == PortPurpose.Network);
        block.TryDivide(DataRate.FromGbps(gbps), DataRate.FromGbps(50), out Breakout division).ShouldBeTrue();
        division.Ways.ShouldBe(ways);
    }

    [Theory]
    [InlineData("lane_rates_gbps: [100, 40]", "no lane runs at 40G; the nearest rate of a lane is 50G")]
    [InlineData("lane_rates_gbps: [50, 25]", "lane_rates_gbps")]
    [InlineData("lane_rates_gbps: [100, 50, 50]", "lists '50G' twice")]
    public void Lane_rates_that_cannot_be_are_refused_with_what_would_be_right(string keys, string words)
    {
        DiagnosticBag diagnostics = new();
        SpecReader.Read(
            "lightloom: 1\nname: a\npools: [{name: t, node: dgx-h100, nodes: 2}]\n"
                + $"catalog: {{switches: {{s: {{cages: 64, rate_gbps: 800, {keys}}}}}}}\n",
            "lanes.yaml",
            Catalogue.Default,
            diagnostics
        );
        diagnostics.ShouldContain(d => d.Id == "LL1009" && d.Message.Contains(words), string.Join('\n', diagnostics));
    }
}
