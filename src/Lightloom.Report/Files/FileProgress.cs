namespace Lightloom.Report.Files;

/// <summary>How far the writing of a design's files has come.</summary>
/// <param name="File">The file being written.</param>
/// <param name="Fraction">The share of it that is done, 0 to 1.</param>
public readonly record struct FileProgress(string File, double Fraction);
