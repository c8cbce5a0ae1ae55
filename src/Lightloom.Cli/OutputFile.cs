namespace Lightloom.Cli;

/// <summary>A file that an option names, or none.</summary>
internal static class OutputFile
{
    /// <summary>Why a file cannot be written once the work is done, or null: a long run should not end with nowhere to write.</summary>
    public static string? Problem(string? file) => file is null ? null : Report.Files.OutputFile.Problem(file);

    /// <summary>Writes it; nothing when no file was asked for.</summary>
    public static void Write(string? file, Action<TextWriter> write)
    {
        if (file is not null)
        {
            Report.Files.OutputFile.WriteText(file, write);
        }
    }
}
