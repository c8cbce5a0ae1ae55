namespace Lightloom.Yaml;

/// <summary>The ids of what can be wrong with a YAML file before anyone asks what it means. docs/diagnostics.md explains each.</summary>
internal static class YamlProblem
{
    public const string Syntax = "LL2001";
    public const string Tab = "LL2002";
    public const string Empty = "LL2003";
    public const string SeveralDocuments = "LL2004";
    public const string TooLarge = "LL2005";
    public const string Alias = "LL2006";
    public const string Tag = "LL2007";
    public const string NotText = "LL2008";
    public const string KeyNotText = "LL2009";
    public const string DuplicateKey = "LL2011";
}
