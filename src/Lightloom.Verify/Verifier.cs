using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Verify.Checks;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify;

/// <summary>
/// Reads the files that <c>design -o DIR</c> wrote and proves them against each other and against the catalogue. It shares nothing with
/// what wrote them but units and the catalogue, so that a mistake there is not made here again.
/// </summary>
public static class Verifier
{
    private const string OwnParts = "catalogue.yaml";

    /// <summary>Verifies a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">How.</param>
    /// <param name="diagnostics">Receives what keeps a file from being read.</param>
    /// <param name="cancel">Looked at between the checks.</param>
    /// <returns>What was found; null when a file cannot be read.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static VerifyReport? Run(string directory, VerifyOptions options, DiagnosticBag diagnostics, CancellationToken cancel = default)
    {
        if (Folder.Read(directory, diagnostics) is not { } folder)
        {
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        if (CatalogueOf(directory, options.Catalogue, diagnostics) is not { } catalogue)
        {
            return null;
        }

        HardwareFacts facts = new(folder, catalogue);
        Scene scene = new(folder, facts, new(folder, facts), new(options.PerRule));
        Action<Scene>[] checks =
        [
            ManifestCheck.Run,
            FloorChecks.Run,
            CageChecks.Run,
            NetworkChecks.Run,
            CableChecks.Run,
            LabelCheck.Run,
            PiecesAndChannels,
            TotalsChecks.Run,
            BillChecks.Run,
        ];
        foreach (Action<Scene> check in checks)
        {
            cancel.ThrowIfCancellationRequested();
            check(scene);
        }

        return scene.Found.Report(folder.Design.Name);
    }

    private static void PiecesAndChannels(Scene scene)
    {
        PieceScene pieces = new(scene);
        PieceChecks.Run(pieces);
        ChannelChecks.Run(pieces);
    }

    // Parts that the cluster file brought are written beside the design.
    private static Catalogue? CatalogueOf(string directory, Catalogue catalogue, DiagnosticBag diagnostics)
    {
        string path = Path.Combine(directory, OwnParts);
        if (!File.Exists(path))
        {
            return catalogue;
        }

        DiagnosticBag own = new();
        Catalogue more = catalogue.With(File.ReadAllText(path), path, own);
        foreach (Diagnostic one in own.Where(d => d.Severity == Severity.Error))
        {
            diagnostics.Add(one);
        }

        return diagnostics.HasErrors ? null : more;
    }
}
