using System.Text.RegularExpressions;
using Lightloom.Diagnostics;

namespace Lightloom.Verify.Tests;

/// <summary>Keys with values that a refusal tells its reader to write, and what it says will come of it.</summary>
/// <param name="Keys">As a file writes them: <c>backend.planes: 2, floor.panels_at_racks: none</c>.</param>
/// <param name="IsDesign">True where the file with them is said to be a design; false where they are said to mend the error they stand in.</param>
internal sealed partial record NamedChange(string Keys, bool IsDesign)
{
    /// <summary>All that a message names.</summary>
    public static IReadOnlyList<NamedChange> Of(Diagnostic error) =>
        [
            .. Marker()
                .Matches(error.Message)
                .Select(m => new NamedChange(
                    KeysAt(error.Message, m.Index + m.Length),
                    m.Value.StartsWith("it works", StringComparison.Ordinal)
                ))
                .Where(c => c.Keys.Length > 0),
        ];

    [GeneratedRegex(
        @"it works with |would serve with (leaves of their own, )?|would serve \(|(?<=; )with (?=\S+: \S+.* this network works)"
    )]
    private static partial Regex Marker();

    [GeneratedRegex(@"\G[a-z_]+(\.[a-z0-9_-]+)+: ")]
    private static partial Regex Key();

    // Entries up to what is no longer one: `key: value, key: {map}`.
    private static string KeysAt(string message, int start)
    {
        int end = start;
        while (Key().Match(message, end > start ? end + 2 : end) is { Success: true } key)
        {
            end = EndOfValue(message, key.Index + key.Length);
            if (end + 2 > message.Length || message[end] != ',')
            {
                break;
            }
        }

        return message[start..end].TrimEnd(',');
    }

    private static int EndOfValue(string message, int at)
    {
        int depth = 0;
        for (; at < message.Length; at++)
        {
            depth += message[at] is '{' or '[' ? 1 : 0;
            if (depth == 0 && message[at] is ' ' or ',' or ';' or ')')
            {
                break;
            }

            depth -= message[at] is '}' or ']' ? 1 : 0;
        }

        return at;
    }
}
