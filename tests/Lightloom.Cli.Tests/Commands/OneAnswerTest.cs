using System.Text.Json;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Commands that are asked the same thing give the same answer.</summary>
public class OneAnswerTest
{
    private const string Endpoint = """
        lightloom: 1
        name: ep
        pools:
          - {name: train, node: dgx-h100, nodes: 16}
        backend: {tiers: 2}
        """;

    private static string Scheduled(string more) =>
        $$"""
            lightloom: 1
            name: s
            pools:
              - {name: train, node: dgx-h100, nodes: 8}
            backend: {paradigm: switch-scheduled{{more}}}
            workload:
              collectives: [{name: all-to-all, size: 64KiB, xpus: 16}]
            """;

    private static JsonElement Json(params string[] args)
    {
        Cli.Run run = Cli.Execute([.. args, "--json"]);
        run.Code.ShouldBe(0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    [Fact]
    public void An_all_to_all_takes_as_long_by_workload_by_job_and_before_a_fault()
    {
        using Scratch scratch = new();
        string file = scratch.File("ep.yaml", Endpoint);
        JsonElement workload = Json("simulate", file, "--workload", "all-to-all", "--size", "64KiB");
        JsonElement job = Json("simulate", file, "--job", "a:all-to-all:64KiB:128");
        JsonElement faults = Json(
            "faults",
            file,
            "--workload",
            "all-to-all",
            "--size",
            "64KiB",
            "--runs",
            "1",
            "--classes",
            "spine",
            "--pairs",
            "none",
            "--years",
            "4"
        );
        job.GetProperty("result_hash").GetString().ShouldBe(workload.GetProperty("result_hash").GetString());
        double time = workload.GetProperty("collective").GetProperty("time_us").GetDouble();
        // Without the window each of the 127 transfers of a rank waits for one before it: more than 30 us.
        time.ShouldBeLessThan(10);
        faults.GetProperty("faults")[0].GetProperty("workloads")[0].GetProperty("sound_us").GetDouble().ShouldBe(time, 0.001);
    }

    [Fact]
    public void The_transport_that_the_file_names_runs_on_a_cell_fabric_in_every_command()
    {
        using Scratch scratch = new();
        string plain = scratch.File("plain.yaml", Scheduled("")),
            nscc = scratch.File("nscc.yaml", Scheduled(", transport: nscc")),
            rccc = scratch.File("rccc.yaml", Scheduled(", transport: rccc"));
        string Hash(string file, params string[] more) => Json(["simulate", file, .. more]).GetProperty("result_hash").GetString()!;
        Hash(plain).ShouldBe(Hash(nscc, "--transport", "roce"));
        Hash(nscc).ShouldBe(Hash(plain, "--transport", "nscc"));
        // Large enough that windows fill: as long as nothing queues, all transports send alike.
        Hash(nscc, "--size", "4MiB").ShouldNotBe(Hash(plain, "--size", "4MiB"));
        JsonElement compared = Json("compare", plain, rccc, "--size", "4MiB", "--scenarios", "all-to-all");
        string[] hashes =
        [
            .. compared
                .GetProperty("scenarios")[0]
                .GetProperty("results")
                .EnumerateArray()
                .Select(r => r.GetProperty("result_hashes")[0].GetString()!),
        ];
        hashes.Length.ShouldBe(2);
        hashes[0].ShouldNotBe(hashes[1]);
    }

    [Fact]
    public void A_constant_of_the_transport_reaches_every_run_and_is_refused_in_the_same_words()
    {
        using Scratch scratch = new();
        string file = scratch.File("ep.yaml", Endpoint);
        string[] run = ["simulate", file, "--workload", "permutation", "--size", "64KiB"];
        string[] job = ["simulate", file, "--job", "a:permutation:64KiB:128"];
        string[] slow = ["--transport-option", "max-window=0.1"];
        static string? Hash(JsonElement one) => one.GetProperty("result_hash").GetString();
        Hash(Json([.. run, .. slow])).ShouldNotBe(Hash(Json(run)));
        Hash(Json([.. run, .. slow])).ShouldBe(Hash(Json([.. job, .. slow])));
        foreach (string[] asked in (string[][])[run, job, ["faults", file], ["compare", file, file]])
        {
            Cli.Run refused = Cli.Execute([.. asked, "--transport-option", "gama=1"]);
            refused.Code.ShouldBe(2);
            refused.Error.ShouldContain("did you mean 'gamma'");
        }
    }

    [Fact]
    public void The_list_of_constants_has_unit_range_default_and_source_of_each()
    {
        JsonElement list = Json("simulate", "--list-options", "--transport", "hpcc");
        JsonElement hpcc = list.GetProperty("transports").EnumerateArray().ShouldHaveSingleItem();
        JsonElement eta = hpcc.GetProperty("options")[0];
        eta.GetProperty("name").GetString().ShouldBe("eta");
        eta.GetProperty("default").GetDouble().ShouldBe(0.95);
        eta.GetProperty("source").GetString()!.ShouldContain("SIGCOMM 2019");
        hpcc.GetProperty("presets")[0].GetProperty("name").GetString().ShouldBe("hpcc-paper-100g");
        Cli.Run table = Cli.Execute("simulate", "--list-options");
        table.Code.ShouldBe(0, table.Error);
        table.Out.ShouldContain("rai-mbps = 100 Mb/s at 100 Gb/s");
    }
}
