namespace Lightloom.Studies.Points;

/// <summary>What the command line knows: which options a command has, and whether it takes what it is given.</summary>
public interface ICommandTable
{
    /// <summary>The options of a command, those among them that a study cannot give with the reason.</summary>
    IReadOnlyList<CommandOption> OptionsOf(string command);

    /// <summary>What is wrong with a command line, in words; null when it is accepted.</summary>
    /// <param name="arguments">The command and what follows it.</param>
    string? Problem(IReadOnlyList<string> arguments);
}
