using System.Globalization;
using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// Sets or removes one value of a cluster file by its path (<c>pools[0].count</c>) and leaves all else as its author wrote it: order,
/// comments, spaces.
/// </summary>
public static class SpecPath
{
    /// <summary>Sets the value at a path; sections on the way are added where they are missing.</summary>
    /// <param name="text">The file's text, which must parse.</param>
    /// <param name="path">Keys divided by dots, items of lists by their number from 0 in brackets.</param>
    /// <param name="value">
    /// The value as YAML writes it in flow style (a word, <c>[1, 2]</c>, <c>{a: 1}</c>); null removes the key or the item.
    /// </param>
    /// <param name="problem">What is wrong where the answer is null.</param>
    /// <returns>The new text, or null where the value cannot be set in place.</returns>
    public static string? Set(string text, string path, string? value, out string problem)
    {
        problem = "";
        if (Parts(path) is not { Count: > 0 } parts)
        {
            problem = $"'{Excerpt.Of(path)}' is no path; write keys divided by dots, items of lists as [0], such as pools[0].count";
            return null;
        }

        if (text.Trim().Length == 0 || YamlText.Parse(text, "", new DiagnosticBag()) is not YamlMap root)
        {
            problem = "the file is not a section of keys; mend it as text first";
            return null;
        }

        Editor editor = new(text);
        string? changed = editor.Set(root, parts, value);
        if (changed is null || (changed.Trim().Length > 0 && YamlText.Parse(changed, "", new DiagnosticBag()) is null))
        {
            problem = $"'{Excerpt.Of(path)}' cannot be set in place ({editor.Problem}); change it in the text";
            return null;
        }

        return changed;
    }

