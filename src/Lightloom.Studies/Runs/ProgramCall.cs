namespace Lightloom.Studies.Runs;

/// <summary>How this program is started once more.</summary>
/// <param name="Executable">The file to start.</param>
/// <param name="First">What stands before the program's own arguments: the assembly, where a runtime starts it.</param>
public sealed record ProgramCall(string Executable, IReadOnlyList<string> First)
{
    /// <summary>The program that runs now.</summary>
    /// <param name="assembly">The name of its assembly's file, for a runtime that is told which to load.</param>
    public static ProgramCall Own(string assembly)
    {
        string path = Environment.ProcessPath ?? throw new InvalidOperationException("the program's own file is unknown");
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? new(path, [Path.Combine(AppContext.BaseDirectory, assembly)])
            : new(path, []);
    }
}
