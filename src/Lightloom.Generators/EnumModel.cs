namespace Lightloom.Generators;

/// <summary>One value of an enum.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Word">Its word in files.</param>
/// <param name="Written">False when only results use the word and no file may.</param>
internal sealed record EnumValueModel(string Name, string Word, bool Written);

/// <summary>An enum whose values have words.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPublic">True when other assemblies see it.</param>
/// <param name="Values">Its values in order of declaration.</param>
/// <param name="Problems">What is wrong with it; when anything is, no code is generated.</param>
internal sealed record EnumModel(
    string Namespace,
    string Name,
    bool IsPublic,
    EquatableArray<EnumValueModel> Values,
    EquatableArray<Problem> Problems
);
