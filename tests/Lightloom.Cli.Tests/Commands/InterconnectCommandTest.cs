using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lightloom.Cli.Commands;
using Lightloom.Hardware;
using Lightloom.Units;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

public class InterconnectCommandTest
{
    [Fact]
    public void Json_is_as_the_contract_says()
    {
        (int code, string output, string errors) = Run(
            new()
            {
                Length = Length.FromMetres(42),
                Rate = DataRate.FromGbps(800),
                Json = true,
            }
        );
        code.ShouldBe(0);
        errors.ShouldBeEmpty();
        JsonElement root = JsonDocument.Parse(output).RootElement;
        root.GetProperty("query").GetProperty("length_m").GetDouble().ShouldBe(42);
        root.GetProperty("query").GetProperty("rate_gbps").GetDouble().ShouldBe(800);
        JsonElement chosen = root.GetProperty("chosen");
        chosen.GetProperty("kind").GetString().ShouldBe("sr");
        chosen.GetProperty("reach_m").GetDouble().ShouldBe(50);
        foreach (string key in (string[])["id", "name", "price_usd", "power_w", "latency_ns"])
        {
            chosen.TryGetProperty(key, out _).ShouldBeTrue(key);
        }

        JsonElement[] candidates = [.. root.GetProperty("candidates").EnumerateArray()];
        candidates.Count(c => c.GetProperty("verdict").GetString() == "chosen").ShouldBe(1);
        foreach (JsonElement c in candidates)
        {
            c.GetProperty("verdict").GetString().ShouldBeOneOf("chosen", "feasible", "rejected");
            c.GetProperty("kind").GetString().ShouldBeOneOf("dac", "acc", "aec", "aoc", "sr", "dr", "fr", "lr", "er", "zr", "utp");
            c.GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(0);
        }

        candidates[0].GetProperty("id").GetString().ShouldBe(chosen.GetProperty("id").GetString());
    }

    // A default of 1 looked like a value that was asked for.
    [Fact]
    public void What_nobody_gave_is_marked_as_assumed()
    {
        Cli.Run run = Execute("interconnect", "--length-m", "42", "--rate-gbps", "800", "--panels", "1");
        run.Out.ShouldMatch(@"assumed, as not given: --fibre om4, --objective cost, --reach-derating 1");
        Cli.Run json = Execute("interconnect", "--length-m", "42", "--rate-gbps", "800", "--reach-derating", "0.9", "--json");
        JsonDocument
            .Parse(json.Out)
            .RootElement.GetProperty("query")
            .GetProperty("defaults")
            .EnumerateArray()
            .Select(k => k.GetString())
            .ShouldBe(["fibre", "objective", "panels"]);
    }

    [Theory]
    [InlineData(1, "dac")]
    [InlineData(6, "aec")]
    [InlineData(40, "sr")]
    [InlineData(400, "dr")]
    [InlineData(500, "dr")]
    [InlineData(2000, "fr")]
    [InlineData(10000, "lr")]
    public void Follows_the_article(double metres, string kind)
    {
        (_, string output, _) = Run(
            new()
            {
                Length = Length.FromMetres(metres),
                Rate = DataRate.FromGbps(800),
                Json = true,
            }
        );
        JsonDocument.Parse(output).RootElement.GetProperty("chosen").GetProperty("kind").GetString().ShouldBe(kind);
    }

    [Fact]
    public void The_nearest_misses_are_shown_and_the_rest_is_counted()
    {
        (_, string all, _) = Run(Asked(rows: 1000));
        (_, string few, _) = Run(Asked(rows: 3));
        string[] Rejected(string text) =>
            [
                .. text.Split('\n')
                    .SkipWhile(l => !l.StartsWith("Rejected", StringComparison.Ordinal))
                    .Skip(1)
                    .Where(l => l.StartsWith("  ") && l[2] != ' '),
            ];
        int count = Rejected(all).Length;
        count.ShouldBeGreaterThan(100);
        Rejected(few).Take(3).ShouldBe(Rejected(all).Take(3));
        Rejected(few)[3].ShouldBe($"  and {count - 3} more (--rows N, or --json for all)");
        all.ShouldNotContain("the Z cage");
        new InterconnectCommand.Request { Length = Length.FromMetres(42), Rate = DataRate.FromGbps(800) }.Rows.ShouldBeInRange(5, 20);

        static InterconnectCommand.Request Asked(int rows) =>
            new()
            {
                Length = Length.FromMetres(42),
                Rate = DataRate.FromGbps(800),
                Rows = rows,
            };
    }

