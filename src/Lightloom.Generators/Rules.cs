using Microsoft.CodeAnalysis;

namespace Lightloom.Generators;

/// <summary>What keyed types and enums with words must keep to; each is an error of the compilation.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor DuplicateKey = Rule(
        "LLG001",
        "Two properties have one key",
        "'{0}' and '{1}' of {2} both have the key '{3}'; give each key to one property"
    );

    public static readonly DiagnosticDescriptor UnsupportedType = Rule(
        "LLG002",
        "A property's type cannot be read from a file",
        "the key '{0}' is a {1}, which no value of a file can be; use int, double, bool, string, an enum with [Word], a unit's type, "
            + "a type "
            + "with [KeyText] or [KeyWrapper], a type with keys, or a list or map of these"
    );

    public static readonly DiagnosticDescriptor WrongUnit = Rule(
        "LLG003",
        "A key's name does not end in its unit",
        "the key '{0}' is a {1}, so its name must end in {2}"
    );

    public static readonly DiagnosticDescriptor NotConstructible = Rule(
        "LLG004",
        "A keyed type cannot be made",
        "{0} has keys, so it must be a class or record at the top level of its namespace with a constructor that takes nothing"
    );

    public static readonly DiagnosticDescriptor NotSettable = Rule(
        "LLG005",
        "A keyed property cannot be set",
        "'{0}' of {1} has a key, so it must be a property with `get; init;` that the whole assembly can see"
    );

    public static readonly DiagnosticDescriptor UnknownShorthand = Rule(
        "LLG006",
        "A shorthand names no key",
        "{0} has the shorthand '{1}', which is none of its keys"
    );

    public static readonly DiagnosticDescriptor MissingWord = Rule(
        "LLG007",
        "An enum's value has no word",
        "{0}.{1} has no [Word]; when one value of an enum has a word, all must"
    );

    public static readonly DiagnosticDescriptor DuplicateWord = Rule(
        "LLG008",
        "Two values of an enum have one word",
        "{0}.{1} and {0}.{2} both have the word '{3}'; give each a word of its own"
    );

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Lightloom.Keys", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
