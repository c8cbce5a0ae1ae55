using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Transport;

public class TransportsTest
{
    public static TheoryData<string> TransportWords => [.. Transports.Words];

    public static TheoryData<string> BalancingWords => [.. LoadBalancings.Words];

    // Cluster files that exist use these words; a new one joins them and none of them may change.
    [Fact]
    public void The_words_that_cluster_files_use_stay_words()
    {
        string[] transports =
        [
            "nscc",
            "rccc",
            "nscc+rccc",
            "ndp",
            "eqds",
            "dcqcn",
            "roce",
            "hpcc",
            "swift",
            "timely",
            "fixed-window",
            "ideal",
        ];
        transports.ShouldBeSubsetOf(Transports.Words);
        string[] balancings = ["ecmp", "flowlet", "oblivious", "bitmap", "reps", "mixed", "switch-rr", "switch-ar", "switch-ar-flow"];
        balancings.ShouldBeSubsetOf(LoadBalancings.Words);
        Transports.Words.ShouldBeUnique();
        LoadBalancings.Words.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(TransportWords))]
    public void A_transport_runs_under_its_word_in_any_case_and_says_what_it_is(string word)
    {
        TransportDescription transport = Transports.Find(word.ToUpperInvariant());
        transport.Name.ShouldBe(word);
        transport.Help.ShouldMatch(".{10,120}[^.]$");
        LoadBalancings.TryFind(transport.LoadBalancing).ShouldNotBeNull();
        SimulationResult result = Run(new SimulationOptions { Transport = word, FlowControl = transport.FlowControl });
        result.Flows.ShouldAllBe(f => f.Finish > SimTime.Zero);
    }

    [Theory]
    [MemberData(nameof(BalancingWords))]
    public void A_load_balancing_runs_under_its_word_in_any_case_and_says_what_it_is(string word)
    {
        LoadBalancingDescription balancing = LoadBalancings.Find(word.ToUpperInvariant());
        balancing.Name.ShouldBe(word);
        balancing.Help.ShouldMatch(".{10,120}[^.]$");
        SimulationResult result = Run(new SimulationOptions { LoadBalancing = word });
        result.Flows.ShouldAllBe(f => f.Finish > SimTime.Zero);
    }

    // The trait is held to what the network shows: the uplinks of its leaf that one large flow has filled.
    [Theory]
    [MemberData(nameof(BalancingWords))]
    public void A_flow_fills_one_uplink_or_several_as_the_load_balancing_says(string word)
    {
        const long bytes = 4 << 20;
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(2, 2, 8),
            TestNetwork.One(0, 3, bytes),
            new SimulationOptions { LoadBalancing = word }
        );
        int host = result.Links.Count(l => l.Upwards && l.Bytes > bytes);
        int filled = result.Links.Count(l => l.Upwards && l.Bytes > bytes / 32) - host;
        host.ShouldBeGreaterThan(0);
        (host + filled == 2).ShouldBe(LoadBalancings.Find(word).OnePath, $"{host} links carried all, {filled} a part");
    }

    [Fact]
    public void A_word_that_is_none_is_refused_with_those_there_are()
    {
        Transports.TryFind("nsccrccc").ShouldBeNull();
        Should.Throw<ArgumentException>(() => Transports.Find("nsccrccc")).Message.ShouldContain("nscc+rccc");
        Should.Throw<ArgumentException>(() => LoadBalancings.Find("random")).Message.ShouldContain("switch-ar-flow");
        Should.Throw<ArgumentException>(() => Run(new SimulationOptions { Transport = "tcp" })).Message.ShouldContain("tcp");
    }

    [Fact]
    public void Every_transport_has_its_model_page()
    {
        string pages = Path.Combine(TestNetwork.Root, "docs", "models");
        foreach (string word in Transports.Words)
        {
            word.Split('+').ShouldAllBe(part => File.Exists(Path.Combine(pages, part + ".md")), word);
        }
    }

    // The pages are written by hand; name, default, unit, range, meaning and source in them are those of the code, whole.
    [Fact]
    public void Each_model_page_lists_the_constants_of_its_transport_as_the_code_has_them()
    {
        foreach (TransportDescription transport in Transports.All.Where(t => !t.Name.Contains('+', StringComparison.Ordinal)))
        {
            string page = File.ReadAllText(Path.Combine(TestNetwork.Root, "docs", "models", transport.Name + ".md"));
            int start = page.IndexOf("## Options", StringComparison.Ordinal);
            (start < 0 ? [] : Items(page[start..])).ShouldBe(
                transport.Options.Select(Line).Concat(transport.Presets.Select(Preset)),
                $"docs/models/{transport.Name}.md"
            );
        }

        static string Line(TransportOption o) =>
            $"- `{o.Name}` {o.DefaultText} ({o.Range}{(o.Whole ? ", whole" : "")}): {o.Help}. {o.Source}.";

        static string Preset(TransportPreset p) =>
            $"- `{p.Name}`: {p.Help}: "
            + string.Join(", ", p.Values.Select(v => $"{v.Option.Name} {v.Option.Words(v.Figure, v.Scale)}"))
            + $". {p.Source}.";
    }

    [Fact]
    public void The_table_of_transports_has_a_row_for_each_as_the_code_describes_it()
    {
        string page = File.ReadAllText(Path.Combine(TestNetwork.Root, "docs", "models", "transports.md"));
        page.Split('\n').Where(l => l.StartsWith("| [", StringComparison.Ordinal)).ShouldBe(Transports.All.Select(Row));

        static string Row(TransportDescription t)
        {
            string file = t.Name.Split('+')[0];
            string flow = t.FlowControl.ToString().ToLowerInvariant();
            return $"| [`{t.Name}`]({file}.md) | {t.Help} | {t.LoadBalancing} | {flow} |";
        }
    }

    // List items of a page, each on one line however it is wrapped.
    private static IEnumerable<string> Items(string text)
    {
        string? item = null;
        foreach (string line in text.Split('\n'))
        {
            if (item is not null && line.StartsWith("  ", StringComparison.Ordinal))
            {
                item += " " + line.Trim();
                continue;
            }

            if (item is not null)
            {
                yield return item;
            }

            item = line.StartsWith("- `", StringComparison.Ordinal) ? line : null;
        }

        if (item is not null)
        {
            yield return item;
        }
    }

    // A list of constants without where they come from would be worth nothing.
    [Theory]
    [MemberData(nameof(TransportWords))]
    public void Each_constant_says_unit_range_default_and_source_and_its_model_page_names_it(string word)
    {
        TransportDescription transport = Transports.Find(word);
        string pages = string.Join(
            '\n',
            word.Split('+').Select(part => File.ReadAllText(Path.Combine(TestNetwork.Root, "docs", "models", part + ".md")))
        );
        transport.Options.Select(o => o.Name).ShouldBeUnique();
        foreach (TransportOption option in transport.Options)
        {
            option.Name.ShouldMatch("^[a-z][a-z0-9-]*$");
            option.Help.ShouldMatch(".{10,}[^.]$");
            option.Source.Length.ShouldBeGreaterThan(10);
            option.Least.ShouldBeLessThan(option.Most);
            (option.Scale != ValueScale.Fixed || option.Takes(option.Default)).ShouldBeTrue(option.Name);
            option.Takes(option.Nearest(option.Most * 2 + 1)).ShouldBeTrue(option.Name);
            option.Takes(option.Nearest(-1)).ShouldBeTrue(option.Name);
        }

        foreach (TransportPreset preset in transport.Presets)
        {
            preset.Values.ShouldAllBe(v => transport.Options.Contains(v.Option));
            preset.Values.Where(v => v.Scale == ValueScale.Fixed).ShouldAllBe(v => v.Option.Takes(v.Figure));
            pages.ShouldContain($"`{preset.Name}`");
        }
    }

    [Fact]
    public void A_constant_that_the_transport_lacks_or_does_not_take_is_refused_by_the_engine_too()
    {
        SimulationOptions With(string name, double value) =>
            new()
            {
                Transport = "dcqcn",
                TransportOptions = new Dictionary<string, double> { [name] = value },
            };
        Should.Throw<ArgumentException>(() => Run(With("eta", 0.9))).Message.ShouldContain("eta");
        Should.Throw<ArgumentException>(() => Run(With("g", 2))).Message.ShouldContain("g=2");
        Should.Throw<ArgumentException>(() => Run(With("kmin-bytes", 1e9))).Message.ShouldContain("kmax-bytes");
        Should.Throw<ArgumentException>(() => Run(new() { Transport = "dcqcn", Preset = "hpcc-ns3" })).Message.ShouldContain("hpcc-ns3");
    }

    [Fact]
    public void A_pause_at_no_bytes_is_refused_and_not_taken_for_the_usual_one()
    {
        SimulationOptions pfc = new() { Transport = "roce", FlowControl = FlowControl.Pfc };
        Should.Throw<ArgumentException>(() => Run(pfc with { PauseAt = DataSize.Zero })).Message.ShouldContain("above zero");
        Should.Throw<ArgumentException>(() => Run(pfc with { ResumeAt = DataSize.Zero })).Message.ShouldContain("above zero");
    }

    private static SimulationResult Run(SimulationOptions options) =>
        PacketSimulator.Run(TestNetwork.LeafSpine(2, 2, 2), TestNetwork.One(0, 3, 1 << 20), options);
}
