using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lightloom.Spec;

/// <summary>A pattern for names: text with fields in braces, <c>{hall}{row:02}-{n:02}</c>.</summary>
/// <remarks>
/// A field is a word, and behind a colon the least digits of a number (<c>02</c>: two, filled up with zeros). Two braces of a kind stand
/// for one. Which words there are depends on what is named: <see cref="NamesSpec"/>.
/// </remarks>
[KeyText(
    "text with fields in braces, such as {hall}{row:02}-{n:02}, where 02 behind a colon asks for two digits at least: the zero is written "
        + "too, {n:02} and not {n:2}",
    Pattern = "^.*[{].*[}].*$"
)]
public sealed class NamePattern
{
    private const int MostDigits = 9;
    private const int Longest = 100;

    private NamePattern(string text, ImmutableArray<Part> parts)
    {
        Text = text;
        Parts = parts;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>The words of the fields, in order; a word that stands twice is listed twice.</summary>
    public IEnumerable<string> Fields => Parts.Where(p => p.Field is not null).Select(p => p.Field!);

    private ImmutableArray<Part> Parts { get; }

    /// <summary>Reads a pattern; false when a brace stands alone, a field is no word, or there is no field at all.</summary>
    public static bool TryParse(string? text, out NamePattern pattern)
    {
        pattern = null!;
        if (string.IsNullOrEmpty(text) || text.Length > Longest)
        {
            return false;
        }

        ImmutableArray<Part>.Builder parts = ImmutableArray.CreateBuilder<Part>();
        StringBuilder literal = new();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool twice = i + 1 < text.Length && text[i + 1] == c;
            if (c is '{' or '}' && twice)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '}')
            {
                return false;
            }
            else if (c == '{')
            {
                int end = text.IndexOf('}', i);
                if (end < 0 || !TryReadField(text[(i + 1)..end], out Part field))
                {
                    return false;
                }

                parts.Add(new(literal.ToString(), null, 0));
                literal.Clear();
                parts.Add(field);
                i = end;
            }
            else
            {
                literal.Append(c);
            }
        }

        parts.Add(new(literal.ToString(), null, 0));
        ImmutableArray<Part> all = [.. parts.Where(p => p.Field is not null || p.Literal.Length > 0)];
        if (all.All(p => p.Field is null))
        {
            return false;
        }

        pattern = new(text, all);
        return true;
    }

    /// <summary>The name for one thing.</summary>
    /// <param name="valueOf">The value of a field by its word: a text, or a whole number to be filled up with zeros.</param>
    public string Fill(Func<string, object> valueOf)
    {
        StringBuilder name = new();
        foreach (Part part in Parts)
        {
            if (part.Field is null)
            {
                name.Append(part.Literal);
                continue;
            }

            string value = Convert.ToString(valueOf(part.Field), CultureInfo.InvariantCulture) ?? "";
            name.Append(value.All(char.IsAsciiDigit) ? value.PadLeft(part.Digits, '0') : value);
        }

        return name.ToString();
    }

    /// <summary>Least digits that the pattern gives a field; 0 where it gives none.</summary>
    public int DigitsOf(string field) => Parts.Where(p => p.Field == field).Select(p => p.Digits).FirstOrDefault();

    /// <summary>The pattern as written.</summary>
    public override string ToString() => Text;

    private static bool TryReadField(string inside, out Part field)
    {
        string[] halves = inside.Split(':');
        int digits = 0;
        bool good =
            halves.Length <= 2
            && halves[0].Length > 0
            && halves[0].All(c => char.IsAsciiLetterLower(c) || c == '_')
            && (
                halves.Length == 1
                || (
                    int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out digits)
                    && halves[1][0] == '0'
                    && digits is >= 1 and <= MostDigits
                )
            );
        field = new("", halves[0], digits);
        return good;
    }

    private readonly record struct Part(string Literal, string? Field, int Digits);
}
