using System.CommandLine;

namespace Lightloom.Cli.Options;

/// <summary>An option that checks its value while the command line is parsed.</summary>
public interface ICheckedOption
{
    /// <summary>What it takes, to follow "must be".</summary>
    string Expects { get; }

    /// <summary>Whether the user gave it.</summary>
    bool IsGivenIn(ParseResult parsed);
}
