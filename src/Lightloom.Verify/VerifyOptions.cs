using Lightloom.Hardware;

namespace Lightloom.Verify;

/// <summary>How <c>verify</c> reads and reports.</summary>
public sealed record VerifyOptions
{
    /// <summary>Contradictions shown of each rule; at least 1.</summary>
    public int PerRule { get; init; } = 10;

    /// <summary>The catalogue that the ids of the files are looked up in, beside the folder's own <c>catalogue.yaml</c>.</summary>
    public Catalogue Catalogue { get; init; } = Catalogue.Default;
}
