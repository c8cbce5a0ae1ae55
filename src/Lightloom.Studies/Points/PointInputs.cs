using Lightloom.Studies.Files;

namespace Lightloom.Studies.Points;

/// <summary>All that the result of one point depends on.</summary>
/// <param name="Arguments">The command line behind the program's name, as it is shown and kept.</param>
/// <param name="Run">The same as it is run: files by their full path.</param>
/// <param name="Files">The cluster files with their values in place.</param>
/// <param name="Hash">32 hexadecimal digits: of the program's version, the command line and every file's text.</param>
public sealed record PointInputs(IReadOnlyList<string> Arguments, IReadOnlyList<string> Run, IReadOnlyList<ClusterText> Files, string Hash);
