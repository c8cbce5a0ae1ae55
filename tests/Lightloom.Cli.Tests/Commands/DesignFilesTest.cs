using System.Diagnostics;
using System.Globalization;
using Lightloom.Report.Files;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>The files of <c>design -o</c> under the hands of a user who kills it, or whose disk is full.</summary>
public sealed class DesignFilesTest
{
    private const string Cluster = """
        lightloom: 1
        name: NAME
        pools: [{name: train, node: dgx-h100, nodes: NODES}]
        backend: {switch: nvidia-qm9700}
        """;

    // Two inputs in turns, killed at moments that are spread over the whole run: every file of a folder with a manifest is of one input.
    [Fact]
    public void Killed_at_any_moment_design_leaves_the_old_result_the_new_one_or_no_manifest()
    {
        using Scratch scratch = new();
        string[] inputs =
        [
            scratch.File("one.yaml", Cluster.Replace("NAME", "one").Replace("NODES", "3")),
            scratch.File("two.yaml", Cluster.Replace("NAME", "two").Replace("NODES", "4")),
        ];
        string target = scratch["out"];
        Stopwatch clock = Stopwatch.StartNew();
        Cli.Execute("design", inputs[0], "-o", target).Code.ShouldBe(ExitCode.Done);
        TimeSpan whole = clock.Elapsed;
        int complete = 0;
        const int Kills = 24;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = Cli.Start(scratch.Path, "design", inputs[kill % 2], "-o", target);
            // From half of the run on: nothing is written before.
            Thread.Sleep(whole * (0.5 + 0.6 * kill / Kills));
            process.Kill();
            process.WaitForExit();
            if (Manifest.Read(target) is not null)
            {
                complete++;
                Manifest.Contradictions(target).ShouldBeEmpty();
                string name = File.ReadAllText(Path.Combine(target, "design.json")).Contains("\"name\": \"one\"") ? "one" : "two";
                File.ReadAllText(Path.Combine(target, "report.html")).ShouldContain($"<title>{name}");
            }
        }

        complete.ShouldBeGreaterThan(0);
        Cli.Execute("design", inputs[0], "-o", target).Code.ShouldBe(ExitCode.Done);
        Manifest.Contradictions(target).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(scratch.Path, "*.partial-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_disk_ends_design_in_words_and_leaves_nothing_half_written()
    {
        using Scratch scratch = new();
        string input = scratch.File("c.yaml", Cluster.Replace("NAME", "full").Replace("NODES", "64"));
        string disk = scratch["disk"];
        Directory.CreateDirectory(disk);
        if (!Run("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", disk))
        {
            // Only the administrator may mount; the writer's own test covers a stream that fails.
            return;
        }

        try
        {
            Cli.Run run = Cli.Execute("design", input, "-o", Path.Combine(disk, "out"));
            run.Code.ShouldBe(ExitCode.BadInput);
            run.Error.ShouldContain("space");
            run.Error.ShouldNotContain("defect");
            Directory.EnumerateFileSystemEntries(disk).ShouldBeEmpty();
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public void Two_runs_of_one_input_give_the_same_manifest()
    {
        using Scratch scratch = new();
        string input = scratch.File("c.yaml", Cluster.Replace("NAME", "same").Replace("NODES", "3"));
        foreach (string folder in new[] { "a", "b" })
        {
            Cli.Execute("design", input, "-o", scratch[folder]).Code.ShouldBe(ExitCode.Done);
        }

        File.ReadAllText(scratch["a/manifest.json"]).ShouldBe(File.ReadAllText(scratch["b/manifest.json"]));
    }

    [Fact]
    public void The_flows_go_through_standard_output_where_that_is_asked_for()
    {
        using Scratch scratch = new();
        string input = scratch.File("c.yaml", Cluster.Replace("NAME", "flows").Replace("NODES", "2"));
        Cli.Run run = Cli.Execute("simulate", input, "--workload", "permutation", "--size", "4KiB", "--flows-out", "/dev/stdout");
        run.Code.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane");
        run.Out.Split('\n')
            .Count(line => line.Split(',').Length >= 10 && int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out _))
            .ShouldBe(16);
    }

    private static bool Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
