using System.Globalization;
using Lightloom.Keys;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>Which places a cluster file may have, as paths that <see cref="SpecPath"/> sets: <c>backend.planes</c>, <c>pools[0].nodes</c>.</summary>
public static class SpecPlace
{
    private static string[] Steps(string path) => [.. path.Split('.', '[', ']').Where(s => s.Length > 0)];

    /// <summary>Why no cluster file has such a place, with the nearest one that it may have; null when one may have it.</summary>
    /// <param name="path">The path.</param>
    public static string? Problem(string path)
    {
        KeyedType type = ClusterSpecKeys.Type;
        ValueShape? shape = null;
        string before = "";
        foreach (string step in Steps(path))
        {
            switch (shape?.Kind)
            {
                case null or ValueKind.Section:
                    KeyedType section = shape?.Section ?? type;
                    if (section[step] is not { } property)
                    {
                        return UnknownKey(step, section, before);
                    }

                    shape = property.Shape;
                    break;
                case ValueKind.List when !IsNumber(step):
                    return $"'{before}' is a list: name the item by its number, as in {before}[0].{step}";
                case ValueKind.Map when shape.MapWords is { } words && !words.Contains(step):
                    return $"'{before}' has no '{Excerpt.Of(step)}'"
                        + Nearest.Suggestion(step, words, $"; it has {string.Join(", ", words)}");
                case ValueKind.List or ValueKind.Map:
                    shape = shape.Element;
                    break;
                case ValueKind.Raw or ValueKind.Own:
                    // Its own reader knows what may stand there; it is asked for every value of the study.
                    return null;
                default:
                    return $"'{before}' is a single value and has no '{Excerpt.Of(step)}' below it; vary {before} itself";
            }

            before =
                before.Length == 0 ? step
                : IsNumber(step) ? $"{before}[{step}]"
                : $"{before}.{step}";
        }

        return shape is null ? "a path names a key, as in backend.planes or pools[0].nodes" : null;
    }

    private static string UnknownKey(string step, KeyedType section, string before)
    {
        string where = before.Length == 0 ? "a cluster file" : $"'{before}'";
        string fallback =
            ClusterSpecKeys.Type.PathTo(step) is { } elsewhere
                ? $"; did you mean '{elsewhere.Replace("[]", "[0]", StringComparison.Ordinal)}'?"
            : before.Length == 0 ? $"; its keys are {string.Join(", ", section.Properties.Select(p => p.Name))}"
            : $"; the keys here are {string.Join(", ", section.Properties.Select(p => p.Name))}";
        return Nearest.Of(step, section.Properties.Select(p => p.Name)) is { } near
            ? $"{where} has no key '{Excerpt.Of(step)}'; did you mean '{(before.Length == 0 ? near : $"{before}.{near}")}'?"
            : $"{where} has no key '{Excerpt.Of(step)}'{fallback}";
    }

    private static bool IsNumber(string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
