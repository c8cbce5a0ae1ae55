using System.Text.RegularExpressions;
using Lightloom.Hardware;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lightloom.Architecture.Tests;

/// <summary>
/// Every key of the catalogue's entries and every fact of its files is read by a rule of a design, by the bill, the report or a run, or it
/// stands in <c>facts.txt</c> as something to read, with the reason. What nobody reads and nobody vouches for goes.
/// </summary>
/// <remarks>Read from the instructions of the built assemblies: calls of a key's getter, and texts that name a fact.</remarks>
public sealed partial class CatalogueFactsTest
{
    private static readonly Lazy<Readers> Found = new(Read);

    [Fact]
    public void Every_key_of_the_catalogue_is_read_somewhere_or_is_there_to_be_read() => Compare(Found.Value.Keys, "key");

    [Fact]
    public void Every_fact_of_the_catalogue_is_read_somewhere_or_is_there_to_be_read() =>
        Compare(Catalogue.Default.Facts.Keys.ToDictionary(id => id, ReadersOf), "fact");

    [Fact]
    public void The_list_finds_readers_where_there_are_some()
    {
        // Without this a scan that finds nothing, or everything, would pass.
        Found.Value.Keys["SwitchingEntry.latency_ns"].ShouldContain("LinkLatency");
        Found.Value.Keys["NicModel.packet_spraying"].ShouldBeEmpty();
        ReadersOf("pue").ShouldNotBeEmpty();
        ReadersOf("tariff-iowa-usd-per-kwh").ShouldBeEmpty();
    }

    private static void Compare(IReadOnlyDictionary<string, SortedSet<string>> readers, string what)
    {
        Vouched[] vouched = [.. Listed().Where(v => v.What == what)];
        string[] unread = [.. readers.Where(r => r.Value.Count == 0).Select(r => r.Key).Order(StringComparer.Ordinal)];
        unread
            .Where(id => !vouched.Any(v => v.Pattern.IsMatch(id)))
            .ShouldBeEmpty($"read nowhere: use it, remove it, or say in facts.txt why it is worth reading");
        vouched
            .Where(v => !unread.Any(id => v.Pattern.IsMatch(id)))
            .Select(v => v.Text)
            .ShouldBeEmpty("facts.txt vouches for what does not exist or is read by now");
        vouched
            .SelectMany(v => readers.Where(r => r.Value.Count > 0 && v.Pattern.IsMatch(r.Key)).Select(r => $"{r.Key} by {r.Value.Min}"))
            .ShouldBeEmpty("facts.txt vouches for what is read");
    }

    private static SortedSet<string> ReadersOf(string fact) =>
        [
            .. Found
                .Value.Texts.Where(t => t.Texts.Contains(fact) || t.Texts.Any(p => IsStem(p, fact) && t.Texts.Any(e => IsEnd(e, p, fact))))
                .Select(t => t.Type),
        ];

    // "loss-budget-" and "-db" with a word put between them.
    private static bool IsStem(string text, string fact) =>
        text.Length > 5 && text.EndsWith('-') && fact.StartsWith(text, StringComparison.Ordinal);

    private static bool IsEnd(string end, string stem, string fact) =>
        end.StartsWith('-') && end.Length > 1 && fact.Length > stem.Length + end.Length && fact.EndsWith(end, StringComparison.Ordinal);

    private static IEnumerable<Vouched> Listed()
    {
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "facts.txt")))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] parts = line.Split((char[])[' '], 3, StringSplitOptions.RemoveEmptyEntries);
            parts.Length.ShouldBe(3, $"a line of facts.txt is what, pattern and reason, not '{line}'");
            yield return new(parts[0], new("^" + Regex.Escape(parts[1]).Replace("\\*", ".*", StringComparison.Ordinal) + "$"), line);
        }
    }

    private static Readers Read()
    {
        var keys = new Dictionary<string, SortedSet<string>>();
        var getters = new Dictionary<string, string>();
        var texts = new List<(string, HashSet<string>)>();
        ModuleDefinition[] modules =
        [
            .. Directory
                .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
                .Where(f => Ours().IsMatch(Path.GetFileName(f)))
                .Select(ModuleDefinition.ReadModule),
        ];
        foreach (PropertyDefinition property in modules.SelectMany(m => m.GetTypes()).SelectMany(t => t.Properties))
        {
            if (
                property.DeclaringType.Namespace == "Lightloom.Hardware"
                && property.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == "KeyAttribute") is { } key
            )
            {
                string name = $"{property.DeclaringType.Name}.{key.ConstructorArguments[0].Value}";
                keys[name] = [];
                getters[property.GetMethod.FullName] = name;
            }
        }

        foreach (MethodDefinition method in modules.SelectMany(m => m.GetTypes()).SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            string type = TypeReferences.Outermost(method.DeclaringType).Name;
            HashSet<string> own = [.. method.Body.Instructions.Select(i => i.Operand).OfType<string>()];
            texts.Add((type, own));
            if (type.EndsWith("Keys", StringComparison.Ordinal) || IsBookkeeping(method))
            {
                continue;
            }

            foreach (
                MethodReference called in method
                    .Body.Instructions.Where(i => i.OpCode.Code is Code.Call or Code.Callvirt)
                    .Select(i => (MethodReference)i.Operand)
            )
            {
                if (getters.TryGetValue(called.FullName, out string? key))
                {
                    keys[key].Add(type);
                }
            }
        }

        foreach (ModuleDefinition module in modules)
        {
            module.Dispose();
        }

        return new(keys, texts);
    }

    // What a record has from the compiler, and what fills in and checks an entry while it is read, is no use of it.
    private static bool IsBookkeeping(MethodDefinition method) =>
        method.Name is "Equals" or "GetHashCode" or "PrintMembers" or "Complete" or "Check" or "<Clone>$"
        && method.DeclaringType.Namespace == "Lightloom.Hardware";

    [GeneratedRegex(@"^(Lightloom(\.(Report|Experiments|Training|Verify))?|lightloom-cli)\.dll$")]
    private static partial Regex Ours();

    private sealed record Readers(
        IReadOnlyDictionary<string, SortedSet<string>> Keys,
        IReadOnlyList<(string Type, HashSet<string> Texts)> Texts
    );

    private sealed record Vouched(string What, Regex Pattern, string Text);
}
