using Lightloom.Keys;
using Lightloom.Spec;

namespace Lightloom.Studies.Files;

/// <summary>The keys of a study file, for the schema and the docs: generated from the types that read it.</summary>
public static class StudySchema
{
    /// <summary>The keys.</summary>
    public static KeyedType Keys => StudySpecKeys.Type;

    /// <summary>The JSON Schema (draft 2020-12), ending in a line break.</summary>
    public static string Generate() =>
        SpecSchema.Generate(Keys, "Lightloom study file", "A sweep over cluster files and options. Format version 1.");
}
