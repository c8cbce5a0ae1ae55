using System.Diagnostics;
using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

public sealed class StudyCommandTest
{
    // A collective's closed form needs no packets: what is tried here is the study.
    private const string Study = """
        lightloom_study: 1
        name: small
        command: design
        cluster: lab.yaml
        axes:
          - {vary: "pools[0].nodes", values: [2, 3]}
          - {vary: backend.oversubscription.leaf, values: [1, 2]}
        """;

    private static Scratch Folder(string study = Study)
    {
        Scratch scratch = new();
        scratch.File("lab.yaml", "lightloom: 1\nname: lab\npools: [{name: a, node: dgx-h100, nodes: 2}]\nbackend: {tiers: 2}\n");
        scratch.File("study.yaml", study);
        return scratch;
    }

    private static Dictionary<string, string> Results(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(folder, "results"), "*.json", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    [Fact]
    public void The_same_bytes_come_of_one_worker_and_of_three_and_a_second_run_runs_only_what_is_missing()
    {
        using Scratch scratch = Folder();
        Run one = Execute("study", scratch["study.yaml"], "-o", scratch["one"], "--workers", "1");
        one.Code.ShouldBe(0, one.Error);
        one.Out.ShouldContain("4 points: 4 done");
        Run three = Execute("study", scratch["study.yaml"], "-o", scratch["three"], "--workers", "3");
        three.Code.ShouldBe(0, three.Error);
        Dictionary<string, string> results = Results(scratch["one"]);
        results.Count.ShouldBe(4);
        Results(scratch["three"]).ShouldBe(results, ignoreOrder: true);
        foreach (string merged in new[] { "study.sqlite", "study.parquet" })
        {
            File.ReadAllBytes(Path.Combine(scratch["three"], merged)).ShouldBe(File.ReadAllBytes(Path.Combine(scratch["one"], merged)));
        }

        // One is lost, and one is cut off as by a node that lost its power.
        string[] files = Directory.GetFiles(scratch["one"] + "/results", "*.json", SearchOption.AllDirectories);
        File.Delete(files[0]);
        File.WriteAllText(files[1], File.ReadAllText(files[1])[..100]);
        DateTime kept = File.GetLastWriteTimeUtc(files[2]);
        Run again = Execute("study", scratch["study.yaml"], "-o", scratch["one"], "--json");
        again.Code.ShouldBe(0, again.Error);
        again.Error.ShouldContain("2 with a result, 2 to run");
        Results(scratch["one"]).ShouldBe(results, ignoreOrder: true);
        File.GetLastWriteTimeUtc(files[2]).ShouldBe(kept);
        using JsonDocument json = JsonDocument.Parse(again.Out);
        json.RootElement.GetProperty("done").GetInt32().ShouldBe(4);
    }

    [Fact]
    public void A_points_document_is_the_commands_own()
    {
        using Scratch scratch = Folder("lightloom_study: 1\nname: own\ncommand: design\ncluster: lab.yaml\n");
        Execute("study", scratch["study.yaml"]).Code.ShouldBe(0);
        string result = Results(scratch["own.study"]).Values.Single();
        Run direct = ExecuteIn(scratch.Path, "design", "lab.yaml", "--json");
        using JsonDocument study = JsonDocument.Parse(result),
            own = JsonDocument.Parse(direct.Out);
        JsonElement.DeepEquals(study.RootElement.GetProperty("document"), own.RootElement).ShouldBeTrue();
    }

    [Fact]
    public void Refused_and_infeasible_points_are_counted_with_their_diagnostics_and_the_others_stand()
    {
        // A limit that 2 nodes keep and 3 break; planes that this NIC cannot be cut into.
        using Scratch scratch = Folder(
            """
            lightloom_study: 1
            name: mixed
            command: simulate
            cluster: lab.yaml
            fixed: {--workload: permutation, --size: 4KiB}
            points:
              - {--xpus: 16}
              - {--xpus: 17}
              - {--xpus: 16, objectives.limits.capex_usd: 1}
            """
        );
        Run run = Execute("study", scratch["study.yaml"], "--json");
        run.Code.ShouldBe(1, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("done").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("refused").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("infeasible").GetInt32().ShouldBe(1);
        JsonElement[] failures = [.. json.RootElement.GetProperty("failures").EnumerateArray()];
        failures[0].GetProperty("diagnostic").GetString().ShouldNotBeNull().ShouldContain("17");
        failures[1].GetProperty("diagnostic").GetString().ShouldNotBeNull().ShouldContain("LL79");
        // Neither is run again.
        Execute("study", scratch["study.yaml"]).Error.ShouldContain("3 with a result, 0 to run");
        Execute("study", scratch["study.yaml"], "--retry").Error.ShouldContain("2 with a result, 1 to run");
    }

    [Fact]
    public void A_point_that_takes_too_much_time_is_ended_and_counted_and_run_again_the_next_time()
    {
        using Scratch scratch = Folder(
            "lightloom_study: 1\nname: slow\ncommand: simulate\ncluster: lab.yaml\nminutes: 0.02\n"
                + "fixed: {--workload: all-to-all, --size: 256GiB, --engine: packet}\n"
        );
        Run run = Execute("study", scratch["study.yaml"]);
        run.Code.ShouldBe(1, run.Error);
        run.Out.ShouldContain("1 failed");
        run.Error.ShouldContain("took longer than 0.02 minutes");
        Execute("study", scratch["study.yaml"], "--plan").Error.ShouldContain("1 to run");
    }

    [Fact]
    public async Task What_a_killed_study_had_finished_stands()
    {
        using Scratch scratch = Folder(Study.Replace("[1, 2]", "[1, 1.5, 2, 2.5, 3, 3.5]", StringComparison.Ordinal));
        using (Process process = Start(scratch.Path, "study", scratch["study.yaml"], "-o", scratch["out"], "--workers", "1"))
        {
            while (!Directory.Exists(scratch["out"] + "/results") || Results(scratch["out"]).Count < 3)
            {
                await Task.Delay(20);
                process.HasExited.ShouldBeFalse();
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        Dictionary<string, string> before = Results(scratch["out"]);
        Run run = Execute("study", scratch["study.yaml"], "-o", scratch["out"]);
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain($"{before.Count} with a result");
        Dictionary<string, string> after = Results(scratch["out"]);
        after.Count.ShouldBe(12);
        before.ShouldAllBe(b => after[b.Key] == b.Value);
        Directory.GetFiles(scratch["out"], "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Mistakes_are_named_before_anything_runs()
    {
        using Scratch scratch = Folder(Study.Replace("backend.oversubscription", "backend.oversubscripton", StringComparison.Ordinal));
        Run run = Execute("study", scratch["study.yaml"]);
        run.Code.ShouldBe(1);
        run.Error.ShouldStartWith($"{scratch["study.yaml"]}:7:");
        run.Error.ShouldContain("LL8301");
        run.Error.ShouldContain("did you mean 'backend.oversubscription'?");
        Directory.Exists(scratch["small.study"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("LL8302", "--json", "true")]
    [InlineData("LL8302", "--output", "x")]
    [InlineData("LL8303", "--seed", "minus")]
    [InlineData("LL8303", "--transport", "tcpp")]
    public void The_options_are_those_of_the_command_line(string id, string option, string value)
    {
        using Scratch scratch = Folder(
            $"lightloom_study: 1\nname: o\ncommand: simulate\ncluster: lab.yaml\nfixed: {{{option}: {value}}}\n"
        );
        Run run = Execute("study", scratch["study.yaml"], "--plan");
        run.Code.ShouldBe(1);
        run.Error.ShouldContain(id);
    }

    [Fact]
    public void Without_Slurm_its_engine_is_refused_in_words()
    {
        using Scratch scratch = Folder();
        using Process process = new()
        {
            StartInfo = new("dotnet")
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = scratch.Path,
            },
        };
        process.StartInfo.FileName = Environment.ProcessPath!;
        foreach (
            string argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "lightloom-cli.dll"),
                "study",
                "study.yaml",
                "--engine",
                "slurm",
            }
        )
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        process.StartInfo.Environment["PATH"] = scratch.Path;
        process.Start();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(1);
        error.ShouldContain("there is no scontrol on PATH");
    }

    [Fact]
    public void The_example_is_a_study()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "examples", "studies"), "*.yaml"))
        {
            using Scratch scratch = new();
            Run run = Execute("study", file, "--plan", "-o", scratch["none"]);
            run.Code.ShouldBe(0, run.Error);
            run.Error.ShouldContain("points of");
        }
    }
}
