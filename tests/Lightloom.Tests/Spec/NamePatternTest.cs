using Lightloom.Spec;
using Shouldly;

namespace Lightloom.Tests.Spec;

public sealed class NamePatternTest
{
    private static NamePattern Of(string text)
    {
        NamePattern.TryParse(text, out NamePattern pattern).ShouldBeTrue(text);
        return pattern;
    }

    [Theory]
    [InlineData("{letter}{row:02}-{n:02}", "A03-12")]
    [InlineData("rack {n:04}", "rack 0012")]
    [InlineData("{{{n}}}", "{12}")]
    [InlineData("{n}{n:05}", "1200012")]
    public void Fields_are_filled_and_numbers_padded(string pattern, string name) =>
        Of(pattern)
            .Fill(field =>
                field switch
                {
                    "letter" => "A",
                    "row" => 3,
                    _ => 12,
                }
            )
            .ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("rack")]
    [InlineData("{n")]
    [InlineData("n}")]
    [InlineData("{}")]
    [InlineData("{N}")]
    [InlineData("{n:2}")]
    [InlineData("{n:0999999999999}")]
    [InlineData("{n:0:0}")]
    [InlineData("{{n}}")]
    public void What_is_no_pattern_is_refused(string text) => NamePattern.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "{}n:0 a"[random.Next(7)]));
            if (NamePattern.TryParse(text, out NamePattern pattern))
            {
                pattern.Fill(_ => 7).ShouldNotBeNull();
            }
        }
    }
}
