using Lightloom.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lightloom.Yaml;

/// <summary>Turns the text of one YAML document into nodes with places, and anything wrong into a diagnostic; never into an exception.</summary>
/// <remarks>Anchors, aliases and merge keys are understood, but what they expand to is bounded, so that a small file cannot stand for a huge one.</remarks>
public sealed class YamlText
{
    /// <summary>Nesting beyond this is refused.</summary>
    public const int DeepestNesting = 64;

    /// <summary>A document of more values than this, aliases expanded, is refused.</summary>
    public const int MostNodes = 2_000_000;

    /// <summary>What aliases may add to a document.</summary>
    public const int MostAliasedNodes = 50_000;

    /// <summary>A text of more characters than this is refused.</summary>
    public const int LongestText = 32 * 1024 * 1024;

    private readonly string _text;
    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _aliased;

    private YamlText(string text, string file, DiagnosticBag diagnostics)
    {
        _text = text;
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>Parses one document. Null when it is empty or not YAML; the diagnostics then say why.</summary>
    public static YamlNode? Parse(string text, string file, DiagnosticBag diagnostics)
    {
        if (text.StartsWith('\ufeff'))
        {
            text = text[1..];
        }

        return new YamlText(text, file, diagnostics).Parse();
    }

    private YamlNode? Parse()
    {
        if (_text.Length > LongestText)
        {
            _diagnostics.Error(YamlProblem.TooLarge, $"the file has {_text.Length} characters; at most {LongestText} are read, so this is hardly the file you meant", mark: At(1, 1));
            return null;
        }

        int odd = _text.AsSpan().IndexOfAny('\0', '\uffff');
        if (odd >= 0)
        {
            _diagnostics.Error(YamlProblem.NotText, "this is not a text file (it holds a NUL or another character that YAML forbids); give a YAML file in UTF-8", mark: MarkAt(odd));
            return null;
        }

        var parser = new Parser(new Scanner(new StringReader(_text), skipComments: true));
        try
        {
            return ParseStream(parser);
        }
        catch (YamlException e)
        {
            ReportSyntax(e.Message, e.Start);
        }
        catch (Refused)
        {
            // Already reported.
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            // The YAML library answers some malformed input with these instead of its own exception; to the user it is all the same.
            ReportSyntax(e.Message, parser.Current?.End ?? Mark.Empty);
        }

        return null;
    }

    private YamlNode? ParseStream(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            _diagnostics.Error(YamlProblem.Empty, "the file is empty; `lightloom init` writes a starter file", mark: At(1, 1));
            return null;
        }

        YamlNode root = ParseNode(parser, 1);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            _diagnostics.Error(YamlProblem.SeveralDocuments, "a second document starts here; keep one document in a file", mark: At(second.Start));
            return null;
        }

        if (root is YamlScalar { IsNull: true })
        {
            _diagnostics.Error(YamlProblem.Empty, "the file holds no values; `lightloom init` writes a starter file", mark: At(1, 1));
            return null;
        }

