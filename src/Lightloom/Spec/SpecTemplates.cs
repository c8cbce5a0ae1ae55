namespace Lightloom.Spec;

/// <summary>The starter files: the least that works, every key with its default, and each of the examples.</summary>
public static class SpecTemplates
{
    private const string Minimal = "minimal";
    private const string Full = "full";
    private const string TemplatePrefix = "templates/";
    private const string ExamplePrefix = "examples/";

    /// <summary>All names: <c>minimal</c>, <c>full</c>, then the examples in the order of their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Minimal,
        Full,
        .. typeof(SpecTemplates)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(ExamplePrefix, StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n[ExamplePrefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The template of that name, or null.</summary>
    public static SpecTemplate? Find(string name)
    {
        string? text = name switch
        {
            Minimal => Resource(TemplatePrefix + Minimal + ".yaml"),
            Full => FullTemplate.Generate(),
            _ when Names.Contains(name) => Resource(ExamplePrefix + name + ".yaml"),
            _ => null,
        };
        return text is null ? null : new SpecTemplate(name, SummaryOf(text), text);
    }

    // A file's first comment line says who it is for.
    private static string SummaryOf(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return text[..Math.Max(end, 0)].TrimStart('#', ' ').TrimEnd();
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(
            typeof(SpecTemplates).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"the resource '{name}' is missing from the build")
        );
        return reader.ReadToEnd();
    }
}
