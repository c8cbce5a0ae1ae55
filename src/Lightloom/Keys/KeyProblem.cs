namespace Lightloom.Keys;

/// <summary>The ids of what can be wrong with keys and values before anyone asks what they mean together. docs/diagnostics.md explains
/// each.</summary>
internal static class KeyProblem
{
    public const string UnknownKey = "LL2010";
    public const string MissingKey = "LL2012";
    public const string WrongType = "LL2013";
    public const string OutOfRange = "LL2014";
    public const string UnknownWord = "LL2015";
}
