using System.Collections.Concurrent;
using Lightloom.Design;
using Lightloom.Report.Drawing;
using Lightloom.Report.Page;
using Lightloom.Report.Workbooks;

namespace Lightloom.Report.Files;

/// <summary>Writes everything that <c>design -o DIR</c> leaves behind.</summary>
/// <remarks>
/// A run that is stopped, or killed, leaves DIR as it was or without <c>manifest.json</c>; files in DIR that Lightloom does not write stay
/// as they are.
/// </remarks>
public static class DesignFiles
{
    /// <summary>What <see cref="Write(ClusterDesign, string, IProgress{FileProgress}?, CancellationToken)"/> leaves in DIR, those for people
    /// first; a folder's name ends with a slash.</summary>
    /// <param name="design">The design.</param>
    public static IReadOnlyList<string> Names(ClusterDesign design) =>
        [
            "report.html",
            "bom.xlsx",
            .. DesignWorkbook.IsSplit(design) ? new[] { DesignWorkbook.RowFolder + "/" } : [],
            "bom.csv",
            "cables.csv",
            "pieces.csv",
            "channels.csv",
            "design.json",
            "topology.svg",
            "floor.svg",
            .. design.Spec.CatalogAdditions is null ? [] : new[] { OwnParts.FileName },
            Manifest.FileName,
        ];

    /// <summary>Writes all files.</summary>
    /// <param name="design">The design.</param>
    /// <param name="directory">DIR; made when it does not exist.</param>
    /// <param name="progress">Told how far each file is, or null; called from several threads.</param>
    /// <param name="cancel">Ends the writing within a fraction of a second and leaves DIR as it was.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static void Write(
        ClusterDesign design,
        string directory,
        IProgress<FileProgress>? progress = null,
        CancellationToken cancel = default
    ) => Write(design, directory, _ => true, progress, cancel);

    /// <summary>Writes one file to a stream, without any folder; false for a name that is not a single file, such as the workbook's.</summary>
    /// <param name="design">The design.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="cancel">Looked at every few thousand rows.</param>
    public static bool TryWrite(ClusterDesign design, string name, Stream stream, CancellationToken cancel = default)
    {
        switch (name)
        {
            case "cables.csv":
                CableCsv.Write(design, stream, null, cancel);
                return true;
            case "pieces.csv":
                PieceCsv.Write(design, stream, null, cancel);
                return true;
            case "channels.csv":
                ChannelCsv.Write(design, stream, null, cancel);
                return true;
            case "report.html":
                WriteText(stream, ReportPage.Render(design, cancel));
                return true;
            case "design.json":
                DesignJson.Write(design, stream);
                return true;
            case "topology.svg":
                WriteText(stream, TopologyDrawing.Render(design));
                return true;
            case "floor.svg":
                WriteText(stream, FloorDrawing.Render(design));
                return true;
            case "bom.csv":
                BomCsv.Write(design.Bill, stream);
                return true;
            case OwnParts.FileName when design.Spec.CatalogAdditions is { } own:
                WriteText(stream, OwnParts.Text(own));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes only the files of some names, and the manifest.</summary>
    internal static void Write(
        ClusterDesign design,
        string directory,
        Predicate<string> which,
        IProgress<FileProgress>? progress = null,
        CancellationToken cancel = default
    ) => OutputFolder.Write(directory, "design", beside => WriteInto(design, beside, which, progress, cancel), cancel);

    private static void WriteInto(
        ClusterDesign design,
        string directory,
        Predicate<string> which,
        IProgress<FileProgress>? progress,
        CancellationToken cancel
    )
    {
        // The longest first, so that no thread is left with it at the end.
        (string Name, Action<IProgress<double>?> Write)[] files =
        [
            ("bom.xlsx", share => DesignWorkbook.Write(design, directory, share, cancel)),
            ("cables.csv", share => To("cables.csv", stream => CableCsv.Write(design, stream, share, cancel))),
            ("pieces.csv", share => To("pieces.csv", stream => PieceCsv.Write(design, stream, share, cancel))),
            ("channels.csv", share => To("channels.csv", stream => ChannelCsv.Write(design, stream, share, cancel))),
            ("report.html", _ => To("report.html", stream => WriteText(stream, ReportPage.Render(design, cancel)))),
            ("design.json", _ => To("design.json", stream => DesignJson.Write(design, stream))),
            ("topology.svg", _ => To("topology.svg", stream => WriteText(stream, TopologyDrawing.Render(design)))),
            ("floor.svg", _ => To("floor.svg", stream => WriteText(stream, FloorDrawing.Render(design)))),
            ("bom.csv", _ => To("bom.csv", stream => BomCsv.Write(design.Bill, stream))),
            .. design.Spec.CatalogAdditions is { } own
                ? new (string, Action<IProgress<double>?>)[]
                {
                    (OwnParts.FileName, _ => To(OwnParts.FileName, stream => WriteText(stream, OwnParts.Text(own)))),
                }
                : [],
        ];
        try
        {
            Parallel.ForEach(
                Partitioner.Create(files.Where(f => which(f.Name)), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
                file =>
                {
                    progress?.Report(new(file.Name, 0));
                    file.Write(progress is null ? null : new Share(file.Name, progress));
                    progress?.Report(new(file.Name, 1));
                }
            );
        }
        catch (AggregateException several)
        {
            cancel.ThrowIfCancellationRequested();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        void To(string name, Action<Stream> write)
        {
            using FileStream stream = new(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            write(stream);
        }
    }

    private static void WriteText(Stream stream, string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private sealed class Share(string file, IProgress<FileProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(file, value));
    }
}
