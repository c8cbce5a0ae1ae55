using System.Globalization;

namespace Lightloom.Hardware;

/// <summary>Which fields the entries of a catalogue file have. Made from the keys of their types, as the reader is.</summary>
public static class CatalogueFields
{
    /// <summary>The sections of a catalogue file: <c>switches</c>, <c>nodes</c> ...</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. CatalogueSection.All.Select(s => s.Key)];

    /// <summary>What an entry of a section is, in a sentence.</summary>
    /// <exception cref="ArgumentException">There is no such section.</exception>
    public static string DescriptionOf(string section) => SectionOf(section).Description;

    /// <summary>The fields of a section's entries, those of blocks after the block.</summary>
    /// <exception cref="ArgumentException">There is no such section.</exception>
    public static IReadOnlyList<EntryField> Of(string section)
    {
        CatalogueSection found = SectionOf(section);
        var fields = new List<EntryField>();
        Add(found.Type, "", fields);
        if (found.HasSources)
        {
            fields.Add(new("source", "ids of sources, or a map of fields to them", false, EntryContext.SourceDescription));
            string assumed = found.ReasonAlone ? "the reason" : "a map of fields to value and why";
            fields.Add(new("assumed", assumed, false, "What stands in for what nobody published, with the reason."));
        }

        return fields;
    }

    private static CatalogueSection SectionOf(string section) =>
        CatalogueSection.Of(section) ?? throw new ArgumentException($"the catalogue has no section '{section}'", nameof(section));

    private static void Add(KeyedType type, string prefix, List<EntryField> into)
    {
        foreach (KeyedProperty property in type.Properties)
        {
            into.Add(new(prefix + property.Name, ValueOf(property), property.Required, property.Description));
            if ((property.Shape.Element ?? property.Shape) is { Kind: ValueKind.Section } block)
            {
                Add(block.Section, $"{prefix}{property.Name}.", into);
            }
        }
    }

    private static string ValueOf(KeyedProperty property)
    {
        ValueShape shape = property.Shape;
        string one = OneOf(property, shape.Element ?? shape);
        return shape.Kind switch
        {
            ValueKind.List => property.OneOrMany ? one + ", or a list" : "list: " + one,
            ValueKind.Map when shape.MapWords is { } words => $"map of {string.Join(", ", words)} to {one}",
            ValueKind.Map => $"map of {shape.Id?.Expected ?? "names"} to {one}",
            _ => one,
        };
    }

    private static string OneOf(KeyedProperty property, ValueShape shape)
    {
        string value = shape.Kind switch
        {
            _ when property.Words.Count > 0 => string.Join(", ", property.Words),
            ValueKind.Integer or ValueKind.AutoInteger => "whole number",
            ValueKind.Number => "number",
            ValueKind.Quantity => shape.Symbol.Length > 0 ? "number of " + shape.Symbol : "number",
            ValueKind.Flag => "true or false",
            ValueKind.Section => "block",
            _ => shape.Expected ?? "text",
        };
        return value + BoundsOf(property);
    }

    private static string BoundsOf(KeyedProperty property)
    {
        bool low = double.IsFinite(property.Minimum);
        bool high = double.IsFinite(property.Maximum);
        string minimum = Number(property.Minimum);
        string maximum = Number(property.Maximum);
        return low && high ? $", {minimum} to {maximum}"
            : low ? $", {minimum} or more"
            : high ? $", {maximum} at most"
            : "";
    }

    private static string Number(double number) => number.ToString("#,0.######", CultureInfo.InvariantCulture);
}
