using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report.Files;
using Lightloom.Verify.Outcome;

namespace Lightloom.Verify.Tests;

/// <summary>What <c>design -o</c> writes for a design, without the pages for people; gone with the test.</summary>
internal sealed class WrittenFolder : IDisposable
{
    public WrittenFolder(ClusterDesign design) =>
        DesignFiles.Write(design, Path, name => System.IO.Path.GetExtension(name) is ".csv" or ".json" or ".yaml");

    private WrittenFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = Directory.CreateTempSubdirectory("lightloom-verify-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>A copy whose files may be spoiled.</summary>
    public WrittenFolder Copy()
    {
        WrittenFolder copy = new();
        foreach (string file in Directory.GetFiles(Path))
        {
            File.Copy(file, copy[System.IO.Path.GetFileName(file)]);
        }

        return copy;
    }

    /// <summary>What verify finds, everything shown; fails when the files cannot be read.</summary>
    public VerifyReport Verify()
    {
        DiagnosticBag diagnostics = new();
        VerifyReport? report = Verifier.Run(Path, new() { PerRule = int.MaxValue }, diagnostics);
        report.ShouldNotBeNull(string.Join('\n', diagnostics));
        return report;
    }

    /// <summary>What keeps verify from reading the files.</summary>
    public IReadOnlyList<Diagnostic> Problems()
    {
        DiagnosticBag diagnostics = new();
        Verifier.Run(Path, new(), diagnostics).ShouldBeNull();
        return diagnostics;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
