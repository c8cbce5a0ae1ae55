using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lightloom.Yaml;

namespace Lightloom.Report.Files;

/// <summary>
/// Writes <c>catalogue.yaml</c>: the parts that the cluster file brought of its own, so that the folder can be read without that file. A
/// design without such parts has no such file.
/// </summary>
internal static class OwnParts
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "catalogue.yaml";

    /// <summary>The parts as a catalogue file: a section a line and a part a line.</summary>
    public static string Text(YamlMap additions)
    {
        StringBuilder text = new();
        foreach (YamlEntry section in additions.Entries)
        {
            text.Append(Quoted(section.Key)).Append(':');
            if (section.Value is YamlMap { Entries.Count: > 0 } parts)
            {
                text.Append('\n');
                foreach (YamlEntry part in parts.Entries)
                {
                    text.Append("  ").Append(Quoted(part.Key)).Append(": ");
                    Append(text, part.Value);
                    text.Append('\n');
                }
            }
            else
            {
                text.Append(' ');
                Append(text, section.Value);
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                Append(text, '{', '}', map.Entries, (into, entry) => Append(into.Append(Quoted(entry.Key)).Append(": "), entry.Value));
                break;
            case YamlList list:
                Append(text, '[', ']', list.Items, Append);
                break;
            case YamlScalar { IsNull: true }:
                text.Append("null");
                break;
            case YamlScalar scalar:
                // A word or number stays one; a text that could end a value early is quoted.
                bool plain = !scalar.IsQuoted && scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '/');
                text.Append(plain ? scalar.Text : Quoted(scalar.Text));
                break;
        }
    }

    private static void Append<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, Action<StringBuilder, T> one)
    {
        text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", ");
            }

            one(text, items[i]);
        }

        text.Append(close);
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
