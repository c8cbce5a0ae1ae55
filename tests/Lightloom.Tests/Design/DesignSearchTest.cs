using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>How many backends are carried through before the answer is known, and what a refusal says.</summary>
public sealed partial class DesignSearchTest
{
    private static string Case(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Lightloom.Tests", "Design", "cases", name + ".yaml"));

    private static ClusterSpec Read(string text)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(text, "case.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return spec!;
    }

    private sealed class Counter : IProgress<DesignStage>
    {
        public int Attempts { get; private set; }

        public int Sizings { get; private set; }

        public void Report(DesignStage value)
        {
            Attempts += value.Name == "drawing the networks" ? 1 : 0;
            Sizings += value.Name == "sizing the networks" ? 1 : 0;
        }
    }

    // Each attempt draws, places and cables a network. Before lower bounds and shapes, these took 256, 256 and 225 of them.
    [Theory]
    [InlineData("limit-capex", 9, "LL7901")]
    [InlineData("limit-latency-1-node", 6, "LL7904")]
    public void An_answer_of_no_takes_few_attempts_and_sizes_the_backends_once(string name, int most, string id)
    {
        Counter counter = new();
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(Case(name)), diagnostics, counter).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == id && d.Severity == Severity.Error);
        counter.Sizings.ShouldBe(1);
        counter.Attempts.ShouldBeInRange(1, most);
    }

    // Its first frontends found no cable of 200G past 90 m, and each next one had the same kind of link; one of other cages has.
    [Fact]
    public void A_frontend_of_other_cages_follows_one_that_found_no_cable()
    {
        Counter counter = new();
        DiagnosticBag diagnostics = new();
        ClusterDesign design = Designer
            .Design(Read(Case("no-cables-34-nodes")), diagnostics, counter, worries: false)
            .ShouldNotBeNull(string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)));
        counter.Attempts.ShouldBeInRange(1, 15);

        // The design says which gave way, and why.
        design.PassedOver.ShouldNotBeEmpty();
        PassedOver passed = design.PassedOver[0];
        passed.Fabric.ShouldBe(FabricRole.Frontend);
        passed.Reason.ShouldContain("frontend host-leaf");
        design.Diagnostics.ShouldContain(d => d.Id == "LL4108" && d.Message.Contains(passed.Switches));
    }

    [Fact]
    public void Where_some_planes_find_no_cable_between_halls_others_are_tried_before_their_like()
    {
        // On eight planes the legs of 100G would part behind panels of different halls, whatever the model of switch: eight attempts went
        // to them, and the answer was no. There are four numbers of planes, and four kinds of cage for the frontend's 200G.
        Counter counter = new();
        DiagnosticBag diagnostics = new();
        const string file =
            "lightloom: 1\nname: halls\npools: [{name: p, node: dgx-b300, xpus: 131072}]\nbackend: {paradigm: auto, planes: auto}\n";
        ClusterDesign? design = Designer.Design(Read(file), diagnostics, counter);
        design.ShouldNotBeNull(string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)));
        counter.Attempts.ShouldBeInRange(1, 8);
    }

    [Fact]
    public void A_thousand_pools_of_one_node_are_designed_at_the_first_attempt()
    {
        // The frontend is named, so that none gives way to the next: its links of 90 m are not what is asked here.
        StringBuilder text = new("lightloom: 1\nname: pools\nfrontend: {switch: nvidia-sn5610}\npools:\n");
        for (int p = 0; p < 1300; p++)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{name: p{p}, node: dgx-h100, nodes: 1}}\n");
        }

        Counter counter = new();
        DiagnosticBag diagnostics = new();
        ClusterDesign? design = Designer.Design(Read(text.ToString()), diagnostics, counter);
        design.ShouldNotBeNull(string.Join("\n", diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)));
        // The racks of switches stand in the middle, where the management leaves are full: devices there move over to leaves with room.
        counter.Attempts.ShouldBe(1);
    }

    [GeneratedRegex(@"it works with objectives\.limits: (\{[^}]*\})")]
    private static partial Regex Works();

    [Theory]
    [InlineData("{capex_usd: 1000}")]
    [InlineData("{capex_usd: 100000}")]
    [InlineData("{network_power_kw: 3}")]
    [InlineData("{racks: 3}")]
    [InlineData("{latency_us: 0.6}")]
    [InlineData("{capex_usd: 100000, network_power_kw: 2, racks: 5, latency_us: 0.1}")]
    public void The_values_that_a_refusal_names_work_when_they_are_taken(string limits)
    {
        string With(string l) =>
            $$"""
                lightloom: 1
                name: limit
                pools:
                  - {name: train, node: dgx-h100, nodes: 16}
                backend: {paradigm: auto, planes: auto}
                objectives: {limits: {{l}}}
                """;
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(With(limits)), diagnostics).ShouldBeNull();
        string raised = Works().Matches(string.Join("\n", diagnostics.Select(d => d.Message))).Single().Groups[1].Value;
        foreach (string key in limits.Trim('{', '}').Split(", ").Select(e => e.Split(": ")[0]))
        {
            raised.ShouldContain(key + ": ");
        }

        DiagnosticBag again = new();
        Designer.Design(Read(With(raised)), again).ShouldNotBeNull(raised + "\n" + string.Join("\n", again.Select(d => d.Message)));
    }

    // The bound is what refuses a backend without a design, so it must never be above what the design comes to.
    [Theory]
    [InlineData("hopper-1k")]
    [InlineData("blackwell-1k")]
    [InlineData("scheduled-4k")]
    [InlineData("two-vendors-2k")]
    [InlineData("lab-8")]
    public void No_design_undercuts_the_lower_bound_of_its_backend(string example)
    {
        ClusterSpec spec = Read(File.ReadAllText(Path.Combine(Repository.Root, "examples", example + ".yaml")));
        DiagnosticBag diagnostics = new();
        NetworkChoices choices = NetworkBuilder.Choices(spec, null, diagnostics)!;
        ClusterDesign design = Designer.Design(spec, diagnostics)!;
        Alternative chosen = design.Alternatives.Single(a => a.Chosen);
        int index = design.Alternatives.ToList().IndexOf(chosen);
        LimitValues bound = new LimitBound(spec).Of(choices.FirstWith(choices.Backends[index]));
        LimitValues actual = LimitValues.Of(design.Bill, design.Latency);
        bound.Capex.Cents.ShouldBeLessThanOrEqualTo(actual.Capex.Cents);
        bound.Power.Milliwatts.ShouldBeLessThanOrEqualTo(actual.Power.Milliwatts);
        bound.Racks.ShouldBeLessThanOrEqualTo(actual.Racks);
        bound.Latency.Picoseconds.ShouldBeLessThanOrEqualTo(actual.Latency.Picoseconds);
        // And it says something: switches are the greater part of a network's power, and the path passes them all.
        (bound.Power.Watts / actual.Power.Watts).ShouldBeGreaterThan(0.3);
        (bound.Latency.Nanoseconds / actual.Latency.Nanoseconds).ShouldBeGreaterThan(0.3);
    }

    // A cheap hot switch and a dear cool one: cost is minimised by the first, and only the second keeps a limit on power.
    [Fact]
    public void A_power_limit_that_only_a_dearer_backend_keeps_is_met_by_it()
    {
        static string Spec(string objectives) =>
            $$"""
                lightloom: 1
                name: limit
                pools:
                  - {name: train, node: dgx-h100, nodes: 64}
                objectives: {{objectives}}
                prices: {hot: 1000, cool: 50000}
                catalog:
                  switches:
                    hot: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 2, power_w: 3000}
                    cool: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 2, power_w: 300}
                """;
        ClusterDesign cheapest = Designer.Design(Read(Spec("{minimize: capex}")), new())!;
        ClusterDesign coolest = Designer.Design(Read(Spec("{minimize: power}")), new())!;
        cheapest.Alternatives.Single(a => a.Chosen).Leaf.ShouldBe("hot");
        double limit = coolest.Bill.NetworkPowerTypical.Kilowatts * 1.01;
        cheapest.Bill.NetworkPowerTypical.Kilowatts.ShouldBeGreaterThan(limit);
        string both = string.Create(CultureInfo.InvariantCulture, $"{{minimize: capex, limits: {{network_power_kw: {limit:0.000}}}}}");
        ClusterDesign? kept = Designer.Design(Read(Spec(both)), new());
        kept.ShouldNotBeNull();
        kept.Bill.NetworkPowerTypical.Kilowatts.ShouldBeLessThanOrEqualTo(limit);
        kept.Alternatives.Single(a => a.Chosen).Leaf.ShouldBe("cool");
    }
}
