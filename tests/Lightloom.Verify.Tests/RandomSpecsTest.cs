using System.Text.Json;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Xunit.Abstractions;

namespace Lightloom.Verify.Tests;

/// <summary>What the designer writes for two hundred files drawn at random contradicts nothing; what it refuses it explains.</summary>
public sealed partial class RandomSpecsTest(ITestOutputHelper output)
{
    private const int Files = 200;

    [Fact]
    public void Whatever_is_asked_at_random_is_refused_with_a_reason_or_verifies()
    {
        int designed = 0;
        List<string> wrong = [];
        for (int number = 0; number < Files; number++)
        {
            string yaml = RandomSpecs.Of(number);
            DiagnosticBag diagnostics = new();
            ClusterSpec? spec = SpecReader.Read(yaml, "random.yaml", Catalogue.Default, diagnostics);
            ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics);
            if (design is null)
            {
                if (!diagnostics.Any(d => d.Severity == Severity.Error && NamesAKey(d)))
                {
                    string errors = string.Join(" | ", diagnostics.Where(d => d.Severity == Severity.Error));
                    wrong.Add($"random-{number} is refused and no key with a value is named: {errors}");
                }

                output.WriteLine($"refused {number}: {string.Join(" | ", diagnostics.Where(d => d.Severity == Severity.Error).Take(1))}");
                continue;
            }

            designed++;
            using WrittenFolder folder = new(design);
            wrong.AddRange(folder.Verify().Contradictions.Take(3).Select(c => $"random-{number}: {c}"));
        }

        output.WriteLine($"{designed} of {Files} designed");
        string.Join('\n', wrong).ShouldBeEmpty();
        designed.ShouldBeGreaterThanOrEqualTo(Files / 2);
    }

    // A key that the file may have, and beside it a value that was found to work, the nearest miss, or that there is none. What looks like a
    // key and is none would send its reader to look for it.
    private static bool NamesAKey(Diagnostic error)
    {
        string[] keys = [.. Key().Matches(error.Message).Select(m => m.Value)];
        keys.Where(k => !IsKey(k)).ShouldBeEmpty($"no such key: {error}");
        return keys.Length > 0 && Value().IsMatch(error.Message);
    }

    private static bool IsKey(string path)
    {
        JsonElement at = Schema.Value;
        foreach (string name in path.Split('.'))
        {
            at = Follow(at);
            if (at.TryGetProperty("additionalProperties", out JsonElement value) && value.ValueKind == JsonValueKind.Object)
            {
                // A map: the name is the user's own.
                at = value;
                continue;
            }

            if (!(at.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out at)))
            {
                return false;
            }
        }

        return true;
    }

    // Through references, alternatives and lists to what has properties, or is a map.
    private static JsonElement Follow(JsonElement at)
    {
        while (!at.TryGetProperty("properties", out _))
        {
            if (at.TryGetProperty("$ref", out JsonElement reference))
            {
                at = reference.GetString()!.Split('/').Skip(1).Aggregate(Schema.Value, (e, name) => e.GetProperty(name));
            }
            else if (at.TryGetProperty("items", out JsonElement items))
            {
                at = items;
            }
            else if (at.TryGetProperty("oneOf", out JsonElement choices) || at.TryGetProperty("anyOf", out choices))
            {
                at = choices.EnumerateArray().FirstOrDefault(c => c.TryGetProperty("properties", out _) || c.TryGetProperty("$ref", out _));
                if (at.ValueKind != JsonValueKind.Object)
                {
                    return choices[0];
                }
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static readonly Lazy<JsonElement> Schema = new(() => JsonDocument.Parse(SpecSchema.Generate()).RootElement);

    [GeneratedRegex(@"\b(backend|frontend|oob|floor|interconnect|objectives|catalog|pools|services|networks|prices|names)(\.[a-z_]+)+\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"[a-z_]: [\w\-\[{]|closest: |\bno (other|value|pool)\b|no [a-z]+ of the catalogue")]
    private static partial Regex Value();
}