    /// <summary>The parts of a path: keys as they are, numbers of items as <c>[0]</c>; null for what is no path.</summary>
    private static List<string>? Parts(string path)
    {
        List<string> parts = [];
        foreach (string key in path.Split('.'))
        {
            int bracket = key.IndexOf('[', StringComparison.Ordinal);
            string name = bracket < 0 ? key : key[..bracket];
            if (name.Length == 0 || name.Length > 200 || name.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            {
                return null;
            }

            parts.Add(name);
            for (int at = bracket; at >= 0 && at < key.Length; )
            {
                int end = key.IndexOf(']', at);
                if (
                    key[at] != '['
                    || end < 0
                    || !int.TryParse(key.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int item)
                )
                {
                    return null;
                }

                parts.Add(string.Create(CultureInfo.InvariantCulture, $"[{item}]"));
                at = end + 1;
            }
        }

        return parts;
    }

    /// <summary>One edit of one text.</summary>
    private sealed class Editor(string text)
    {
        private readonly int[] _lines = LineStarts(text);
        private readonly string _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

        public string Problem { get; private set; } = "it is part of an alias or a block";

        public string? Set(YamlMap root, List<string> parts, string? value)
        {
            YamlNode node = root;
            YamlEntry? entry = null;
            for (int i = 0; i < parts.Count; i++)
            {
                string part = parts[i];
                if (part[0] == '[')
                {
                    int item = int.Parse(part.AsSpan(1, part.Length - 2), CultureInfo.InvariantCulture);
                    if (node is not YamlList list || item >= list.Items.Count)
                    {
                        Problem = $"there is no item {part}";
                        return null;
                    }

                    if (value is null && i == parts.Count - 1)
                    {
                        Problem = "items are removed by setting their list";
                        return null;
                    }

                    (node, entry) = (list.Items[item], null);
                    continue;
                }

                if (node is YamlScalar { IsNull: true } && entry is not null)
                {
                    return value is null ? text : FillEmpty(entry, Nested(parts, i, value));
                }

                if (node is not YamlMap map)
                {
                    Problem = $"'{Excerpt.Of(part)}' is asked of {node.Noun}";
                    return null;
                }

                if (map[part] is not { } next)
                {
                    return value is null ? text
                        : parts.Skip(i).Any(p => p[0] == '[') ? NoItem(parts.Skip(i).First(p => p[0] == '['))
                        : Add(map, parts, i, value);
                }

                if (At(next.Value.Mark) < At(next.Mark))
                {
                    // An alias: what it names stands elsewhere.
                    return null;
                }

                if (value is null && i == parts.Count - 1)
                {
                    return Remove(map, next);
                }

                (node, entry) = (next.Value, next);
            }

            return Replace(node, entry, value!);
        }

        private int At(SourceMark mark) => _lines[mark.Line - 1] + mark.Column - 1;

        // What is missing below a key, as a map in flow style.
        private static string Nested(List<string> parts, int from, string value)
        {
            string built = value;
            for (int i = parts.Count - 1; i >= from; i--)
            {
                built = $"{{{parts[i]}: {built}}}";
            }

            return built;
        }

        private string? FillEmpty(YamlEntry entry, string value)
        {
            int colon = text.IndexOf(':', At(entry.Mark) + entry.Key.Length);
            return colon < 0 ? null : text[..(colon + 1)] + " " + value + text[(colon + 1)..];
        }

        private string? NoItem(string item)
        {
            Problem = $"there is no item {item}";
            return null;
        }

        private string Add(YamlMap map, List<string> parts, int from, string value)
        {
            int start = At(map.Mark);
            bool flow = start < text.Length && text[start] == '{';
            if (flow || map.Entries.Count == 0)
            {
                string nested = from + 1 < parts.Count ? Nested(parts, from + 1, value) : value;
                return text[..(start + 1)] + $"{parts[from]}: {nested}" + (map.Entries.Count > 0 ? ", " : "") + text[(start + 1)..];
            }

            // Behind the last key, so that comments above the first stay where they are; a key a line.
            YamlEntry last = map.Entries[^1];
            int column = map.Entries[0].Mark.Column - 1;
            int end = EndOfEntry(last, column);
            StringBuilder lines = new(end > 0 && text[end - 1] is not ('\n' or '\r') ? _newLine : "");
            for (int i = from; i < parts.Count; i++, column += 2)
            {
                lines.Append(' ', column).Append(parts[i]).Append(':');
                lines.Append(i + 1 < parts.Count ? "" : Leading(Block(value, column))).Append(_newLine);
            }

            return text[..end] + lines + text[end..];
        }

        private string Remove(YamlMap map, YamlEntry entry)
        {
            int start = At(map.Mark);
            if (start < text.Length && text[start] == '{')
            {
                int from = At(entry.Mark);
                int to = EndOfFlow(At(entry.Value.Mark), entry.Value);
                while (to < text.Length && text[to] == ' ')
                {
                    to++;
                }

                if (to < text.Length && text[to] == ',')
                {
                    to++;
                    while (to < text.Length && text[to] == ' ')
                    {
                        to++;
                    }
                }
                else
                {
                    while (from > start + 1 && text[from - 1] is ' ' or ',')
                    {
                        from--;
                    }
                }

                return text[..from] + text[to..];
            }

            int column = entry.Mark.Column - 1;
            int line = _lines[entry.Mark.Line - 1];
            int end = EndOfEntry(entry, column);
            // The first key of a list's item shares its line with the dash.
            bool sharesLine = text[line..(line + column)].Trim().Length > 0;
            if (sharesLine)
            {
                YamlEntry? next = map.Entries.FirstOrDefault(e => At(e.Mark) > At(entry.Mark));
                return next is null
                    ? text[..At(entry.Mark)] + "{}" + _newLine + text[end..]
                    : text[..At(entry.Mark)] + text[At(next.Mark)..];
            }

            return text[..line] + text[end..];
        }

        private string? Replace(YamlNode node, YamlEntry? entry, string value)
        {
            int from = At(node.Mark);
            if (node is YamlScalar { IsNull: true, Text: "" })
            {
                return entry is null ? null : FillEmpty(entry, value);
            }

            if (node is YamlScalar scalar)
            {
                int length = LengthOf(scalar, from);
                return length <= 0 ? null : text[..from] + value + text[(from + length)..];
            }

            if (from < text.Length && text[from] is '{' or '[')
            {
                int end = EndOfFlow(from, node);
                int column = entry is null ? -1 : entry.Mark.Column - 1;
                string put = entry is null ? value : Block(value, column);
                // A list of several lines needs a line of its own end.
                return put.Contains('\n', StringComparison.Ordinal) && !RestOfLineIsEmpty(end)
                    ? text[..from] + value + text[end..]
                    : text[..from].TrimEnd(' ') + (put.StartsWith(_newLine, StringComparison.Ordinal) ? "" : " ") + put + text[end..];
            }

            if (entry is null)
            {
                return null;
            }

            int at = entry.Mark.Column - 1;
            int colon = text.IndexOf(':', At(entry.Mark) + entry.Key.Length);
            int tail = EndOfEntry(entry, at);
            return text[..(colon + 1)] + Leading(Block(value, at)) + _newLine + text[tail..];
        }

        private string Leading(string value) => value.StartsWith(_newLine, StringComparison.Ordinal) ? value : " " + value;

        // A list of maps reads better an item a line.
        private string Block(string value, int column)
        {
            if (!value.StartsWith("[{", StringComparison.Ordinal) || !value.EndsWith("}]", StringComparison.Ordinal))
            {
                return value;
            }

            StringBuilder lines = new();
            string indent = _newLine + new string(' ', column + 2) + "- ";
            foreach (string item in Items(value))
            {
                lines.Append(indent).Append(item);
            }

            return lines.ToString();
        }

        // The maps of a list in flow style.
        private static List<string> Items(string list)
        {
            List<string> items = [];
            int depth = 0,
                from = 1;
            char quote = '\0';
            for (int i = 1; i < list.Length - 1; i++)
            {
                char c = list[i];
                if (quote != '\0')
                {
                    i += c == '\\' && quote == '"' ? 1 : 0;
                    quote = c == quote ? '\0' : quote;
                }
                else if (c is '"' or '\'')
                {
                    quote = c;
                }
                else if (c is '{' or '[')
                {
                    depth++;
                }
                else if (c is '}' or ']')
                {
                    depth--;
                }
                else if (c == ',' && depth == 0)
                {
                    items.Add(list[from..i].Trim());
                    from = i + 1;
                }
            }

            items.Add(list[from..^1].Trim());
            return items;
        }

        private int LengthOf(YamlScalar scalar, int from)
        {
            char first = text[from];
            if (first is '"' or '\'')
            {
                for (int i = from + 1; i < text.Length; i++)
                {
                    if (first == '"' && text[i] == '\\')
                    {
                        i++;
                    }
                    else if (text[i] == first)
                    {
                        if (first == '\'' && i + 1 < text.Length && text[i + 1] == '\'')
                        {
                            i++;
                            continue;
                        }

                        return i - from + 1;
                    }
                }

                return 0;
            }

            return string.CompareOrdinal(text, from, scalar.Text, 0, scalar.Text.Length) == 0 ? scalar.Text.Length : 0;
        }

        // Behind the bracket that closes what starts here, or behind a word.
        private int EndOfFlow(int from, YamlNode node)
        {
            if (node is YamlScalar scalar)
            {
                return from + Math.Max(0, scalar is { Text: "", IsQuoted: false } ? 0 : LengthOf(scalar, from));
            }

            int depth = 0;
            char quote = '\0';
            for (int i = from; i < text.Length; i++)
            {
                char c = text[i];
                if (quote != '\0')
                {
                    i += c == '\\' && quote == '"' ? 1 : 0;
                    quote = c == quote ? '\0' : quote;
                }
                else if (c is '"' or '\'')
                {
                    quote = c;
                }
                else if (c == '#' && i > 0 && text[i - 1] is ' ' or '\t' or '\n')
                {
                    int end = text.IndexOf('\n', i);
                    i = end < 0 ? text.Length : end;
                }
                else if (c is '{' or '[')
                {
                    depth++;
                }
                else if (c is '}' or ']' && --depth == 0)
                {
                    return i + 1;
                }
            }

            return text.Length;
        }

        private bool RestOfLineIsEmpty(int at)
        {
            int end = text.IndexOf('\n', at);
            return text[at..(end < 0 ? text.Length : end)].Trim().Length == 0;
        }

        // The start of the line behind an entry of a block map: the first that stands no further in, comments and blank lines before it left
        // out.
        private int EndOfEntry(YamlEntry entry, int column)
        {
            bool list = entry.Value is YamlList && entry.Value.Mark.Column - 1 == column;
            int end = entry.Mark.Line;
            int last = LastLineOf(entry.Value, entry.Mark.Line);
            for (int line = entry.Mark.Line; line < _lines.Length; line++)
            {
                int from = _lines[line];
                int to = line + 1 < _lines.Length ? _lines[line + 1] : text.Length;
                string content = text[from..to].TrimEnd('\r', '\n');
                string trimmed = content.TrimStart(' ');
                if (trimmed.Length == 0 || (trimmed[0] == '#' && line + 1 > last))
                {
                    continue;
                }

                int indent = content.Length - trimmed.Length;
                bool inside = indent > column || (list && indent == column && trimmed.StartsWith('-')) || line + 1 <= last;
                if (!inside)
                {
                    break;
                }

                end = line + 1;
            }

            return end < _lines.Length ? _lines[end] : text.Length;
        }

        // The last line on which something below a node starts.
        private static int LastLineOf(YamlNode node, int least) =>
            node switch
            {
                YamlMap map => map.Entries.Select(e => LastLineOf(e.Value, e.Mark.Line)).Append(least).Max(),
                YamlList list => list.Items.Select(i => LastLineOf(i, i.Mark.Line)).Append(least).Max(),
                _ => Math.Max(least, node.Mark.Line),
            };

        private static int[] LineStarts(string text)
        {
            List<int> starts = [0];
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                {
                    starts.Add(i + 1);
                }
            }

            return [.. starts];
        }
    }
}
