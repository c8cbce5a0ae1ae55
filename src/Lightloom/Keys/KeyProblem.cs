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

    /// <summary>The id of a fault in a cluster file.</summary>
    public static string Of(KeyFault fault) =>
        fault switch
        {
            KeyFault.UnknownKey => UnknownKey,
            KeyFault.MissingKey => MissingKey,
            KeyFault.WrongType => WrongType,
            KeyFault.OutOfRange => OutOfRange,
            _ => UnknownWord,
        };
}
