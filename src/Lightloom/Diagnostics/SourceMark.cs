namespace Lightloom.Diagnostics;

/// <summary>A place in a text file: where a value of the specification was written.</summary>
/// <param name="File">The file's path as the user gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct SourceMark(string File, int Line, int Column)
{
    /// <summary><c>FILE:LINE:COL</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}");
}
