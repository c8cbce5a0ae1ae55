using System.Globalization;
using Lightloom.Diagnostics;

namespace Lightloom.Traces.Graph;

/// <summary>Ids and places of what readers of traces and foreign networks find wrong.</summary>
internal static class TraceProblems
{
    public const string Missing = "LL3101";
    public const string WrongFormat = "LL3102";
    public const string Syntax = "LL3103";
    public const string Truncated = "LL3104";
    public const string Value = "LL3105";
    public const string DuplicateNode = "LL3106";
    public const string UnknownNode = "LL3107";
    public const string Cycle = "LL3108";
    public const string UnknownRank = "LL3109";
    public const string MissingRank = "LL3110";
    public const string UnmatchedReceive = "LL3111";
    public const string UnmatchedSend = "LL3112";
    public const string Collectives = "LL3113";
    public const string Unsupported = "LL3114";
    public const string NoDuration = "LL3115";
    public const string TooMany = "LL3116";

    /// <summary>A bag takes no more errors than this from one file.</summary>
    public const int Most = 20;

    /// <summary>The place of an operation: its line, or its byte counted from 1 as the column of line 1.</summary>
    public static SourceMark Mark(string file, long place, bool isBinary) =>
        isBinary ? new(file, 1, (int)Math.Min(int.MaxValue, place + 1)) : new(file, (int)Math.Clamp(place, 1, int.MaxValue), 1);

    /// <summary>The place of a byte in words; nothing for a text file, whose lines people can look at.</summary>
    public static string At(long place, bool isBinary) => isBinary ? string.Create(CultureInfo.InvariantCulture, $" at byte {place}") : "";
}
