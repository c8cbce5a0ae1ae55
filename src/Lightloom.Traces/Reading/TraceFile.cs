using Lightloom.Diagnostics;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Reading;

/// <summary>A file under a reader: where it is, and how it complains.</summary>
internal sealed class TraceFile(string path, bool isBinary, DiagnosticBag diagnostics)
{
    /// <summary>The most ranks that a trace may have.</summary>
    public const int MostRanks = 1 << 22;

    public string Path => path;

    public bool IsBinary => isBinary;

    /// <summary>Says what is wrong; ends the reading when enough has been said.</summary>
    /// <exception cref="TraceStop">There are too many errors.</exception>
    public void Error(string id, long place, string message, int column = 0)
    {
        SourceMark mark = TraceProblems.Mark(path, place, isBinary);
        diagnostics.Error(id, message, mark: column > 0 ? mark with { Column = column } : mark);
        if (diagnostics.Count >= TraceProblems.Most)
        {
            diagnostics.Error(TraceProblems.TooMany, "too many errors; the rest was not read", mark: mark);
            throw new TraceStop();
        }
    }

    /// <summary>Says what is wrong, and that nothing after it can be understood.</summary>
    public TraceStop Stop(string id, long place, string message, int column = 0)
    {
        SourceMark mark = TraceProblems.Mark(path, place, isBinary);
        diagnostics.Error(id, message, mark: column > 0 ? mark with { Column = column } : mark);
        return new();
    }

    /// <summary>Something worth knowing.</summary>
    public void Warning(string id, long place, string message) =>
        diagnostics.Warning(id, message, mark: TraceProblems.Mark(path, place, isBinary));
}
