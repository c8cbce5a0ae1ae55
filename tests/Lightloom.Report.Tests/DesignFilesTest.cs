using Lightloom.Report.Files;

namespace Lightloom.Report.Tests;

public sealed class DesignFilesTest : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void All_files_are_there_and_nothing_else_is_left_beside()
    {
        DesignFiles.Write(TestDesigns.Tiny, Path.Combine(_directory, "out"));
        Directory.GetDirectories(_directory).Select(Path.GetFileName).ShouldBe(["out"]);
        Directory.GetFiles(Path.Combine(_directory, "out")).Select(Path.GetFileName).Order().ShouldContain("cables.csv");
    }

    /// <summary>The command prints these names, so that nobody has to look for what was made.</summary>
    [Fact]
    public void What_is_said_to_be_written_is_what_is_written()
    {
        string directory = Path.Combine(_directory, "out");
        DesignFiles.Write(TestDesigns.Tiny, directory);
        Directory.GetFileSystemEntries(directory).Select(Path.GetFileName).Order().ShouldBe(DesignFiles.Names(TestDesigns.Tiny).Order());
    }

    [Fact]
    public void Writing_again_keeps_foreign_files()
    {
        string directory = Path.Combine(_directory, "out");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "notes.txt"), "mine");
        DesignFiles.Write(TestDesigns.Tiny, directory);
        DesignFiles.Write(TestDesigns.Tiny, directory);
        File.ReadAllText(Path.Combine(directory, "notes.txt")).ShouldBe("mine");
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() =>
            DesignFiles.Write(TestDesigns.Tiny, Path.Combine(_directory, "out"), null, source.Token)
        );
        Directory.GetFileSystemEntries(_directory).ShouldBeEmpty();
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
