using System.Globalization;
using System.Text.Json;
using Lightloom.Diagnostics;

namespace Lightloom.Traces.Graph;

/// <summary>
/// Which ranks a group's name means: ASTRA-sim's communicator groups, a JSON map from names to lists of ranks. Immutable.
/// </summary>
public sealed class RankGroups
{
    /// <summary>No groups.</summary>
    public static RankGroups None { get; } = new([]);

    private readonly Dictionary<string, int[]> _ranks;

    internal RankGroups(Dictionary<string, int[]> ranks) => _ranks = ranks;

    /// <summary>The groups' names.</summary>
    public IReadOnlyCollection<string> Names => _ranks.Keys;

    /// <summary>The ranks of a group in their order; null when nothing says.</summary>
    public IReadOnlyList<int>? Of(string group) => _ranks.GetValueOrDefault(group);

    /// <summary>Reads a file; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static RankGroups? Read(string file, string text, DiagnosticBag diagnostics)
    {
        SourceMark start = new(file, 1, 1);
        Dictionary<string, int[]> groups = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                diagnostics.Error(TraceProblems.Syntax, "groups are a map from names to lists of ranks, as {\"1\": [0, 1]}", mark: start);
                return null;
            }

            foreach (JsonProperty group in json.RootElement.EnumerateObject())
            {
                int[]? ranks = RanksOf(group.Value);
                if (ranks is null || ranks.Length < 1 || ranks.Distinct().Count() != ranks.Length || !groups.TryAdd(group.Name, ranks))
                {
                    diagnostics.Error(
                        TraceProblems.Value,
                        $"group '{Yaml.Excerpt.Of(group.Name)}' is no list of different ranks, named once; write it as "
                            + $"\"{Yaml.Excerpt.Of(group.Name)}\": [0, 1, 2, 3]",
                        mark: start
                    );
                    return null;
                }
            }
        }
        catch (JsonException e)
        {
            diagnostics.Error(
                TraceProblems.Syntax,
                "this is not JSON" + (e.Path is { Length: > 0 } path ? $", near {path}" : "") + "; groups are a map as {\"1\": [0, 1]}",
                mark: new(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1)
            );
            return null;
        }

        return new(groups);
    }

    private static int[]? RanksOf(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var ranks = new int[list.GetArrayLength()];
        int at = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            bool good = item.ValueKind switch
            {
                JsonValueKind.Number => item.TryGetInt32(out ranks[at]),
                JsonValueKind.String => int.TryParse(item.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out ranks[at]),
                _ => false,
            };
            if (!good || ranks[at++] < 0)
            {
                return null;
            }
        }

        return ranks;
    }
}
