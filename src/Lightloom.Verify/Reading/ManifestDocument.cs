namespace Lightloom.Verify.Reading;

/// <summary>manifest.json: the files of a result with their hashes.</summary>
internal sealed record ManifestDocument
{
    public int Format { get; init; }
    public required IReadOnlyList<ManifestFile> Files { get; init; }
}

internal sealed record ManifestFile
{
    public required string File { get; init; }
    public long Bytes { get; init; }
    public required string Sha256 { get; init; }
}
