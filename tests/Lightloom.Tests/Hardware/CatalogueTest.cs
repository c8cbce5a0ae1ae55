using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>The built-in catalogue as a whole.</summary>
public partial class CatalogueTest
{
    private static Catalogue Built => Catalogue.Default;

    [Fact]
    public void The_built_in_catalogue_reads_without_a_complaint()
    {
        var diagnostics = new DiagnosticBag();
        Catalogue catalogue = Catalogue.Read(Catalogue.BuiltInFiles(), diagnostics);
        diagnostics.ShouldBeEmpty(string.Join("\n", diagnostics));
        catalogue.Switches.Count.ShouldBeGreaterThan(28);
        catalogue.Interconnects.Count.ShouldBeGreaterThan(45);
    }

    [Fact]
    public void Every_figure_of_every_part_has_a_source_that_exists_or_a_reason_why_it_is_assumed()
    {
        foreach (CatalogueEntry entry in Built.Entries)
        {
            foreach (ShownFigure figure in CatalogueFigures.Of(entry).Where(f => f.Value is not null))
            {
                string? why = figure.Assumed;
                if (why is not null)
                {
                    why.Length.ShouldBeGreaterThan(10, $"{entry.Id} {figure.Key}");
                    continue;
                }

                if (figure.Key is "kind" or "role" or "article_class" or "family" && entry.SourceIds.Count == 0)
                {
                    continue;
                }

                IReadOnlyList<string> sources = figure.SourceIds;
                sources.ShouldNotBeEmpty($"{entry.Id} {figure.Key}");
                sources.ShouldAllBe(id => Built.Sources.ContainsKey(id));
            }
        }
    }

    [Fact]
    public void Every_price_has_a_source_a_date_and_a_positive_amount()
    {
        foreach (CatalogueEntry entry in Built.Entries)
        {
            foreach (Price price in CatalogueFigures.PricesOf(entry))
            {
                Built.Sources.Keys.ShouldContain(price.SourceId);
                (price.Date ?? "").ShouldMatch(@"^\d{4}(-\d\d(-\d\d)?)?$", $"{entry.Id} {price.Item}");
                price.Low.Cents.ShouldBeGreaterThan(0);
                price.High.ShouldBeGreaterThanOrEqualTo(price.Low);
            }
        }
    }

    [Fact]
    public void Every_fact_article_rule_and_difference_has_a_source_or_a_reason()
    {
        foreach (Fact fact in Built.Facts.Values)
        {
            (fact.SourceIds.Count > 0 ^ fact.Assumed is not null).ShouldBeTrue(fact.Key);
            fact.Values.ShouldNotBeEmpty();
            fact.Value.ShouldBe(fact.Values[^1]);
        }

        Built.ArticleClasses.Values.ShouldAllBe(c => c.SourceIds.Count > 0 && c.Article.Length > 10 && c.Standards.Length > 10);
        Built.Differences.Values.ShouldAllBe(d =>
            d.SourceIds.Count > 0
            && d.Article.Length > 0
            && d.Found.Length > 10
            && (d.Class == null || Built.ArticleClasses.ContainsKey(d.Class))
        );
        Built.Rules.Values.ShouldAllBe(r => r.SourceIds.Count > 0 && r.Text.Length > 20);
        IEnumerable<string> cited = Built
            .Facts.Values.SelectMany(f => f.SourceIds)
            .Concat(Built.ArticleClasses.Values.SelectMany(c => c.SourceIds))
            .Concat(Built.Differences.Values.SelectMany(c => c.SourceIds))
            .Concat(Built.Rules.Values.SelectMany(c => c.SourceIds));
        cited.ShouldAllBe(id => Built.Sources.ContainsKey(id));
    }

    [Fact]
    public void Every_source_is_cited_and_says_what_was_read()
    {
        HashSet<string> cited =
        [
            .. Built.Entries.SelectMany(CatalogueFigures.SourcesOf),
            .. Built.Entries.SelectMany(CatalogueFigures.PricesOf).Select(p => p.SourceId),
            .. Built.Facts.Values.SelectMany(f => f.SourceIds),
            .. Built.ArticleClasses.Values.SelectMany(c => c.SourceIds),
            .. Built.Differences.Values.SelectMany(c => c.SourceIds),
            .. Built.Rules.Values.SelectMany(c => c.SourceIds),
            .. Built.Models.Values.SelectMany(CatalogueFigures.SourcesOf),
            .. Built.Generations.Values.SelectMany(CatalogueFigures.SourcesOf),
            .. Built.Stacks.Values.SelectMany(CatalogueFigures.SourcesOf),
        ];
        Built.Sources.Keys.Except(cited).ShouldBeEmpty();
        Built.Sources.Values.ShouldAllBe(s => s.Title.Length > 8 && (s.Url == null || s.Url.StartsWith("https://")));
    }

    [Fact]
    public void A_switch_whose_cages_are_known_has_everything_that_a_design_needs()
    {
        foreach (SwitchModel s in Built.Switches.Values.Where(s => s.Cages.Count > 0))
        {
            s.RackUnits.ShouldNotBeNull(s.Id);
            s.PowerTypical.ShouldNotBeNull(s.Id);
            s.PowerMaximum.ShouldNotBeNull(s.Id);
            s.Latency.ShouldNotBeNull(s.Id);
            s.PowerMaximum.Value.ShouldBeGreaterThanOrEqualTo(s.PowerTypical.Value, s.Id);
            int next = 1;
            foreach (CageBlock block in s.Cages)
            {
                block.FirstNumber.ShouldBe(next, s.Id);
                next += block.Count.Value;
                block.Breakouts.OrEmpty().ShouldNotBeEmpty(s.Id);
                block.Breakouts.OrEmpty().SequenceEqual(block.Breakouts.OrEmpty().Order()).ShouldBeTrue(s.Id);
            }
        }
    }

