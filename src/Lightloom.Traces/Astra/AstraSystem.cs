using System.Globalization;
using System.Text.Json;
using Lightloom.Diagnostics;
using Lightloom.Simulation.Collectives;
using Lightloom.Traces.Graph;
using Lightloom.Units;

namespace Lightloom.Traces.Astra;

/// <summary>What of ASTRA-sim's system file changes how long a collective takes. Immutable.</summary>
public sealed record AstraSystem
{
    /// <summary>By dimension: the algorithm of an all-reduce; empty where the file does not say.</summary>
    public IReadOnlyList<string> AllReduce { get; init; } = [];

    /// <summary>The same of an all-gather.</summary>
    public IReadOnlyList<string> AllGather { get; init; } = [];

    /// <summary>The same of a reduce-scatter.</summary>
    public IReadOnlyList<string> ReduceScatter { get; init; } = [];

    /// <summary>The same of an all-to-all.</summary>
    public IReadOnlyList<string> AllToAll { get; init; } = [];

    /// <summary>What a rank waits before it sends.</summary>
    public SimTime EndpointDelay { get; init; } = SimTime.FromNanoseconds(10);

    /// <summary>Chunks of a collective.</summary>
    public int Splits { get; init; } = 1;

    /// <summary>Chunks under way at once.</summary>
    public int ActiveChunks { get; init; } = 1;

    /// <summary>Memory bandwidth in 10^9 bytes a second.</summary>
    public double MemoryGigabytesPerSecond { get; init; } = 1600;

    private static readonly string[] Words =
    [
        "ring",
        "oneRing",
        "direct",
        "oneDirect",
        "halvingDoubling",
        "oneHalvingDoubling",
        "doubleBinaryTree",
    ];

    /// <summary>A dimension of a network with these settings.</summary>
    public AstraDimension On(AstraDimension dimension) =>
        dimension with
        {
            EndpointDelay = EndpointDelay,
            Splits = Splits,
            ActiveChunks = ActiveChunks,
            MemoryGigabytesPerSecond = MemoryGigabytesPerSecond,
        };

    /// <summary>Reads a file; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static AstraSystem? Read(string file, string text, DiagnosticBag diagnostics)
    {
        SourceMark start = new(file, 1, 1);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Of(json.RootElement, start, diagnostics)
                : Fail("an ASTRA-sim system is a map of its settings", start, diagnostics);
        }
        catch (JsonException e)
        {
            return Fail(
                "this is not JSON" + (e.Path is { Length: > 0 } path ? $", near {path}" : ""),
                new(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1),
                diagnostics
            );
        }
    }

    private static AstraSystem? Of(JsonElement root, SourceMark start, DiagnosticBag diagnostics)
    {
        AstraSystem system = new();
        foreach (JsonProperty p in root.EnumerateObject())
        {
            AstraSystem? next = p.Name switch
            {
                "all-reduce-implementation" => Algorithms(p) is { } list ? system with { AllReduce = list } : null,
                "all-gather-implementation" => Algorithms(p) is { } list ? system with { AllGather = list } : null,
                "reduce-scatter-implementation" => Algorithms(p) is { } list ? system with { ReduceScatter = list } : null,
                "all-to-all-implementation" => Algorithms(p) is { } list ? system with { AllToAll = list } : null,
                "endpoint-delay" => Number(p, 0, 1e9) is { } ns ? system with { EndpointDelay = SimTime.FromNanoseconds(ns) } : null,
                "preferred-dataset-splits" => Number(p, 1, 1 << 20) is { } n ? system with { Splits = (int)n } : null,
                "active-chunks-per-dimension" => Number(p, 1, 1 << 20) is { } n ? system with { ActiveChunks = (int)n } : null,
                "local-mem-bw" => Number(p, 1e-3, 1e9) is { } rate ? system with { MemoryGigabytesPerSecond = rate } : null,
                _ => system,
            };
            if (next is null)
            {
                return Fail(
                    $"'{p.Name}' is {Yaml.Excerpt.Of(p.Value.GetRawText())}, which is "
                        + (
                            p.Name.EndsWith("-implementation", StringComparison.Ordinal)
                                ? $"no list of algorithms for each dimension; known are {string.Join(", ", Words)}"
                                : "no number in its range"
                        ),
                    start,
                    diagnostics
                );
            }

            system = next;
        }

        return system;
    }

    private static AstraSystem? Fail(string message, SourceMark mark, DiagnosticBag diagnostics)
    {
        diagnostics.Error(TraceProblems.Syntax, message, mark: mark);
        return null;
    }

    private static IReadOnlyList<string>? Algorithms(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string[] words = [.. property.Value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : "")];
        return words.All(w => Words.Contains(w.TrimEnd("0123456789".ToCharArray()))) ? words : null;
    }

    // Older files have numbers in quotes.
    private static double? Number(JsonProperty property, double least, double most)
    {
        double value = double.NaN;
        bool good = property.Value.ValueKind switch
        {
            JsonValueKind.Number => property.Value.TryGetDouble(out value),
            JsonValueKind.String => double.TryParse(
                property.Value.GetString(),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out value
            ),
            _ => false,
        };
        return good && value >= least && value <= most ? value : null;
    }
}
