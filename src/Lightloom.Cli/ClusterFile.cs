using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Cli;

/// <summary>Reads a cluster file for a command.</summary>
public static class ClusterFile
{
    /// <summary>Larger files are refused: a cluster file is written by a person.</summary>
    private const long MostBytes = 16 << 20;

    /// <summary>The specification, or null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="catalogDirectory">A directory of the user's own catalogue files, or null.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    public static ClusterSpec? Read(string path, string? catalogDirectory, DiagnosticBag diagnostics) =>
        Read(path, catalogDirectory, diagnostics, out _);

    /// <summary>The specification with the file's text, or null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="catalogDirectory">A directory of the user's own catalogue files, or null.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    /// <param name="text">The file's text; empty when it could not be read.</param>
    public static ClusterSpec? Read(string path, string? catalogDirectory, DiagnosticBag diagnostics, out string text)
    {
        text = "";
        Catalogue catalogue = catalogDirectory is null ? Catalogue.Default : Catalogue.Default.WithDirectory(catalogDirectory, diagnostics);
        if (!File.Exists(path))
        {
            diagnostics.Error(
                "LL8001",
                Directory.Exists(path)
                    ? "this is a directory; name the cluster file in it"
                    : "there is no such file; `lightloom init` writes a starter file",
                mark: new(path, 1, 1)
            );
            return null;
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            diagnostics.Error("LL8002", "the file is larger than 16 MiB, which no cluster file is; name another", mark: new(path, 1, 1));
            return null;
        }

        try
        {
            text = File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Error("LL8003", "the file is not UTF-8 text; save it as UTF-8", mark: new(path, 1, 1));
            return null;
        }

        return diagnostics.HasErrors ? null : SpecReader.Read(text, path, catalogue, diagnostics);
    }
}
