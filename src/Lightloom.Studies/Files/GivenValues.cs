using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Yaml;

namespace Lightloom.Studies.Files;

/// <summary>Values by what they are given to: one point of a list.</summary>
[KeyNode("a section of places and options with their values, as in {backend.planes: 2, --seed: 3}")]
public sealed class GivenValues
{
    private GivenValues(IReadOnlyList<(string Target, StudyValue Value, SourceMark Mark)> items) => Items = items;

    /// <summary>Each target with its value and the place of its key, in the file's order.</summary>
    public IReadOnlyList<(string Target, StudyValue Value, SourceMark Mark)> Items { get; }

    /// <summary>Nothing given.</summary>
    public static GivenValues None { get; } = new([]);

    /// <summary>Reads a section.</summary>
    public static bool TryRead(YamlNode node, out GivenValues value)
    {
        value = None;
        if (node is not YamlMap map)
        {
            return false;
        }

        List<(string, StudyValue, SourceMark)> items = [];
        foreach (YamlEntry entry in map.Entries)
        {
            if (!StudyValue.TryRead(entry.Value, out StudyValue one))
            {
                return false;
            }

            items.Add((entry.Key, one, entry.Mark));
        }

        value = new(items);
        return true;
    }
}
