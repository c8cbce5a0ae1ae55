using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Lightloom.Generators.Tests;

public class WordGeneratorTest
{
    [Fact]
    public void Words_go_both_ways()
    {
        Type words = Compiled
            .From("public enum Side { [Word(\"left-hand\")] Left, [Word(\"right\")] Right, [Word(\"unknown\", Written = false)] Unknown }")
            .Load()
            .GetType("T.SideWords")!;
        words.GetProperty("All")!.GetValue(null).ShouldBe(new[] { "left-hand", "right" });
        Type side = words.Assembly.GetType("T.Side")!;
        MethodInfo toWord = words.GetMethod("ToWord")!,
            tryParse = words.GetMethod("TryParse")!;
        toWord.Invoke(null, [Enum.ToObject(side, 0)]).ShouldBe("left-hand");
        toWord.Invoke(null, [Enum.ToObject(side, 2)]).ShouldBe("unknown");
        Should
            .Throw<TargetInvocationException>(() => toWord.Invoke(null, [Enum.ToObject(side, 9)]))
            .InnerException.ShouldBeOfType<ArgumentOutOfRangeException>();
        Parse(tryParse, "right").ShouldBe((true, "Right"));
        Parse(tryParse, "Right").ShouldBe((false, "Left"));
        Parse(tryParse, null).ShouldBe((false, "Left"));

        // A word of results is none of files.
        Parse(tryParse, "unknown").ShouldBe((false, "Left"));
    }

    [Theory]
    [InlineData("[Word(\"a\")] A, B", "LLG007", "E.B has no [Word]")]
    [InlineData("[Word(\"a\")] A, [Word(\"a\")] B", "LLG008", "E.A and E.B both have the word 'a'")]
    public void A_mistake_in_an_enums_words_is_an_error_of_the_compilation(string values, string id, string part)
    {
        Diagnostic problem = Compiled.From($"public enum E {{ {values} }}").Problems.Single();
        problem.Id.ShouldBe(id);
        problem.GetMessage().ShouldContain(part);
    }

    private static (bool, string?) Parse(MethodInfo tryParse, string? word)
    {
        object?[] arguments = [word, null];
        return ((bool)tryParse.Invoke(null, arguments)!, arguments[1]!.ToString());
    }
}
