using System.Globalization;
using System.Text.Json;

namespace Lightloom.Studio.Runs;

/// <summary>Turns what a page asks for into the arguments of a command, which checks them as it does those of a user.</summary>
internal static class RunCommand
{
    /// <summary>Commands that may be run.</summary>
    public static readonly string[] Kinds = ["simulate", "train", "faults", "compare", "explore"];

    // Options that read or write files of the server's, or that are no run.
    private static readonly HashSet<string> Forbidden =
    [
        "adopt",
        "catalog",
        "csv",
        "flows-out",
        "force",
        "help",
        "json",
        "list-options",
        "o",
        "output",
        "series",
        "tm",
        "topo",
        "trace",
        "version",
    ];

    /// <summary>True for a command whose <c>-o</c> writes a folder of files.</summary>
    public static bool WritesFiles(string kind) => kind is "simulate" or "train" or "compare";

    /// <summary>True for an option that a run may have.</summary>
    public static bool Allows(string option) => !Forbidden.Contains(option);

    /// <summary>The arguments behind the files, one an element.</summary>
    /// <exception cref="FormatException">An option that there is not, or that a run may not have.</exception>
    public static IReadOnlyList<string> ArgumentsOf(IReadOnlyDictionary<string, JsonElement> options)
    {
        List<string> arguments = [];
        foreach ((string given, JsonElement value) in options)
        {
            string name = given.Replace('_', '-');
            if (name.Length is 0 or > 40 || !char.IsAsciiLetterLower(name[0]) || name.Any(c => !char.IsAsciiLetterLower(c) && c != '-'))
            {
                throw new FormatException($"'{Yaml.Excerpt.Of(given)}' is no name of an option");
            }

            if (!Allows(name))
            {
                throw new FormatException($"--{name} reads or writes files of the server, which a run may not");
            }

            Add(arguments, name, value);
        }

        return arguments;
    }

    private static void Add(List<string> arguments, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined:
                break;
            case JsonValueKind.True:
                arguments.Add("--" + name);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Add(arguments, name, item);
                }

                break;
            case JsonValueKind.Number:
                arguments.Add($"--{name}={value.GetRawText()}");
                break;
            case JsonValueKind.String when value.GetString() is { Length: <= 4000 } text && !text.Any(char.IsControl):
                arguments.Add($"--{name}={text}");
                break;
            default:
                throw new FormatException(
                    string.Create(CultureInfo.InvariantCulture, $"--{name} takes a word, a number, true or a list of these")
                );
        }
    }
}
