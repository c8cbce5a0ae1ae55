using System.Diagnostics;
using Lightloom.Report.Files;

namespace Lightloom.Report.Tests.Files;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class OutputFolderTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_manifest_names_every_file_with_the_hash_that_another_program_computes()
    {
        Write("design", ("a.csv", "1,2\n"), ("rows/b.xlsx", "b"));
        Manifest manifest = Manifest.Read(Target).ShouldNotBeNull();
        manifest.Entries.Select(e => e.File).ShouldBe(["a.csv", "rows/b.xlsx"]);
        foreach (ManifestEntry entry in manifest.Entries)
        {
            OutputFileTest.Run("sha256sum", Path.Combine(Target, entry.File)).ShouldStartWith(entry.Sha256 + " ");
        }

        Manifest.Contradictions(Target).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_whose_files_were_changed_or_lost_is_no_result()
    {
        Write("design", ("a.csv", "1"), ("b.csv", "2"), ("c.csv", "3"));
        File.WriteAllText(Path.Combine(Target, "a.csv"), "x");
        File.Delete(Path.Combine(Target, "b.csv"));
        Manifest.Contradictions(Target).ShouldBe(["a.csv is not the file that manifest.json names", "b.csv is missing"]);
        File.Delete(Path.Combine(Target, "manifest.json"));
        Manifest.Contradictions(Target).ShouldHaveSingleItem().ShouldContain("there is no manifest.json");
    }

    [Fact]
    public void Killed_between_any_two_steps_a_folder_is_the_old_result_the_new_one_or_none()
    {
        (string, string)[] old = [("a.csv", "old a"), ("b.csv", "old b"), ("c.csv", "same"), ("rows/1.xlsx", "old row")];
        (string, string)[] now = [("a.csv", "new a"), ("b.csv", "new b"), ("c.csv", "same"), ("d.csv", "new d")];
        int complete = 0;
        for (int steps = 0; complete == 0; steps++)
        {
            Write("design", old);
            KillAfter killing = new(steps);
            try
            {
                OutputFolder.Write(Target, "design", Writer(now), operations: killing);
                complete = steps;
            }
            catch (KilledException) { }

            if (Manifest.Read(Target) is { } manifest)
            {
                Manifest.Contradictions(Target).ShouldBeEmpty();
                string a = File.ReadAllText(Path.Combine(Target, "a.csv"));
                a.ShouldBe(steps == 0 ? "old a" : "new a");
                manifest.Entries.Select(e => e.File).ShouldBe((steps == 0 ? old : now).Select(f => f.Item1));
            }

            // The next run mends whatever was left.
            Write("design", now);
            Manifest.Contradictions(Target).ShouldBeEmpty();
            File.ReadAllText(Path.Combine(Target, "b.csv")).ShouldBe("new b");
        }

        // Remove the manifest, four files, the old row, the new manifest, the folder beside.
        complete.ShouldBe(8);
    }

    [Fact]
    public void A_new_folder_appears_whole_or_not_at_all()
    {
        KillAfter killing = new(0);
        Should.Throw<KilledException>(() => OutputFolder.Write(Target, "design", Writer(("a.csv", "1")), operations: killing));
        Directory.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public void What_killed_runs_left_goes_with_the_next_run_and_what_a_living_one_writes_stays()
    {
        string dead = OutputFileTest.DeadProcess();
        using Process living = Process.Start("sleep", "60");
        try
        {
            Directory.CreateDirectory(_folder[$"out.partial-{dead}-x"]);
            Directory.CreateDirectory(_folder[$"out.partial-{living.Id}-x"]);
            Directory.CreateDirectory(_folder[$"out/.partial-{dead}-x/rows"]);
            Directory.CreateDirectory(_folder[$"other.partial-{dead}-x"]);
            // Another container may use the same number: then the lock says that somebody is at work.
            Directory.CreateDirectory(_folder[$"out.partial-{dead}-locked"]);
            using FileStream held = Partial.Lock(_folder[$"out.partial-{dead}-locked"]);
            Write("design", ("a.csv", "1"));
            _folder.Names.ShouldBe(
                ["out", $"out.partial-{living.Id}-x", $"other.partial-{dead}-x", $"out.partial-{dead}-locked"],
                ignoreOrder: true
            );
            Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName).Order().ShouldBe(["a.csv", "manifest.json"]);
        }
        finally
        {
            living.Kill();
        }
    }

    [Fact]
    public void Files_of_another_command_stay_in_the_manifest_and_those_of_nobody_stay_in_the_folder()
    {
        Write("design", ("design.json", "{}"), ("report.html", "design"));
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        Write("simulate", ("simulation.json", "{}"), ("simulation-2.json", "{}"), ("report.html", "simulation"));
        Write("simulate", ("simulation.json", "{}"), ("report.html", "simulation"));
        Manifest
            .Read(Target)!
            .Entries.Select(e => $"{e.File} {e.Command}")
            .ShouldBe(["design.json design", "report.html simulate", "simulation.json simulate"]);
        Manifest.Contradictions(Target).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Target, "notes.txt")).ShouldBe("mine");
        File.Exists(Path.Combine(Target, "simulation-2.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_stale_file_that_somebody_changed_is_theirs_now()
    {
        Write("design", ("a.csv", "1"), ("rows/1.xlsx", "row"));
        File.WriteAllText(Path.Combine(Target, "rows/1.xlsx"), "notes of mine in it");
        Write("design", ("a.csv", "1"));
        File.ReadAllText(Path.Combine(Target, "rows/1.xlsx")).ShouldBe("notes of mine in it");
    }

    [Fact]
    public void A_folder_by_a_link_is_written_where_the_link_leads()
    {
        Directory.CreateDirectory(_folder["real"]);
        Directory.CreateSymbolicLink(Target, _folder["real"]);
        Write("design", ("a.csv", "1"));
        File.Exists(_folder["real/a.csv"]).ShouldBeTrue();
        new DirectoryInfo(Target).LinkTarget.ShouldBe(_folder["real"]);
    }

    [Fact]
    public void A_manifest_that_names_files_outside_its_folder_removes_none_of_them()
    {
        File.WriteAllText(_folder["precious"], "mine");
        Write("design", ("a.csv", "1"));
        string path = Path.Combine(Target, "manifest.json");
        string hash = OutputFileTest.Run("sha256sum", _folder["precious"])[..64];
        string hostile = $$"""{"file": "../precious", "bytes": 4, "sha256": "{{hash}}", "command": "design"},""";
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"files\": [", "\"files\": [" + hostile, StringComparison.Ordinal));
        Write("design", ("b.csv", "1"));
        File.ReadAllText(_folder["precious"]).ShouldBe("mine");
        File.Exists(Path.Combine(Target, "a.csv")).ShouldBeFalse();
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        File.WriteAllText(Target, "a file");
        Should.Throw<IOException>(() => Write("design", ("a.csv", "1")));
        File.ReadAllText(Target).ShouldBe("a file");
    }

    private void Write(string command, params (string Name, string Text)[] files) => OutputFolder.Write(Target, command, Writer(files));

    private static Action<string> Writer(params (string Name, string Text)[] files) =>
        beside =>
        {
            foreach ((string name, string text) in files)
            {
                string path = Path.Combine(beside, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
        };

    private sealed class KilledException : Exception;

    /// <summary>Does so many operations and then none any more, as a killed process does.</summary>
    private sealed class KillAfter(int steps) : IFolderOperations
    {
        private int _left = steps;

        public void Delete(string path) => Do(o => o.Delete(path));

        public void Replace(string complete, string path) => Do(o => o.Replace(complete, path));

        public void MoveFolder(string complete, string path) => Do(o => o.MoveFolder(complete, path));

        public void RemoveFolder(string path) => Do(o => o.RemoveFolder(path));

        private void Do(Action<IFolderOperations> operation)
        {
            if (_left-- <= 0)
            {
                throw new KilledException();
            }

            operation(FolderOperations.Instance);
        }
    }
}
