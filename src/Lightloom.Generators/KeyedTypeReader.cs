using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lightloom.Generators;

/// <summary>Reads a type with keys from the compiler's symbols.</summary>
internal static class KeyedTypeReader
{
    // What the compiler knows of a property's [Key] and how it is written as an initializer of the generated description.
    private static readonly string[] Options =
    [
        "Required",
        "Minimum",
        "Maximum",
        "ExclusiveMinimum",
        "OneOf",
        "Example",
        "OneOrMany",
        "After",
    ];

    /// <summary>The type's first own property with a key, or null.</summary>
    public static IPropertySymbol? FirstKeyOf(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(static p => KeyOf(p) is not null);

    /// <summary>Reads the type.</summary>
    public static KeyedTypeModel Read(INamedTypeSymbol type)
    {
        var keys = new List<KeyModel>();
        var unset = new List<string>();
        var problems = new List<Problem>();
        string? mark = null;
        for (INamedTypeSymbol? t = type; t is not null && t.SpecialType != SpecialType.System_Object; t = t.BaseType)
        {
            foreach (IPropertySymbol property in t.GetMembers().OfType<IPropertySymbol>().Where(static p => !p.IsStatic))
            {
                if (
                    KeyOf(property) is { ConstructorArguments.Length: 2 } attribute
                    && attribute.ConstructorArguments[0].Value is string key
                    && attribute.ConstructorArguments[1].Value is string description
                )
                {
                    AddKey(type, property, attribute, key, description, keys, problems);
                }
                else if (HasKeysBeside(property) && ShapeReader.SectionOf(property.Type) is { } beside)
                {
                    AddBeside(type, property, beside, keys, problems);
                }
                else if (property.Type.ToDisplayString() == Names.Mark && property.SetMethod is not null)
                {
                    mark ??= property.Name;
                }
                else if (property.IsRequired)
                {
                    unset.Add(property.Name);
                }
            }
        }

        AttributeData? shorthand = type.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.ToDisplayString() == Names.Shorthand);
        string? shorthandKey = shorthand?.ConstructorArguments.FirstOrDefault().Value as string;
        if (shorthandKey is not null && keys.All(k => k.Key != shorthandKey))
        {
            problems.Add(Problem.At(type, Rules.UnknownShorthand, type.Name, shorthandKey));
        }

        bool hasConstructor = type.InstanceConstructors.Any(static c =>
            c.Parameters.IsEmpty && c.DeclaredAccessibility != Accessibility.Private
        );
        if (type.TypeKind != TypeKind.Class || type.ContainingType is not null || type.IsGenericType || !hasConstructor)
        {
            problems.Add(Problem.At(type, Rules.NotConstructible, type.Name));
        }

        return new(
            type.ContainingNamespace.ToDisplayString(),
            type.Name,
            new([.. keys]),
            mark,
            shorthand is not null,
            shorthandKey,
            new([.. unset]),
            new([.. problems])
        );
    }

    private static bool HasKeysBeside(IPropertySymbol property) =>
        property.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() == Names.KeysBeside);

    // The keys of the property's value join the section's own; none of them is required there.
    private static void AddBeside(
        INamedTypeSymbol type,
        IPropertySymbol property,
        INamedTypeSymbol section,
        List<KeyModel> keys,
        List<Problem> problems
    )
    {
        KeyedTypeModel read = Read(section);
        var beside = new BesideModel(property.Name, section.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), read.Unset);
        foreach (KeyModel key in read.Keys)
        {
            if (keys.FirstOrDefault(k => k.Key == key.Key) is { } other)
            {
                problems.Add(Problem.At(property, Rules.DuplicateKey, other.Property, key.Property, type.Name, key.Key));
            }

            keys.Add(
                key with
                {
                    Beside = beside,
                    Arguments = new([.. key.Arguments.Where(static a => !a.StartsWith("Required", System.StringComparison.Ordinal))]),
                }
            );
        }
    }

    private static AttributeData? KeyOf(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.ToDisplayString() == Names.Key);

    private static void AddKey(
        INamedTypeSymbol type,
        IPropertySymbol property,
        AttributeData attribute,
        string key,
        string description,
        List<KeyModel> keys,
        List<Problem> problems
    )
    {
        if (keys.FirstOrDefault(k => k.Key == key) is { } other)
        {
            problems.Add(Problem.At(property, Rules.DuplicateKey, other.Property, property.Name, type.Name, key));
        }

        if (
            property is not { GetMethod.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, SetMethod: { } setter }
            || setter.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)
        )
        {
            problems.Add(Problem.At(property, Rules.NotSettable, property.Name, type.Name));
        }

        string? shape = ShapeReader.Read(property, key, problems);
        var arguments = new List<string> { $"Description = {Quote(description)}" };
        foreach (string option in Options)
        {
            foreach (KeyValuePair<string, TypedConstant> given in attribute.NamedArguments.Where(a => a.Key == option))
            {
                if (given.Value.Value is { } value)
                {
                    arguments.Add(
                        option == "OneOf"
                            ? $"OneOf = [{string.Join(", ", ((string)value).Split('|').Select(Quote))}]"
                            : $"{option} = {Literal(value)}"
                    );
                }
            }
        }

        keys.Add(
            new(
                property.Name,
                property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                key,
                new([.. arguments]),
                shape ?? "",
                Beside: null,
                property.IsRequired
            )
        );
    }

    private static string Literal(object value) =>
        value switch
        {
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
            bool flag => flag ? "true" : "false",
            _ => Quote((string)value),
        };

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