        return root;
    }

    private YamlNode ParseNode(Parser parser, int depth)
    {
        ParsingEvent next = parser.Current ?? (parser.MoveNext() ? parser.Current! : throw new YamlException("the file ends too early"));
        SourceMark mark = At(next.Start);
        if (depth > DeepestNesting)
        {
            throw Refuse(YamlProblem.TooLarge, $"values are nested more than {DeepestNesting} levels deep; nothing in this format needs that", mark);
        }

        if (++_nodes > MostNodes)
        {
            throw Refuse(YamlProblem.TooLarge, $"the file holds more than {MostNodes} values; split what it describes", mark);
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias, depth, mark);
        }

        if (next is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            _diagnostics.Error(YamlProblem.Tag, $"the tag '{Excerpt.Of(tagged.Tag.ToString())}' has no meaning here; remove it", mark: mark);
        }

        AnchorName anchor = next is NodeEvent node ? node.Anchor : default;
        YamlNode result;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            result = new YamlScalar(scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any), mark);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            result = ParseList(parser, depth, mark);
        }
        else
        {
            parser.Consume<MappingStart>();
            result = ParseMap(parser, depth, mark);
        }

        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = result;
        }

        return result;
    }

    private YamlList ParseList(Parser parser, int depth, SourceMark mark)
    {
        var items = new List<YamlNode>();
        int weight = 1, height = 0;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            YamlNode item = ParseNode(parser, depth + 1);
            items.Add(item);
            weight += item.Weight;
            height = Math.Max(height, item.Height);
        }

        return new YamlList(items, mark) { Weight = weight, Height = height + 1 };
    }

    private YamlMap ParseMap(Parser parser, int depth, SourceMark mark)
    {
        var entries = new List<YamlEntry>();
        var byKey = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        List<(YamlNode Value, SourceMark Mark)>? merges = null;
        int weight = 1, height = 0;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ParseNode(parser, depth + 1);
            YamlNode value = ParseNode(parser, depth + 1);
            weight += value.Weight;
            height = Math.Max(height, value.Height);
            if (key is not YamlScalar { Text: var name, IsQuoted: var quoted })
            {
                _diagnostics.Error(YamlProblem.KeyNotText, $"a key must be a word, not {key.Noun}", mark: key.Mark);
            }
            else if (name == "<<" && !quoted)
            {
                (merges ??= []).Add((value, key.Mark));
            }
            else
            {
                var entry = new YamlEntry(name, value, key.Mark);
                if (byKey.TryAdd(name, entry))
                {
                    entries.Add(entry);
                }
                else
                {
                    _diagnostics.Error(YamlProblem.DuplicateKey, $"'{Excerpt.Of(name)}' was given before, in line {byKey[name].Mark.Line}; keep one of the two", mark: key.Mark);
                }
            }
        }

        foreach ((YamlNode value, SourceMark at) in merges ?? [])
        {
            Merge(value, at, entries, byKey);
        }

        return new YamlMap(entries, byKey, mark) { Weight = weight, Height = height + 1 };
    }

    // `<<: *base` or `<<: [*a, *b]`: what the map itself says stands, and an earlier base beats a later one.
    private void Merge(YamlNode source, SourceMark mark, List<YamlEntry> entries, Dictionary<string, YamlEntry> byKey)
    {
        IReadOnlyList<YamlNode> sources = source is YamlList list ? list.Items : [source];
        foreach (YamlNode one in sources)
        {
            if (one is not YamlMap map)
            {
                _diagnostics.Error(YamlProblem.KeyNotText, $"'<<' merges a map, not {one.Noun}; write `<<: *name` with the anchor of a map", mark: mark);
                continue;
            }

            foreach (YamlEntry entry in map.Entries)
            {
                Charge(1, mark);
                if (byKey.TryAdd(entry.Key, entry))
                {
                    entries.Add(entry);
                }
            }
        }
    }

    private YamlNode Resolve(AnchorAlias alias, int depth, SourceMark mark)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? target))
        {
            throw Refuse(
                YamlProblem.Alias,
                $"no anchor '&{Excerpt.Of(alias.Value.Value)}' ends before this alias{Nearest.Suggestion(alias.Value.Value, _anchors.Keys, "; define it further up, outside of what uses it")}",
                mark);
        }

        if (depth + target.Height - 1 > DeepestNesting)
        {
            throw Refuse(YamlProblem.TooLarge, $"this alias nests values more than {DeepestNesting} levels deep; nothing in this format needs that", mark);
        }

        Charge(target.Weight, mark);
        return target;
    }

    private void Charge(int weight, SourceMark mark)
    {
        _aliased += weight;
        if (_aliased > MostAliasedNodes || _aliased < 0)
        {
            throw Refuse(YamlProblem.TooLarge, $"the aliases up to here stand for more than {MostAliasedNodes} values; write out what is meant", mark);
        }
    }

    private void ReportSyntax(string message, Mark start)
    {
        SourceMark mark = start.Line > 0 ? At(start) : MarkAt(_text.Length);
        if (TabIn(mark.Line) is { } column)
        {
            _diagnostics.Error(YamlProblem.Tab, "a tab indents this line; YAML takes spaces only, so replace it with spaces", mark: new SourceMark(_file, mark.Line, column));
            return;
        }

        _diagnostics.Error(YamlProblem.Syntax, $"this is not valid YAML ({Reason(message)}); check the indentation, the colons and the quotes around here", mark: mark);
    }

    // The library's sentences speak of its inner workings; the longest useful part is the first clause.
    private static string Reason(string message)
    {
        string one = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        if (one.Length == 0)
        {
            return "it cannot be parsed";
        }

        Span<char> clean = one.Length <= 160 ? one.ToCharArray() : one.AsSpan(0, 160).ToArray();
        foreach (ref char c in clean)
        {
            c = char.IsControl(c) || char.IsSurrogate(c) ? '·' : c;
        }

        clean[0] = char.ToLowerInvariant(clean[0]);
        return new string(clean);
    }

    // The column of a tab in the indentation of a line, or null. Asked only when the text is already known to be wrong: a tab within a flow list is legal.
    private int? TabIn(int line)
    {
        int start = 0;
        for (int i = 1; i < line; i++)
        {
            int end = _text.IndexOf('\n', start);
            if (end < 0)
            {
                return null;
            }

            start = end + 1;
        }

        for (int i = start; i < _text.Length && _text[i] is ' ' or '\t'; i++)
        {
            if (_text[i] == '\t')
            {
                return i - start + 1;
            }
        }

        return null;
    }

    private SourceMark MarkAt(int offset)
    {
        ReadOnlySpan<char> before = _text.AsSpan(0, offset);
        int line = before.Count('\n') + 1;
        return At(line, offset - before.LastIndexOf('\n'));
    }

    private SourceMark At(Mark mark) => At((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));

    private SourceMark At(int line, int column) => new(_file, line, column);

    private Refused Refuse(string id, string message, SourceMark mark)
    {
        _diagnostics.Error(id, message, mark: mark);
        return new Refused();
    }

    // Ends the parse after a problem that was reported; never leaves this class.
    private sealed class Refused : Exception;
}
