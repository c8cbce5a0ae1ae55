using System.Globalization;

namespace Lightloom.Verify.Outcome;

/// <summary>One place where the written files contradict each other or the catalogue. Immutable.</summary>
/// <param name="Rule">The rule that does not hold.</param>
/// <param name="File">Name of the file in the folder.</param>
/// <param name="Line">Line of the row in that file, from 1; 0 where the whole file is meant.</param>
/// <param name="Text">What is wrong, with the ids and rows concerned.</param>
public sealed record Contradiction(Rule Rule, string File, int Line, string Text)
{
    /// <summary>The line to print: <c>cables.csv:17: lane-once: ...</c>.</summary>
    public override string ToString() =>
        Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Rule.Id}: {Text}") : $"{File}: {Rule.Id}: {Text}";
}
