using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lightloom.Cli.Commands;

namespace Lightloom.Cli.Tests.Commands;

public class InterconnectCommandTest
{
    [Fact]
    public void Json_is_as_the_contract_says()
    {
        (int code, string output, string errors) = Run(
            new()
            {
                LengthMetres = 42,
                RateGbps = 800,
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
                LengthMetres = metres,
                RateGbps = 800,
                Json = true,
            }
        );
        JsonDocument.Parse(output).RootElement.GetProperty("chosen").GetProperty("kind").GetString().ShouldBe(kind);
    }

    [Theory]
    [InlineData(800)]
    [InlineData(400)]
    public void A_breakout_is_asked_by_the_rate_of_its_cage_or_of_one_leg(double rate)
    {
        (int code, string output, _) = Run(
            new()
            {
                LengthMetres = 100,
                RateGbps = rate,
                Breakout = "2x400",
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
                LengthMetres = 48,
                RateGbps = 800,
                Json = true,
            }
        );
        JsonElement root = JsonDocument.Parse(output).RootElement;
        root.GetProperty("chosen").GetProperty("id").GetString().ShouldBe("sr8-800g-2xsr4-50m");
        root.GetProperty("derated").GetProperty("chosen").GetProperty("id").GetString().ShouldBe("sr8-800g-ieee");
    }

    [Theory]
    [InlineData(-1, 800, null, null, null, null)]
    [InlineData(double.NaN, 800, null, null, null, null)]
    [InlineData(10, 0, null, null, null, null)]
    [InlineData(10, 800, "two", null, null, null)]
    [InlineData(10, 800, "3x400", null, null, null)]
    [InlineData(10, 800, null, "om9", null, null)]
    [InlineData(10, 800, null, null, "speed", null)]
    [InlineData(10, 800, null, null, null, "xfp")]
    public void Bad_arguments_exit_2_with_a_sentence(
        double metres,
        double rate,
        string? breakout,
        string? fibre,
        string? objective,
        string? form
    )
    {
        (int code, string output, string errors) = Run(
            new()
            {
                LengthMetres = metres,
                RateGbps = rate,
                Breakout = breakout,
                Fibre = fibre,
                Objective = objective,
                FormFactor = form,
                Json = true,
            }
        );
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.ShouldStartWith("lightloom: --");
    }

    [Fact]
    public void Nothing_feasible_exits_3_and_names_the_nearest_miss()
    {
        (int code, string output, string errors) = Run(
            new()
            {
                LengthMetres = 200_000,
                RateGbps = 800,
                Json = true,
            }
        );
        code.ShouldBe(3);
        JsonDocument.Parse(output).RootElement.GetProperty("chosen").ValueKind.ShouldBe(JsonValueKind.Null);
        errors.ShouldContain("LL6901");
        errors.ShouldContain("reaches 80000 m");
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        foreach (
            InterconnectCommand.Request request in (InterconnectCommand.Request[])
                [
                    new() { LengthMetres = 42, RateGbps = 800 },
                    new()
                    {
                        LengthMetres = 1900,
                        RateGbps = 800,
                        Breakout = "2x400",
                        Panels = 2,
                    },
                    new()
                    {
                        LengthMetres = 3,
                        RateGbps = 400,
                        FormFactor = "qsfp112",
                    },
                ]
        )
        {
            (int code, string output, _) = Run(request);
            code.ShouldBe(0);
            output.Split('\n').ShouldAllBe(line => line.Length <= 100);
        }
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
