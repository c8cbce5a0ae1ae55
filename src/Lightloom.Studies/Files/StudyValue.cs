using System.Globalization;
using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Yaml;

namespace Lightloom.Studies.Files;

/// <summary>A value that a study gives to a place of the cluster file or to an option: a scalar, a list or a section, as written.</summary>
[KeyNode("a value: a word, a number, a list or a section")]
public sealed class StudyValue
{
    private StudyValue(string yaml, IReadOnlyList<string> words, SourceMark mark) => (Yaml, Words, Mark) = (yaml, words, mark);

    /// <summary>The value as YAML writes it in one line.</summary>
    public string Yaml { get; }

    /// <summary>The same as words of a command line: one for a scalar, one an item for a list of scalars, none for a section.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Where it stands in the file.</summary>
    public SourceMark Mark { get; }

    /// <summary>What a table shows.</summary>
    public string Shown => Words.Count > 0 ? string.Join(",", Words) : Yaml;

    /// <summary>A value of one word or number.</summary>
    /// <param name="word">The word.</param>
    /// <param name="mark">The place that stands for it.</param>
    public static StudyValue Of(string word, SourceMark mark) => new(word, [word], mark);

    /// <summary>Reads whatever is written.</summary>
    public static bool TryRead(YamlNode node, out StudyValue value)
    {
        StringBuilder yaml = new();
        bool good = Write(node, yaml);
        IReadOnlyList<string> words = node switch
        {
            YamlScalar scalar => [scalar.Text],
            YamlList list when list.Items.All(i => i is YamlScalar) => [.. list.Items.Select(i => ((YamlScalar)i).Text)],
            _ => [],
        };
        value = new(yaml.ToString(), words, node.Mark);
        return good;
    }

    private static bool Write(YamlNode node, StringBuilder yaml)
    {
        switch (node)
        {
            case YamlScalar { IsQuoted: true } quoted:
                yaml.Append('"');
                foreach (char c in quoted.Text)
                {
                    yaml.Append(
                        c switch
                        {
                            '"' => "\\\"",
                            '\\' => "\\\\",
                            '\n' => "\\n",
                            '\t' => "\\t",
                            < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                            _ => c.ToString(),
                        }
                    );
                }

                yaml.Append('"');
                return true;
            case YamlScalar scalar:
                yaml.Append(scalar.IsNull ? "null" : scalar.Text);
                return true;
            case YamlList list:
                yaml.Append('[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    yaml.Append(i > 0 ? ", " : "");
                    Write(list.Items[i], yaml);
                }

                yaml.Append(']');
                return true;
            case YamlMap map:
                yaml.Append('{');
                for (int i = 0; i < map.Entries.Count; i++)
                {
                    yaml.Append(i > 0 ? ", " : "").Append(map.Entries[i].Key).Append(": ");
                    Write(map.Entries[i].Value, yaml);
                }

                yaml.Append('}');
                return true;
            default:
                return false;
        }
    }
}
