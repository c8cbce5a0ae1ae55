using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lightloom.Generators;

/// <summary>Decides from a property's type what its value in a file must look like.</summary>
internal static class ShapeReader
{
    private const string List = "System.Collections.Generic.IReadOnlyList<T>";
    private const string Map = "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>";

    // Unit's type, ending of the key, and the Quantity that reads it. The longer of two endings that fit comes first.
    private static readonly (string Type, string Suffix, string Quantity)[] Quantities =
    [
        ("Lightloom.Units.Length", "_m", "Metres"),
        ("Lightloom.Units.Length", "_mm", "Millimetres"),
        ("Lightloom.Units.Diameter", "_mm", "DiameterMillimetres"),
        ("Lightloom.Units.DataRate", "_gbps", "Gbps"),
        ("Lightloom.Units.Power", "_w", "Watts"),
        ("Lightloom.Units.Power", "_kw", "Kilowatts"),
        ("Lightloom.Units.Money", "_usd", "Dollars"),
        ("Lightloom.Units.Mass", "_kg", "Kilograms"),
        ("Lightloom.Units.SimTime", "_ns", "Nanoseconds"),
        ("Lightloom.Units.SimTime", "_us", "Microseconds"),
        ("Lightloom.Units.SimTime", "_ns_per_m", "NanosecondsAMetre"),
        ("Lightloom.Units.Mass", "_kg_per_m", "KilogramsAMetre"),
        (Names.Size, "_mb", "Mebibytes"),
        (Names.Size, "_gb", "Gibibytes"),
    ];

    // Numbers without a type of their own, by the ending of the key; with any other ending they are plain.
    private static readonly (string Suffix, string Quantity)[] Numbers =
    [
        ("_gbytes_s", "GigabytesASecond"),
        ("_tbytes_s", "TerabytesASecond"),
        ("_gb", "Gigabytes"),
        ("_tflops", "Teraflops"),
        ("_bpps", "BillionPacketsASecond"),
        ("_h", "Hours"),
        ("_db", "Decibels"),
    ];

    /// <summary>The type with keys that a property of this type holds, by itself, in a list, a map or a wrapper; null when none.</summary>
    public static INamedTypeSymbol? SectionOf(ITypeSymbol type)
    {
        type = Bare(type);
        if (
            type is INamedTypeSymbol { IsGenericType: true } generic
            && (NameOf(generic) is List or Map || HasAttribute(generic, Names.KeyWrapper))
        )
        {
            return SectionOf(generic.TypeArguments[generic.TypeArguments.Length - 1]);
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } section && HasKeys(section) ? section : null;
    }

    /// <summary>The expression that makes the shape; null, and a problem, when no value can be of the type.</summary>
    public static string? Read(IPropertySymbol property, string key, List<Problem> problems)
    {
        string? shape = Read(property.Type, key, out string? endings);
        if (shape is not null)
        {
            return shape;
        }

        string type = property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        problems.Add(
            endings is null
                ? Problem.At(property, Rules.UnsupportedType, key, type)
                : Problem.At(property, Rules.WrongUnit, key, type, endings)
        );
        return null;
    }

    private static string? Read(ITypeSymbol declared, string key, out string? endings)
    {
        endings = null;
        ITypeSymbol type = Bare(declared);
        switch (type.SpecialType)
        {
            case SpecialType.System_Int32:
                return Shape("Integer");
            case SpecialType.System_Double:
                return Numbers.FirstOrDefault(n => key.EndsWith(n.Suffix, StringComparison.Ordinal)) is { Quantity: { } number }
                    ? Shape($"Of({Names.Keys}Quantity.{number})")
                    : Shape("Number");
            case SpecialType.System_Boolean:
                return Shape("Flag");
            case SpecialType.System_String:
                return Shape("Text");
        }

        string name = NameOf(type);
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        switch (name)
        {
            case Names.AutoInt:
                return Shape("AutoInteger");
            case Names.Size when Quantities.All(q => q.Type != name || !key.EndsWith(q.Suffix, StringComparison.Ordinal)):
                return Shape("Size");
            case Names.RawMap:
                return Shape("Raw");
            case List:
                return ReadList((INamedTypeSymbol)type, key, out endings);
            case Map:
                return ReadMap((INamedTypeSymbol)type, key, out endings);
        }

        (string Type, string Suffix, string Quantity)[] units = [.. Quantities.Where(q => q.Type == name)];
        if (units.Length > 0)
        {
            endings = string.Join(" or ", units.Select(static q => q.Suffix));
            return units.FirstOrDefault(q => key.EndsWith(q.Suffix, StringComparison.Ordinal)) is { Quantity: { } quantity }
                ? Shape($"Of({Names.Keys}Quantity.{quantity})")
                : null;
        }

        return ReadByAttribute(type, full, key, out endings);
    }

