using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Tests.Yaml;

public class YamlTextTest
{
    private static (YamlNode? Root, IReadOnlyList<string> Said) Parse(string text)
    {
        var bag = new DiagnosticBag();
        YamlNode? root = YamlText.Parse(text, "f", bag);
        return (root, [.. bag.Select(d => d.ToString())]);
    }

    [Theory]
    [InlineData("a: 1\nb:\n  c: x y # comment\n", "{a=1,b={c=x y}}")]
    [InlineData("- a\n-\n- - b\n  - c\n- d: 1\n  e: 2\n", "[a,,[b,c],{d=1,e=2}]")]
    [InlineData("a:\n- 1\n- 2\nb: 3", "{a=[1,2],b=3}")]
    [InlineData("a: [1, {b: c, d}, [x: y]]", "{a=[1,{b=c,d=},[{x=y}]]}")]
    [InlineData("{a: 1,\n  b: [2,\n 3], # note\n}", "{a=1,b=[2,3]}")]
    [InlineData("a: 'it''s'\nb: \"x\\ty\\u0041\"\n'c d': e", "{a='it's',b='x\ty\u0041',c d=e}")]
    [InlineData("a: one\n  two\n\n  three\nb: 1", "{a=one two\nthree,b=1}")]
    [InlineData("a: |\n  x\n   y\n\n  z\nb: >-\n  p\n  q\n\n  r\n", "{a='x\n y\n\nz\n',b='p q\nr'}")]
    [InlineData("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  m: 2\n", "{a={k=1},b={k=1},c={m=2,k=1}}")]
    [InlineData("a: &x\n- 1\nb: *x", "{a=[1],b=[1]}")]
    [InlineData("---\na: http://x:80/#y\n...\n", "{a=http://x:80/#y}")]
    [InlineData("%YAML 1.2\n---\na: 1", "{a=1}")]
    [InlineData("a: \"one\n  two\\\n  three\"\r\nb: 2\r\n", "{a='one twothree',b=2}")]
    [InlineData("\ufeffa: ~", "{a=~}")]
    [InlineData("a:\n\nb:   # nothing\n", "{a=,b=}")]
    public void What_people_write_is_understood(string text, string expected)
    {
        (YamlNode? root, IReadOnlyList<string> said) = Parse(text);
        said.ShouldBeEmpty();
        Show(root!).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "f:1:1: error LL2003: the file holds no values; `lightloom init` writes a starter file")]
    [InlineData("# only a comment\n", "f:1:1: error LL2003: the file holds no values; `lightloom init` writes a starter file")]
    [InlineData("a:\n\tb: 1\n", "f:2:1: error LL2002: a tab indents this line; YAML takes spaces only, so replace it with spaces")]
    [InlineData("a: 1\n\tb: 1\n", "f:2:1: error LL2002: a tab indents this line; YAML takes spaces only, so replace it with spaces")]
    [InlineData("a: 1\n---\na: 2\n", "f:2:1: error LL2004: a second document starts here; keep one document in a file")]
    [InlineData(
        "a: b: c\n",
        "f:1:5: error LL2001: this is not valid YAML: a second `: ` stands in this line; put the value in quotes, or start the section on the next line"
    )]
    [InlineData(
        "a: 1\n  b: 2\n",
        "f:2:3: error LL2001: this is not valid YAML: this line continues the value above, so it cannot be a `key: value`; check its indentation, or the quotes above"
    )]
    [InlineData(
        "a:\n    b: 1\n  c: 2\n",
        "f:3:3: error LL2001: this is not valid YAML: this is indented more than the key it should stand beside; align it with the lines above"
    )]
    [InlineData(
        "a:1\nb: 2\n",
        "f:1:1: error LL2001: this is not valid YAML: `key: value` is expected, and 'a:1' has no `: ` in it; separate key and value by a colon and a blank"
    )]
    [InlineData(
        "a: 1\nb:2\n",
        "f:2:1: error LL2001: this is not valid YAML: `key: value` is expected, and 'b:2' has no `: ` behind it; separate key and value by a colon and a blank"
    )]
    [InlineData(
        "a: [1, 2\nb: 3\n",
        "f:1:4: error LL2001: this is not valid YAML: this bracket is never closed; add what is missing at its end"
    )]
    [InlineData("a: [1, 2\n", "f:1:4: error LL2001: this is not valid YAML: this bracket is never closed; add what is missing at its end")]
    [InlineData(
        "a: [1 2}\n",
        "f:1:8: error LL2001: this is not valid YAML: `,` or `]` is expected here; the bracket opened in line 1, column 4"
    )]
    [InlineData(
        "a: \"x\nb: 1\n",
        "f:1:4: error LL2001: this is not valid YAML: the quote that opens here is never closed; add the other one"
    )]
    [InlineData("a: @x\n", "f:1:4: error LL2001: this is not valid YAML: a text cannot start with `@`; put it in quotes")]
    [InlineData(
        "a: - b\n",
        "f:1:4: error LL2001: this is not valid YAML: a list cannot start behind a key on the same line; start it on the next line, or write `[a, b]`"
    )]
    [InlineData(
        "a: \"x\" y\n",
        "f:1:8: error LL2001: this is not valid YAML: something follows the value on its line; put a comma between values of a list, or the whole in quotes"
    )]
    [InlineData("a: !!str 5\n", "f:1:4: error LL2007: the tag '!!str' has no meaning here; remove it, or put the text in quotes")]
    [InlineData("a: &base 1\nb: *bse\n", "f:2:4: error LL2006: no anchor '&bse' ends before this alias; did you mean 'base'?")]
    [InlineData(
        "a: &x [*x]\n",
        "f:1:8: error LL2006: no anchor '&x' ends before this alias; define it further up, outside of what uses it"
    )]
    [InlineData("[a]: 1\n", "f:1:1: error LL2009: a key must be a word, not a list; write it out")]
    [InlineData("a: 1\na: 2\n", "f:2:1: error LL2011: 'a' was given before, in line 1; keep one of the two")]
    [InlineData("a: \0\n", "f:1:4: error LL2008: the character U+0000 may not stand in a text file; give a YAML file in UTF-8")]
    public void What_cannot_be_parsed_is_told_with_its_place(string text, string expected) => Parse(text).Said.ShouldBe([expected]);

    internal static string Show(YamlNode node)
    {
        var shown = new StringBuilder();
        Show(node, shown);
        return shown.ToString();
    }

    private static void Show(YamlNode node, StringBuilder to)
    {
        switch (node)
        {
            case YamlScalar { IsQuoted: true } quoted:
                to.Append('\'').Append(quoted.Text).Append('\'');
                break;
            case YamlScalar scalar:
                to.Append(scalar.Text);
                break;
            case YamlList list:
                to.Append('[');
                foreach (YamlNode item in list.Items)
                {
                    if (to[^1] != '[' || item != list.Items[0])
                    {
                        to.Append(',');
                    }

                    Show(item, to);
                }

                to.Append(']');
                break;
            case YamlMap map:
                to.Append('{');
                foreach (YamlEntry entry in map.Entries)
                {
                    to.Append(to[^1] == '{' && entry == map.Entries[0] ? "" : ",").Append(entry.Key).Append('=');
                    Show(entry.Value, to);
                }

                to.Append('}');
                break;
        }
    }
}
