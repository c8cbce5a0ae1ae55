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
}
