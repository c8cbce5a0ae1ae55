namespace Lightloom.Verify.Reading;

/// <summary>Ids of what can be wrong with a folder's files before anything in them can be compared.</summary>
internal static class ReadProblem
{
    /// <summary>There is no such folder, or it is not the result of <c>design -o</c>.</summary>
    public const string NoResult = "LL8201";

    /// <summary>A file of comma-separated values that is none: a column is missing, a row has too few or too many fields.</summary>
    public const string Rows = "LL8202";

    /// <summary>A field that is not the number or the word that its column holds.</summary>
    public const string Field = "LL8203";

    /// <summary>A file that is not the JSON document that it should be.</summary>
    public const string Json = "LL8204";
}
