namespace Lightloom.Generators;

/// <summary>Full names of the types that the generator looks for and writes.</summary>
internal static class Names
{
    public const string Key = "Lightloom.Keys.KeyAttribute";
    public const string KeyText = "Lightloom.Keys.KeyTextAttribute";
    public const string KeyNode = "Lightloom.Keys.KeyNodeAttribute";
    public const string KeysBeside = "Lightloom.Keys.KeysBesideAttribute";
    public const string KeyWrapper = "Lightloom.Keys.KeyWrapperAttribute";
    public const string Shorthand = "Lightloom.Keys.ShorthandAttribute";
    public const string AutoInt = "Lightloom.Keys.AutoInt";
    public const string Mark = "Lightloom.Diagnostics.SourceMark";
    public const string RawMap = "Lightloom.Yaml.YamlMap";
    public const string Size = "Lightloom.Units.DataSize";
    public const string Keys = "global::Lightloom.Keys.";
}
