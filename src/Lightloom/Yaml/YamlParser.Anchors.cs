using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>This part keeps anchors, aliases and merge keys, and charges what they expand to.</summary>
internal sealed partial class YamlParser
{
    private readonly record struct Properties(string? Anchor, bool Any);

    // `&name` and `!tag` before a value, in either order, on one line.
    private Properties ParseProperties()
    {
        string? anchor = null;
        bool any = false;
        while (Current is '&' or '!')
        {
            SourceMark mark = Here;
            bool isAnchor = Current == '&';
            int start = ++_pos;
            while (!AtBreak && text[_pos] is not (' ' or '\t' or ',' or '[' or ']' or '{' or '}'))
            {
                _pos++;
            }

            string name = text[start.._pos];
            if (!isAnchor)
            {
                throw Refuse(
                    YamlProblem.Tag,
                    $"the tag '!{Excerpt.Of(name)}' has no meaning here; remove it, or put the text in quotes",
                    mark
                );
            }

            if (name.Length == 0 || anchor is not null)
            {
                throw Syntax("an anchor is `&` and a name, one for a value; put a text that starts with & in quotes", mark);
            }

            anchor = name;
            any = true;
            while (Current is ' ' or '\t')
            {
                _pos++;
            }
        }

        return new(anchor, any);
    }

    private YamlNode Anchor(Properties properties, YamlNode node)
    {
        if (properties.Anchor is { } name)
        {
            _anchors[name] = node;
        }

        return node;
    }

    private YamlNode ParseAlias(int depth)
    {
        SourceMark mark = Here;
        int start = ++_pos;
        while (!AtBreak && text[_pos] is not (' ' or '\t' or ',' or '[' or ']' or '{' or '}'))
        {
            _pos++;
        }

        string name = text[start.._pos];
        if (name.Length == 0)
        {
            throw Syntax("an alias is `*` and the name of an anchor; put a text that starts with * in quotes", mark);
        }

        if (!_anchors.TryGetValue(name, out YamlNode? target))
        {
            string remedy = Nearest.Suggestion(name, _anchors.Keys, "; define it further up, outside of what uses it");
            throw Refuse(YamlProblem.Alias, $"no anchor '&{Excerpt.Of(name)}' ends before this alias{remedy}", mark);
        }

        if (depth + target.Height - 1 > YamlText.DeepestNesting)
        {
            throw Refuse(
                YamlProblem.TooLarge,
                $"this alias nests values more than {YamlText.DeepestNesting} levels deep; nothing in this format needs that",
                mark
            );
        }

        Charge(target.Weight, mark);
        return target;
    }

    private void Charge(int weight, SourceMark mark)
    {
        if (weight > YamlText.MostAliasedNodes - _aliased)
        {
            throw Refuse(
                YamlProblem.TooLarge,
                $"the aliases up to here stand for more than {YamlText.MostAliasedNodes} values; write out what is meant",
                mark
            );
        }

        _aliased += weight;
    }

    /// <summary>
    /// Collects a map's entries, finds double keys, and merges <c>&lt;&lt;: *base</c> when all of its own keys are known.
    /// </summary>
    private sealed class MapBuilder(YamlParser parser, SourceMark mark)
    {
        private readonly List<YamlEntry> _entries = [];
        private readonly Dictionary<string, YamlEntry> _byKey = new(StringComparer.Ordinal);
        private List<YamlEntry>? _merges;
        private long _weight = 1;
        private int _height;

        public void Add(YamlScalar key, YamlNode value)
        {
            _weight += value.Weight;
            _height = Math.Max(_height, value.Height);
            var entry = new YamlEntry(key.Text, value, key.Mark);
            if (key is { Text: "<<", IsQuoted: false })
            {
                (_merges ??= []).Add(entry);
            }
            else if (_byKey.TryAdd(key.Text, entry))
            {
                _entries.Add(entry);
            }
            else
            {
                parser.ReportDuplicate(key, _byKey[key.Text].Mark.Line);
            }
        }

        public YamlMap Build()
        {
            foreach (YamlEntry merge in _merges ?? [])
            {
                Merge(merge);
            }

            return new YamlMap(_entries, _byKey, mark) { Weight = (int)Math.Min(int.MaxValue, _weight), Height = _height + 1 };
        }

        // What the map itself says stands, and an earlier base beats a later one.
        private void Merge(YamlEntry merge)
        {
            IReadOnlyList<YamlNode> sources = merge.Value is YamlList list ? list.Items : [merge.Value];
            foreach (YamlNode source in sources)
            {
                if (source is not YamlMap map)
                {
                    throw parser.Refuse(
                        YamlProblem.KeyNotText,
                        $"'<<' merges a map, not {source.Noun}; write `<<: *name` with the anchor of a map",
                        merge.Mark
                    );
                }

                foreach (YamlEntry entry in map.Entries)
                {
                    parser.Charge(entry.Value.Weight, merge.Mark);
                    _weight += entry.Value.Weight;
                    if (_byKey.TryAdd(entry.Key, entry))
                    {
                        _entries.Add(entry);
                    }
                }
            }
        }
    }

    private void ReportDuplicate(YamlScalar key, int line) =>
        diagnostics.Error(
            YamlProblem.DuplicateKey,
            $"'{Excerpt.Of(key.Text)}' was given before, in line {line}; keep one of the two",
            mark: key.Mark
        );
}
