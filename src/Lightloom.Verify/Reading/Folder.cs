using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lightloom.Diagnostics;

namespace Lightloom.Verify.Reading;

/// <summary>All files of a result, read and not yet compared.</summary>
internal sealed record Folder
{
    public required string Directory { get; init; }
    public required Names Names { get; init; }
    public required DesignDocument Design { get; init; }
    public required CableTable Cables { get; init; }
    public required IReadOnlyList<BillRow> Bill { get; init; }

    /// <summary>pieces.csv.</summary>
    public required PieceTable Pieces { get; init; }

    /// <summary>channels.csv.</summary>
    public required ChannelTable Channels { get; init; }

    /// <summary>Null where the folder has none, or one that is not ours.</summary>
    public ManifestDocument? Manifest { get; init; }

    /// <summary>The files that a result has at least.</summary>
    public static IReadOnlyList<string> Needed { get; } =
    ["design.json", CableTable.File, PieceTable.File, ChannelTable.File, BillTable.File];

    /// <summary>Reads the folder; null when the diagnostics say what is wrong.</summary>
    public static Folder? Read(string directory, DiagnosticBag diagnostics)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            diagnostics.Error(
                ReadProblem.NoResult,
                "there is no such directory; name one that `lightloom design CLUSTER.yaml -o DIR` wrote",
                mark: new(directory, 1, 1)
            );
            return null;
        }

        string[] missing =
        [
            .. new[] { "design.json", CableTable.File, BillTable.File }.Where(f => !File.Exists(Path.Combine(directory, f))),
        ];
        if (missing.Length > 0)
        {
            diagnostics.Error(
                ReadProblem.NoResult,
                $"it has no {string.Join(", no ", missing)}; name a directory that `lightloom design CLUSTER.yaml -o DIR` wrote",
                mark: new(directory, 1, 1)
            );
            return null;
        }

        Names names = new();
        DesignDocument? design = Json(directory, "design.json", DocumentsJson.Default.DesignDocument, diagnostics);
        ManifestDocument? manifest = File.Exists(Path.Combine(directory, "manifest.json"))
            ? Json(directory, "manifest.json", DocumentsJson.Default.ManifestDocument, diagnostics)
            : null;
        IReadOnlyList<BillRow>? bill = BillTable.Read(directory, diagnostics);
        CableTable? cables = CableTable.Read(directory, names, diagnostics);
        PieceTable? pieces = PieceTable.Read(directory, names, diagnostics);
        ChannelTable? channels = cables is null || pieces is null ? null : ChannelTable.Read(directory, cables, pieces, diagnostics);
        return diagnostics.HasErrors || design is null || bill is null || cables is null || pieces is null || channels is null
            ? null
            : new()
            {
                Directory = directory,
                Names = names,
                Design = design,
                Cables = cables,
                Bill = bill,
                Pieces = pieces,
                Channels = channels,
                Manifest = manifest,
            };
    }

    private static T? Json<T>(string directory, string name, JsonTypeInfo<T> type, DiagnosticBag diagnostics)
        where T : class
    {
        string path = Path.Combine(directory, name);
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (JsonSerializer.Deserialize(stream, type) is { } document)
            {
                return document;
            }

            diagnostics.Error(ReadProblem.Json, "the document is null; keep what `design -o` wrote", mark: new(path, 1, 1));
        }
        catch (JsonException e)
        {
            diagnostics.Error(
                ReadProblem.Json,
                $"{e.Message.Split(" Path: ")[0].Trim()}{(e.Path is { Length: > 1 } at ? $" (at {at[2..]})" : "")}",
                mark: new(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1)
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(ReadProblem.NoResult, $"the file cannot be read: {e.Message}", mark: new(path, 1, 1));
        }

        return null;
    }
}