    private static string? ReadByAttribute(ITypeSymbol type, string full, string key, out string? endings)
    {
        endings = null;
        if (type.TypeKind == TypeKind.Enum)
        {
            return HasWords(type)
                ? Shape(
                    $"Word({full}Words.All, static word => {full}Words.TryParse(word, out var value) ? value : null, "
                        + $"static value => {full}Words.ToWord(({full})value))"
                )
                : null;
        }

        if (
            AttributeOf(type, Names.KeyText) is { ConstructorArguments.Length: 1 } text
            && text.ConstructorArguments[0].Value is string expected
        )
        {
            string pattern = text.NamedArguments.FirstOrDefault(static a => a.Key == "Pattern").Value.Value is string given
                ? Quote(given)
                : "null";
            return Shape($"Parsed({Quote(expected)}, {pattern}, static text => {full}.TryParse(text, out var value) ? value : null)");
        }

        if (
            AttributeOf(type, Names.KeyNode) is { ConstructorArguments.Length: 1 } own
            && own.ConstructorArguments[0].Value is string written
        )
        {
            return Shape($"Own({Quote(written)}, static node => {full}.TryRead(node, out var value) ? value : null)");
        }

        if (type is INamedTypeSymbol { TypeArguments.Length: 1 } wrapper && HasAttribute(type, Names.KeyWrapper))
        {
            ITypeSymbol inner = wrapper.TypeArguments[0];
            string innerFull = inner.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            return Read(inner, key, out endings) is { } shape
                ? $"{shape}.Wrapped(static (value, place) => {full}.Of(({innerFull})value, place))"
                : null;
        }

        return SectionOf(type) is not null ? Shape($"SectionOf(static () => {full}Keys.Type)") : null;
    }

    private static string? ReadList(INamedTypeSymbol type, string key, out string? endings)
    {
        string element = type.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return Read(type.TypeArguments[0], key, out endings) is { } shape
            ? Shape($"List({shape}, static items => {Names.Keys}Gather.Array<{element}>(items))")
            : null;
    }

    // Ids, the words of an enum, or texts that a type reads itself, to values.
    private static string? ReadMap(INamedTypeSymbol type, string key, out string? endings)
    {
        ITypeSymbol id = type.TypeArguments[0];
        string value = type.TypeArguments[1].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

        // The unit of a map's values stands in the map's key, except for money, which a price book holds.
        string valueKey = NameOf(Bare(type.TypeArguments[1])) == "Lightloom.Units.Money" ? "_usd" : key;
        if (Read(type.TypeArguments[1], valueKey, out endings) is not { } shape)
        {
            return null;
        }

        if (id.SpecialType == SpecialType.System_String)
        {
            return Shape($"Map({shape}, null, static (ids, items) => {Names.Keys}Gather.Map<{value}>(ids, items))");
        }

        string word = id.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string gather = $"static (ids, items) => {Names.Keys}Gather.Map<{word}, {value}>(ids, items, ";
        const string Same = "static (a, b) => a == b)";
        if (id.TypeKind == TypeKind.Enum && HasWords(id))
        {
            return Shape(
                $"Map({shape}, {word}Words.All, {gather}static id => {word}Words.TryParse(id, out var word) ? word : default, {Same})"
            );
        }

        return HasAttribute(id, Names.KeyText)
            ? Shape(
                $"Map({shape}, null, {gather}static id => {word}.TryParse(id, out var text) ? text : default, {Same}, "
                    + $"{ReadByAttribute(id, word, key, out _)})"
            )
            : null;
    }

    private static string Shape(string member) => Names.Keys + "ValueShape." + member;

    private static ITypeSymbol Bare(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static string NameOf(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString();

    private static bool HasWords(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Any(static f => WordGenerator.WordOf(f) is not null);

    private static bool HasKeys(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (KeyedTypeReader.FirstKeyOf(t) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAttribute(ITypeSymbol type, string name) => AttributeOf(type, name) is not null;

    private static AttributeData? AttributeOf(ITypeSymbol type, string name) =>
        type.OriginalDefinition.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
