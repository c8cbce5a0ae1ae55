namespace Lightloom.Cli;

/// <summary>One file that the user asked for by its name, such as a table of flows.</summary>
internal static class OutputFile
{
    /// <summary>Why a file cannot be written once the work is done, or null: a long run should not end with nowhere to write.</summary>
    public static string? Problem(string? file) =>
        file is not null && new FileInfo(file).Directory is { Exists: false } missing
            ? $"there is no directory {missing.FullName} for {Path.GetFileName(file)}"
            : null;

    /// <summary>Writes it whole or not at all; nothing when no file was asked for.</summary>
    public static void Write(string? file, Action<TextWriter> write)
    {
        if (file is null)
        {
            return;
        }

        // Under another name first: an interrupted run must leave no half-written file.
        string partial = Path.GetFullPath(file) + ".partial";
        try
        {
            using (StreamWriter text = new(partial))
            {
                write(text);
            }

            File.Move(partial, Path.GetFullPath(file), overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
