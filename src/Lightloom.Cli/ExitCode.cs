namespace Lightloom.Cli;

/// <summary>What the program's exit status means.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The input is wrong; each diagnostic has its line.</summary>
    public const int BadInput = 1;

    /// <summary>The command line is wrong.</summary>
    public const int BadCommandLine = 2;

    /// <summary>No design meets the limits, or a run does not fit into memory.</summary>
    public const int Infeasible = 3;

    /// <summary>As-built differs from as-designed, or the files of a design contradict each other.</summary>
    public const int Differs = 4;

    /// <summary>A defect of Lightloom itself.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
