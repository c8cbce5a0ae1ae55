using System.Text;

namespace Lightloom.Tests;

/// <summary>Small random damage to a text, of the kinds that typists, editors and truncated downloads do.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        ":",
        ": ",
        "-",
        "- ",
        "\n",
        "\n\n",
        "  ",
        " ",
        "\t",
        "#",
        " #",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "|\n",
        ">\n",
        "&a ",
        "*a",
        "<<: *a",
        "!!str ",
        "? ",
        "---\n",
        "...\n",
        "\r\n",
        "\\",
        "%",
        "@",
        "~",
        "null",
        "auto",
        "1e999",
        ".nan",
        "9223372036854775808",
        "-1",
        "0",
        "true",
        "é",
        "😀",
        "x: y",
        "name",
        "planes: 2\n",
    ];

    public static string Of(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            int at = random.Next(mutated.Length + 1);
            int length = Math.Min(random.Next(1, random.Next(2, 40)), mutated.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    mutated.Remove(at, length);
                    break;
                case 1:
                    mutated.Insert(at, mutated.ToString(at, length));
                    break;
                case 2 when mutated.Length > 0:
                    mutated[Math.Min(at, mutated.Length - 1)] = (char)random.Next(32, 127);
                    break;
                case 3 when random.Next(20) == 0:
                    mutated.Length = at;
                    break;
                default:
                    mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return mutated.ToString();
    }
}
