using System.Text.RegularExpressions;

namespace Lightloom.Tests.Diagnostics;

public partial class DiagnosticsPageTest
{
    [Fact]
    public void Every_id_in_the_sources_is_explained_and_nothing_else()
    {
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            if (!file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                foreach (Match match in Id().Matches(Comment().Replace(File.ReadAllText(file), "")))
                {
                    used.TryAdd(match.Value, Path.GetFileName(file));
                }
            }
        }

        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics.md"));
        HashSet<string> explained = [.. Row().Matches(page).Select(m => m.Groups[1].Value)];
        string[] missing = [.. used.Where(u => !explained.Contains(u.Key)).Select(u => $"{u.Key} ({u.Value})")];
        missing.ShouldBeEmpty("explain these in docs/diagnostics.md: " + string.Join(", ", missing));
        string[] stale = [.. explained.Where(e => !used.ContainsKey(e))];
        stale.ShouldBeEmpty("docs/diagnostics.md explains ids that nothing uses: " + string.Join(", ", stale));
    }

    // Inside a string, however it is built: "LL4102", or "error LL6901: ...".
    [GeneratedRegex(@"LL[1-9][0-9]{3}")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\| (LL[0-9]{4}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