    [Fact]
    public void An_exclusion_that_names_nothing_is_refused()
    {
        (int code, string output, string errors) = Run(
            new()
            {
                Length = Length.FromMetres(42),
                Rate = DataRate.FromGbps(800),
                Exclude = ["aoc", "sr8-800g-2xsr4-50"],
            }
        );
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.ShouldBe(
            "lightloom: --exclude: no kind or interconnect is called 'sr8-800g-2xsr4-50'; did you mean 'sr8-800g-2xsr4-50m'?\n"
        );
    }

    [Theory]
    [InlineData(800)]
    [InlineData(400)]
    public void A_breakout_is_asked_by_the_rate_of_its_cage_or_of_one_leg(double rate)
    {
        (int code, string output, _) = Run(
            new()
            {
                Length = Length.FromMetres(100),
                Rate = DataRate.FromGbps(rate),
                Breakout = new(2, DataRate.FromGbps(400)),
                Json = true,
            }
        );
        code.ShouldBe(0);
        JsonElement chosen = JsonDocument.Parse(output).RootElement.GetProperty("chosen");
        chosen.GetProperty("kind").GetString().ShouldBe("dr");
        chosen.GetProperty("tail").GetString().ShouldStartWith("dr4-400g");
    }

    [Fact]
    public void Says_what_a_design_that_derates_would_take()
    {
        (_, string output, _) = Run(
            new()
            {
                Length = Length.FromMetres(48),
                Rate = DataRate.FromGbps(800),
                Json = true,
            }
        );
        JsonElement root = JsonDocument.Parse(output).RootElement;
        root.GetProperty("chosen").GetProperty("id").GetString().ShouldBe("sr8-800g-2xsr4-50m");
        root.GetProperty("derated").GetProperty("chosen").GetProperty("id").GetString().ShouldBe("sr8-800g-ieee");
    }

    [Theory]
    [InlineData("--length-m", "-1")]
    [InlineData("--length-m", "nan")]
    [InlineData("--rate-gbps", "0")]
    [InlineData("--breakout", "two")]
    [InlineData("--breakout", "3x400")]
    [InlineData("--fibre", "om9")]
    [InlineData("--objective", "speed")]
    [InlineData("--form-factor", "xfp")]
    [InlineData("--form-factor", "osfp,")]
    [InlineData("--form-factor", "qsfp28")]
    [InlineData("--lane-gbps", "0")]
    [InlineData("--panels", "65")]
    [InlineData("--reach-derating", "1.1")]
    public void Bad_arguments_exit_2_with_a_sentence(string option, string value)
    {
        List<string> args = ["interconnect", "--length-m", "10", "--rate-gbps", "800", "--json"];
        int at = args.IndexOf(option);
        if (at > 0)
        {
            args[at + 1] = value;
        }
        else
        {
            args.AddRange([option, value]);
        }

        Cli.Run run = Cli.Execute([.. args]);
        run.Code.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(option);
    }

    // What a cluster file assumes of cages of that rate decides, unless a form is given: QSFP112 for 400G, four lanes of 25G for 100G.
    [Theory]
    [InlineData(400, 100, null, "qsfp112", "qsfp112")]
    [InlineData(100, 80, null, "qsfp28", "qsfp28")]
    [InlineData(400, 400, "qsfp-dd", "qsfp-dd", "qsfp-dd")]
    [InlineData(25, 50, null, "sfp28", "sfp28")]
    [InlineData(10, 50, null, "sfp+", "sfp+")]
    [InlineData(1, 50, null, "rj45", "rj45")]
    [InlineData(400, 400, "qsfp112,qsfp-dd", "qsfp112", "qsfp-dd")]
    public void The_form_implies_the_lanes_at_each_end(double rate, double metres, string? forms, string a, string z)
    {
        List<string> args = ["interconnect", "--length-m", $"{metres}", "--rate-gbps", $"{rate}", "--json"];
        if (forms is not null)
        {
            args.AddRange(["--form-factor", forms]);
        }

        Cli.Run run = Cli.Execute([.. args]);
        run.Code.ShouldBe(0, run.Error);
        JsonElement query = JsonDocument.Parse(run.Out).RootElement.GetProperty("query");
        query.GetProperty("form_factor").GetString().ShouldBe(a);
        query.GetProperty("tail_form_factor").GetString().ShouldBe(z);
    }

