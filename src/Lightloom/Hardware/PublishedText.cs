using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>Whatever was published, as text: a word, a list or a map in one line. Shown, and used by no design.</summary>
/// <param name="Text">The text.</param>
[KeyNode("a value, a list or a map")]
public sealed record PublishedText(string Text)
{
    /// <summary>Reads anything.</summary>
    public static bool TryRead(YamlNode node, out PublishedText text)
    {
        text = new(Flatten(node));
        return true;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    private static string Flatten(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.Text,
            YamlList list => string.Join(", ", list.Items.Select(Flatten)),
            YamlMap map => string.Join(
                ", ",
                map.Entries.Where(e => e.Value is not YamlScalar { IsNull: true }).Select(e => e.Key + " " + Flatten(e.Value))
            ),
            _ => "",
        };
}