    [Fact]
    public void A_node_with_a_backend_has_a_size_a_power_and_a_frontend()
    {
        foreach (NodeModel n in Built.Nodes.Values.Where(n => n.Backend is not null))
        {
            (n.IsRack ? n.Racks?.Value >= 1 && n.Width is not null && n.Depth is not null : n.RackUnits is not null).ShouldBeTrue(n.Id);
            n.PowerTypical.ShouldNotBeNull(n.Id);
            n.PowerMaximum.ShouldNotBeNull(n.Id);
            n.PowerMaximum.Value.ShouldBeGreaterThanOrEqualTo(n.PowerTypical.Value, n.Id);
            n.Frontend.ShouldNotBeNull(n.Id);
            n.Xpus.Value.ShouldBeGreaterThan(0, n.Id);
        }
    }

    [Fact]
    public void An_interconnect_that_can_be_plugged_in_has_everything_that_a_design_needs()
    {
        foreach (
            InterconnectModel i in Built.Interconnects.Values.Where(i =>
                i.FormFactors.OrEmpty().Count > 0 && i.Kind is not InterconnectKind.Zr
            )
        )
        {
            i.Reach.OrEmpty().ShouldNotBeEmpty(i.Id);
            i.Breakouts.OrEmpty().ShouldNotBeEmpty(i.Id);
            i.Lanes.ShouldNotBeNull(i.Id);
            i.LaneRate.ShouldNotBeNull(i.Id);
            i.PowerTypical.ShouldNotBeNull(i.Id);
            i.PowerMaximum.ShouldNotBeNull(i.Id);
            i.Latency.ShouldNotBeNull(i.Id);
            if (i.IsAssembly)
            {
                i.CatalogueLengths.OrEmpty().ShouldNotBeEmpty(i.Id);
                i.CatalogueLengths!.Value[^1].ShouldBeLessThanOrEqualTo(i.Reach.OrEmpty().Values.Max(), i.Id);
            }
            else
            {
                i.Connector.ShouldNotBeNull(i.Id);
                i.Fibres.ShouldNotBeNull(i.Id);
            }
        }
    }

    [Fact]
    public void Lanes_times_lane_rate_is_the_rate_of_an_interconnect()
    {
        foreach (InterconnectModel i in Built.Interconnects.Values.Where(i => i.Lanes is not null && i.LaneRate is not null))
        {
            (i.LaneRate!.Value * i.Lanes!.Value).ShouldBe(i.Rate.Value, i.Id);
        }
    }

    [Fact]
    public void Products_of_the_100G_lane_and_the_200G_lane_are_of_different_families()
    {
        ILookup<string, double> rates = Built
            .Interconnects.Values.Where(i => !i.IsAssembly && i.LaneRate is not null)
            .ToLookup(i => i.Family, i => i.LaneRate!.Value.Gbps);
        foreach (IGrouping<string, double> family in rates)
        {
            family.Distinct().Count().ShouldBe(1, family.Key);
        }
    }

    [Fact]
    public void A_part_that_is_not_published_enough_to_be_used_is_still_shown_but_has_no_cages()
    {
        Built.Switches["nvidia-sn6200-ld"].Cages.ShouldBeEmpty();
        Built.Switches["nvidia-sn6800-ld"].Cages.ShouldBeEmpty();
        Built.Switches["cisco-8132"].Cages.ShouldBeEmpty();
        Built.Interconnects["sr4.2-800g"].FormFactors.OrEmpty().ShouldBeEmpty();
        Built.Switches["nvidia-sn6200-ld"].NotPublished.ShouldContain("cages");
    }

    [Fact]
    public void The_catalogue_is_found_by_id_across_its_kinds()
    {
        Built.Find("nvidia-qm9700").ShouldBeOfType<SwitchModel>();
        Built.Find("dgx-h100").ShouldBeOfType<NodeModel>();
        Built.Find("connectx-7").ShouldBeOfType<NicModel>();
        Built.Find("2xdr4-800g").ShouldBeOfType<InterconnectModel>();
        Built.Find("fibre-lc-os2").ShouldBeOfType<PassiveModel>();
        Built.Find("tomahawk5").ShouldBeOfType<AsicModel>();
        Built.Find("nothing").ShouldBeNull();
        Built.Entries.Select(e => e.Id).Distinct().Count().ShouldBe(Built.Entries.Count());
        Should.Throw<KeyNotFoundException>(() => Built.Fact("nothing"));
    }

    [Fact]
    public void The_catalogue_loads_quickly_once_the_code_is_warm()
    {
        (string, string)[] files = [.. Catalogue.BuiltInFiles()];
        var best = TimeSpan.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, ThreadClock.Of(() => Catalogue.Read(files, new DiagnosticBag())).Ticks));
        }

        best.TotalMilliseconds.ShouldBeLessThan(
            2000,
            "a bound for a slow machine that still catches what grows with the square of the files"
        );
    }
}