    [Fact]
    public void Eight_100G_tails_of_an_OSFP_may_be_QSFP28()
    {
        Cli.Run run = Cli.Execute([
            "interconnect",
            "--length-m",
            "100",
            "--rate-gbps",
            "800",
            "--breakout",
            "8x100",
            "--form-factor",
            "osfp,qsfp28",
            "--json",
        ]);
        run.Code.ShouldBe(0, run.Error);
        JsonElement chosen = JsonDocument.Parse(run.Out).RootElement.GetProperty("chosen");
        chosen.GetProperty("kind").GetString().ShouldBe("dr");
        chosen.GetProperty("tail").GetString().ShouldBe("dr1-100g");
    }

    [Fact]
    public void Nothing_feasible_exits_3_and_names_the_nearest_miss()
    {
        (int code, string output, string errors) = Run(
            new()
            {
                Length = Length.FromMetres(200_000),
                Rate = DataRate.FromGbps(800),
                Json = true,
            }
        );
        code.ShouldBe(3);
        JsonDocument.Parse(output).RootElement.GetProperty("chosen").ValueKind.ShouldBe(JsonValueKind.Null);
        errors.ShouldContain("LL6901");
        errors.ShouldContain("LL6901");
        errors.ShouldContain("zr-800g: reaches 80000 m over a line system with amplifiers");
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        foreach (
            InterconnectCommand.Request request in (InterconnectCommand.Request[])
                [
                    new() { Length = Length.FromMetres(42), Rate = DataRate.FromGbps(800) },
                    new()
                    {
                        Length = Length.FromMetres(1900),
                        Rate = DataRate.FromGbps(800),
                        Breakout = new(2, DataRate.FromGbps(400)),
                        Panels = 2,
                    },
                    new()
                    {
                        Length = Length.FromMetres(3),
                        Rate = DataRate.FromGbps(400),
                        Forms = new(FormFactor.Qsfp112, null),
                    },
                ]
        )
        {
            (int code, string output, _) = Run(request);
            code.ShouldBe(0);
            output.Split('\n').ShouldAllBe(line => line.Length <= 100);
        }
    }

    // NVIDIA sells its 400G SR4 for NICs and DGX cages with a flat top only; air-cooled switches take finned ones.
    [Theory]
    [InlineData("osfp-flat", true)]
    [InlineData("osfp-fin", false)]
    [InlineData("osfp", true)]
    [InlineData("osfp-fin,osfp-flat", false)]
    public void The_form_may_say_which_heat_sink_a_cage_takes(string form, bool fits)
    {
        ParseResult parsed = new RootCommand { InterconnectCommand.Create() }.Parse([
            "interconnect",
            "--length-m",
            "30",
            "--rate-gbps",
            "400",
            "--form-factor",
            form,
        ]);
        parsed.Errors.ShouldBeEmpty();
        string[] words = form.Split(',');
        (_, string output, _) = Run(
            new()
            {
                Length = Length.FromMetres(30),
                Rate = DataRate.FromGbps(400),
                Rows = 500,
                Forms = new(FormFactor.Osfp, FormFactor.Osfp) { TopA = TopOf(words[0]), TopZ = TopOf(words[^1]) },
            }
        );
        string line = output.Split('\n').First(l => l.Contains(" sr4-400g "));
        line.Contains("flat top").ShouldBe(!fits, line);

        static ThermalType TopOf(string word) =>
            word.EndsWith("-fin") ? ThermalType.Ihs
            : word.EndsWith("-flat") ? ThermalType.Rhs
            : ThermalType.Any;
    }

    [Fact]
    public void The_command_line_reaches_the_command()
    {
        ParseResult parsed = new RootCommand { InterconnectCommand.Create() }.Parse([
            "interconnect",
            "--length-m",
            "42",
            "--rate-gbps",
            "800",
            "--exclude",
            "dac",
            "aoc",
            "--json",
        ]);
        parsed.Errors.ShouldBeEmpty();
        new RootCommand { InterconnectCommand.Create() }
            .Parse(["interconnect", "--rate-gbps", "800"])
            .Errors.ShouldNotBeEmpty();
    }

    private static (int Code, string Output, string Errors) Run(InterconnectCommand.Request request)
    {
        using MemoryStream output = new();
        using StringWriter errors = new();
        int code = InterconnectCommand.Run(request, output, errors);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
