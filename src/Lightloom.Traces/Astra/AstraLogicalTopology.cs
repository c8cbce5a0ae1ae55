using System.Globalization;
using System.Text.Json;
using Lightloom.Diagnostics;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Astra;

/// <summary>How ASTRA-sim's collectives divide the ranks of a network that packets cross, dimension by dimension. Immutable.</summary>
/// <param name="Dimensions">Ranks of each dimension, the fastest-varying first, at least 1 each.</param>
public sealed record AstraLogicalTopology(IReadOnlyList<int> Dimensions)
{
    private const string Key = "logical-dims";

    /// <summary>Ranks in all.</summary>
    public long Ranks => Dimensions.Aggregate(1L, (n, d) => n * d);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" x ", Dimensions);

    /// <summary>Reads a file; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static AstraLogicalTopology? Read(string file, string text, DiagnosticBag diagnostics)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(Key, out JsonElement list)
                && list.ValueKind == JsonValueKind.Array
                && list.GetArrayLength() is >= 1 and <= 16
            )
            {
                int[] dimensions = [.. list.EnumerateArray().Select(Whole)];
                AstraLogicalTopology made = new(dimensions);
                if (dimensions.All(d => d > 0) && made.Ranks <= 1 << 24)
                {
                    return made;
                }
            }
        }
        catch (JsonException e)
        {
            diagnostics.Error(
                TraceProblems.Syntax,
                "this is not JSON",
                mark: new(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1)
            );
            return null;
        }

        diagnostics.Error(
            TraceProblems.Value,
            $"a logical topology is {{\"{Key}\": [\"8\", \"4\"]}}: the ranks of each dimension, at least 1 and {1 << 24} in all",
            mark: new(file, 1, 1)
        );
        return null;
    }

    private static int Whole(JsonElement item) =>
        item.ValueKind switch
        {
            JsonValueKind.Number when item.TryGetInt32(out int value) => value <= 1 << 24 ? value : 0,
            JsonValueKind.String when int.TryParse(item.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) =>
                value <= 1 << 24 ? value : 0,
            _ => 0,
        };
}
