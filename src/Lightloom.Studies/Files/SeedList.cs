using System.Globalization;
using Lightloom.Keys;
using Lightloom.Yaml;

namespace Lightloom.Studies.Files;

/// <summary>The seeds that every point is run with: a number of them, counted from 1, or a list.</summary>
[KeyNode("a number of seeds (5 means 1 to 5), or a list of them")]
public sealed class SeedList
{
    private const int Most = 1_000_000;

    private SeedList(IReadOnlyList<ulong> seeds) => Seeds = seeds;

    /// <summary>The seeds, each once.</summary>
    public IReadOnlyList<ulong> Seeds { get; }

    /// <summary>Reads what is written.</summary>
    public static bool TryRead(YamlNode node, out SeedList value)
    {
        List<ulong> seeds = [];
        bool good = true;
        switch (node)
        {
            case YamlScalar scalar when Number(scalar, out ulong count) && count is > 0 and <= Most:
                seeds.AddRange(Enumerable.Range(1, (int)count).Select(s => (ulong)s));
                break;
            case YamlList { Items.Count: > 0 and <= Most } list:
                foreach (YamlNode item in list.Items)
                {
                    good &= item is YamlScalar one && Number(one, out ulong seed) && !seeds.Contains(seed) && Add(seeds, seed);
                }

                break;
            default:
                good = false;
                break;
        }

        value = new(seeds);
        return good;
    }

    private static bool Add(List<ulong> seeds, ulong seed)
    {
        seeds.Add(seed);
        return true;
    }

    private static bool Number(YamlScalar scalar, out ulong number) =>
        ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && !scalar.IsQuoted;
}
