using System.Diagnostics;
using System.Runtime.Versioning;
using Lightloom.Report.Files;

namespace Lightloom.Report.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class OutputFileTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_was_there_keeps_its_mode()
    {
        File.WriteAllText(_folder["a.csv"], "old");
        File.SetUnixFileMode(_folder["a.csv"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Write("a.csv", "new");
        File.ReadAllText(_folder["a.csv"]).ShouldBe("new");
        File.GetUnixFileMode(_folder["a.csv"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        _folder.Names.ShouldBe(["a.csv"]);
    }

    [Fact]
    public void A_file_that_belongs_to_somebody_else_stays_theirs()
    {
        if (Run("id", "-u").Trim() != "0")
        {
            return;
        }

        File.WriteAllText(_folder["a.csv"], "old");
        Run("chown", "1234:4321", _folder["a.csv"]);
        Write("a.csv", "new");
        Run("stat", "-c", "%u:%g", _folder["a.csv"]).Trim().ShouldBe("1234:4321");
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_nothing_beside_it()
    {
        File.WriteAllText(_folder["a.csv"], "old");
        Should
            .Throw<IOException>(() =>
                OutputFile.WriteText(
                    _folder["a.csv"],
                    text =>
                    {
                        text.Write(new string('x', 1 << 20));
                        throw new IOException("No space left on device");
                    }
                )
            )
            .Message.ShouldBe("No space left on device");
        File.ReadAllText(_folder["a.csv"]).ShouldBe("old");
        _folder.Names.ShouldBe(["a.csv"]);
    }

    [Fact]
    public void A_symbolic_link_stays_and_its_target_is_replaced()
    {
        Directory.CreateDirectory(_folder["far"]);
        File.WriteAllText(_folder["far/target"], "old");
        File.CreateSymbolicLink(_folder["near"], "far/target");
        File.CreateSymbolicLink(_folder["nearer"], "near");
        Write("nearer", "new");
        new FileInfo(_folder["nearer"]).LinkTarget.ShouldBe("near");
        new FileInfo(_folder["near"]).LinkTarget.ShouldBe("far/target");
        File.ReadAllText(_folder["far/target"]).ShouldBe("new");
    }

    [Fact]
    public void A_link_to_nothing_yet_brings_its_target_into_being()
    {
        File.CreateSymbolicLink(_folder["link"], "target");
        Write("link", "new");
        new FileInfo(_folder["link"]).LinkTarget.ShouldBe("target");
        File.ReadAllText(_folder["target"]).ShouldBe("new");
    }

    [Fact]
    public void Links_in_a_circle_are_refused_in_words()
    {
        File.CreateSymbolicLink(_folder["a"], "b");
        File.CreateSymbolicLink(_folder["b"], "a");
        OutputFile.Problem(_folder["a"]).ShouldNotBeNull();
        Should.Throw<IOException>(() => Write("a", "new"));
    }

    [Theory]
    [InlineData("null", "c 1 3")]
    [InlineData("zero", "c 1 5")]
    public void A_device_is_written_through_and_stays_a_device(string name, string kind)
    {
        // A node of our own where we may make one, so that a wrong rename hurts nobody.
        Run("mknod", [_folder[name], .. kind.Split(' ')]);
        if (!File.Exists(_folder[name]))
        {
            return;
        }

        Write(name, "new");
        Run("stat", "-c", "%F", _folder[name]).Trim().ShouldBe("character special file");
        _folder.Names.ShouldBe([name]);
    }

    [Fact]
    public async Task The_reader_of_a_named_pipe_gets_the_file()
    {
        Run("mkfifo", _folder["pipe"]);
        Task<string> reader = Task.Run(() => File.ReadAllText(_folder["pipe"]));
        Write("pipe", "through");
        (await reader).ShouldBe("through");
        Run("stat", "-c", "%F", _folder["pipe"]).Trim().ShouldBe("fifo");
    }

    [Fact]
    public void A_full_device_is_an_error_in_words() =>
        Should.Throw<IOException>(() => OutputFile.WriteText("/dev/full", t => t.Write("x"))).Message.ShouldContain("space");

    [Fact]
    public void A_directory_and_a_place_without_directory_are_known_before_the_work()
    {
        OutputFile.Problem(_folder.Path).ShouldNotBeNull().ShouldContain("is a directory");
        OutputFile.Problem(_folder["none/a.csv"]).ShouldNotBeNull().ShouldContain("there is no directory");
        OutputFile.Problem("").ShouldNotBeNull();
        OutputFile.Problem(_folder["a.csv"]).ShouldBeNull();
        OutputFile.Problem("/dev/stdout").ShouldBeNull();
    }

    [Fact]
    public void What_a_killed_run_left_goes_with_the_next_and_what_a_living_run_writes_stays()
    {
        using Process living = Process.Start("sleep", "60");
        string dead = DeadProcess();
        try
        {
            File.WriteAllText(_folder[$".a.csv.partial-{dead}-x"], "half");
            File.WriteAllText(_folder[$".a.csv.partial-{living.Id}-x"], "half");
            File.WriteAllText(_folder[$".b.csv.partial-{dead}-x"], "half");
            Write("a.csv", "new");
            _folder.Names.ShouldBe([$".a.csv.partial-{living.Id}-x", $".b.csv.partial-{dead}-x", "a.csv"], ignoreOrder: true);
        }
        finally
        {
            living.Kill();
        }
    }

    /// <summary>The number of a process that has ended.</summary>
    internal static string DeadProcess()
    {
        using Process process = Process.Start("true");
        process.WaitForExit();
        return process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    internal static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private void Write(string name, string text) => OutputFile.WriteText(_folder[name], writer => writer.Write(text));
}
