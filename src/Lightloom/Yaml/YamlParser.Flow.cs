using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>This part reads flow style: <c>[a, b]</c> and <c>{key: value}</c>, on one line or several.</summary>
internal sealed partial class YamlParser
{
    private YamlNode ParseFlow(int depth) => Current == '[' ? ParseFlowList(depth) : ParseFlowMap(depth);

    private YamlList ParseFlowList(int depth)
    {
        SourceMark mark = Here;
        var items = new List<YamlNode>();
        Advance(1);
        while (NextInFlow(']', mark))
        {
            SourceMark at = Here;
            YamlNode item = ParseFlowNode(depth + 1);
            SkipInFlow(mark);
            if (AtFlowColon(item))
            {
                // `[a: 1]` is a list of one map.
                var pair = new MapBuilder(this, at);
                pair.Add(FlowKey(item, at), ParseFlowValue(depth + 2, mark));
                item = pair.Build();
            }

            items.Add(item);
            EndOfFlowItem(']', mark);
        }

        Advance(1);
        return NewList(items, mark);
    }

    private YamlMap ParseFlowMap(int depth)
    {
        SourceMark mark = Here;
        var map = new MapBuilder(this, mark);
        Advance(1);
        while (NextInFlow('}', mark))
        {
            SourceMark at = Here;
            YamlNode key = ParseFlowNode(depth + 1);
            SkipInFlow(mark);
            YamlNode value = AtFlowColon(key) ? ParseFlowValue(depth + 1, mark) : Null();
            map.Add(FlowKey(key, at), value);
            EndOfFlowItem('}', mark);
        }

        Advance(1);
        return map.Build();
    }

    private YamlNode ParseFlowValue(int depth, SourceMark opening)
    {
        Advance(1);
        SourceMark mark = Here;
        SkipInFlow(opening);
        return Current is ',' or ']' or '}' ? Null(mark) : ParseFlowNode(depth);
    }

    private YamlNode ParseFlowNode(int depth)
    {
        Count(depth);
        Properties properties = ParseProperties();
        if (properties.Any)
        {
            SkipInFlow(Here);
            if (Current is ',' or ']' or '}')
            {
                return Anchor(properties, Null());
            }
        }

        switch (Current)
        {
            case '[' or '{':
                return Anchor(properties, ParseFlow(depth));
            case '*':
                return ParseAlias(depth);
            case '"' or '\'':
                return Anchor(properties, ParseQuoted());
            case '?' when IsBlankAt(_pos + 1):
                throw Syntax("explicit keys (`? key`) are not used here; write `key: value`", Here);
            default:
                return Anchor(properties, ParsePlainRest(ParsePlainLine(inFlow: true), -1));
        }
    }

    // True when an item follows, false at the closing bracket.
    private bool NextInFlow(char closing, SourceMark opening)
    {
        SkipInFlow(opening);
        if (Current == closing)
        {
            return false;
        }

        return Current is not (',' or ']' or '}') ? true : throw Syntax($"a value or `{closing}` is expected here, not `{Current}`", Here);
    }

    private void EndOfFlowItem(char closing, SourceMark opening)
    {
        SkipInFlow(opening);
        if (Current == ',')
        {
            Advance(1);
        }
        else if (Current != closing)
        {
            throw Syntax($"`,` or `{closing}` is expected here; the bracket opened in line {opening.Line}, column {opening.Column}", Here);
        }
    }

    private void SkipInFlow(SourceMark opening)
    {
        SkipToToken(inFlow: true);
        if (AtEnd || AtDocumentMarker())
        {
            throw Syntax("this bracket is never closed; add what is missing at its end", opening);
        }
    }

    private bool AtFlowColon(YamlNode key) =>
        Current == ':'
        && (
            IsBlankAt(_pos + 1)
            || text[_pos + 1] is ',' or ']' or '}' or '[' or '{'
            || key is YamlScalar { IsQuoted: true } or YamlList or YamlMap
        );

    private YamlScalar FlowKey(YamlNode key, SourceMark mark) => key as YamlScalar ?? throw KeyNotText(key, mark);
}
