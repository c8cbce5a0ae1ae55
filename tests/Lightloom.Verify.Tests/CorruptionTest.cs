using Lightloom.Report.Tests;
using Lightloom.Verify.Outcome;
using Xunit.Abstractions;

namespace Lightloom.Verify.Tests;

/// <summary>Every deliberate mistake is named by its rule, at its file, and none is named in a folder without mistakes.</summary>
public sealed class CorruptionTest(CorruptionTest.Lab lab, ITestOutputHelper output) : IClassFixture<CorruptionTest.Lab>
{
    private readonly Lab _lab = lab;

    public static TheoryData<string> Names => [.. Corruptions.All.Select(c => c.ToString())];

    [Fact]
    public void There_are_at_least_forty_and_no_two_are_the_same() =>
        Corruptions.All.Select(c => c.ToString()).Distinct().Count().ShouldBeGreaterThanOrEqualTo(Math.Max(40, Corruptions.All.Count));

    [Fact]
    public void Every_rule_has_a_mistake_that_it_must_name() =>
        Rules.All.Select(r => r.Id).Except(Corruptions.All.Select(c => c.Rule)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_wrong_before_the_mistake()
    {
        _lab.Folder.Verify().Contradictions.ShouldBeEmpty();
        _lab.Panels.Verify().Contradictions.ShouldBeEmpty();
        _lab.Trays.Verify().Contradictions.ShouldBeEmpty();
        _lab.Cassettes.Verify().Contradictions.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_named_by_its_rule(string name)
    {
        Corruption one = Corruptions.All.First(c => c.ToString() == name);
        using WrittenFolder folder = (
            one.AtPanels ? _lab.Panels
            : one.WithTrays ? _lab.Trays
            : one.WithCassettes ? _lab.Cassettes
            : _lab.Folder
        ).Copy();
        one.Do(folder);
        VerifyReport report = folder.Verify();
        output.WriteLine($"named: {report.Contradictions.FirstOrDefault(c => c.Rule.Id == one.Rule)}");
        report.Contradictions.ShouldContain(c => c.Rule.Id == one.Rule, string.Join('\n', report.Contradictions.Take(10)));
        report.Contradictions.Count(c => c.Rule == Rules.Manifest).ShouldBe(1, "a folder that was edited is said in one line");
    }

    [Fact]
    public void A_cut_sheet_that_a_spreadsheet_saved_with_semicolons_is_read()
    {
        using WrittenFolder folder = _lab.Folder.Copy();
        new Sheet(folder["cables.csv"]).Save(';');
        folder.Verify().Contradictions.Select(c => c.Rule).ShouldBe([Rules.Manifest]);
    }

    [Fact]
    public void Lines_of_a_rule_are_counted_beyond_those_that_are_shown()
    {
        using WrittenFolder folder = _lab.Folder.Copy();
        Sheet sheet = new(folder["cables.csv"]);
        foreach (List<string> row in sheet.Rows)
        {
            sheet.Set(row, "order_length_m", "0.1");
        }

        sheet.Save();
        VerifyReport? report = Verifier.Run(folder.Path, new() { PerRule = 3 }, []);
        report.ShouldNotBeNull();
        report.Contradictions.Count(c => c.Rule == Rules.Ordered).ShouldBe(3);
        report.Rules.First(r => r.Rule == Rules.Ordered).Contradictions.ShouldBe(sheet.Rows.Count);
    }

    /// <summary>The folder that every mistake is made in: lab-8 with a catalogue of its own.</summary>
    public sealed class Lab : IDisposable
    {
        public Lab()
        {
            string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "lab-8.yaml"));
            Folder = new(TestDesigns.Of(yaml + "\ncatalog: {switches: {spare-box: {cages: 8, rate_gbps: 800}}}\n"));
        }

        internal WrittenFolder Folder { get; }

        /// <summary>Two halls with patch panels and trunks between them.</summary>
        internal WrittenFolder Panels { get; } = new(TestDesigns.TwoHalls);

        /// <summary>Two racks of trays.</summary>
        internal WrittenFolder Trays { get; } =
            new(TestDesigns.Of("lightloom: 1\nname: racks\npools: [{name: gb, node: gb200-nvl72, nodes: 2}]\n"));

        /// <summary>Rows of a hall with panels of duplex LC between them, cassettes, trunks, and a switch in stock that carries traffic.</summary>
        internal WrittenFolder Cassettes { get; } =
            new(
                TestDesigns.Of(
                    """
                    lightloom: 1
                    name: patched
                    pools: [{name: t, node: dgx-h100, nodes: 12}]
                    backend: {switch: nvidia-sn5610, tiers: 2}
                    frontend: {enabled: false}
                    oob: {enabled: false}
                    existing: {nvidia-sn5610: {count: 1, used_ports: 8}}
                    interconnect: {spares: 0.5, exclude: [dac, acc, aec, aoc, sr, dr, lr]}
                    floor: {panels_between_rows: 2, rows: 4, racks_per_row: 6, rack: {power_kw: 22, reserved_units: 16}}
                    """
                )
            );

        public void Dispose()
        {
            Cassettes.Dispose();
            Trays.Dispose();
            Folder.Dispose();
            Panels.Dispose();
        }
    }
}
