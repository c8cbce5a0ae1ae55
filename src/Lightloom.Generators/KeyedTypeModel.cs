namespace Lightloom.Generators;

/// <summary>A type whose properties have keys.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">Its own keyed properties before those that it inherits, each in order of declaration.</param>
/// <param name="Mark">The property that takes the section's place in the file, or null.</param>
/// <param name="HasShorthand">True when a single value may stand for the section.</param>
/// <param name="ShorthandKey">The key whose value that is; null: of every key.</param>
/// <param name="Unset">Members that are required but have no key: whoever reads the file fills them afterwards.</param>
/// <param name="Problems">What is wrong with it; when anything is, no code is generated.</param>
internal sealed record KeyedTypeModel(
    string Namespace,
    string Name,
    EquatableArray<KeyModel> Keys,
    string? Mark,
    bool HasShorthand,
    string? ShorthandKey,
    EquatableArray<string> Unset,
    EquatableArray<Problem> Problems
);
