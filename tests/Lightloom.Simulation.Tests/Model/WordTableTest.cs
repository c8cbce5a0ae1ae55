using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Model;

public class WordTableTest
{
    private enum Shape
    {
        Round,
        Square,
    }

    [Fact]
    public void A_word_leads_to_its_value_in_any_case_and_back()
    {
        var table = new WordTable<Shape>((Shape.Square, "four-cornered"), (Shape.Round, "round"));
        table.All.ShouldBe(["four-cornered", "round"]);
        table.Of(Shape.Square).ShouldBe("four-cornered");
        table.Find("Four-Cornered").ShouldBe(Shape.Square);
        table.TryFind("square").ShouldBeNull();
        Should.Throw<ArgumentException>(() => table.Find("square")).Message.ShouldContain("four-cornered, round");
    }

    [Fact]
    public void A_table_with_a_value_or_a_word_missing_or_twice_is_refused()
    {
        Should.Throw<ArgumentException>(() => new WordTable<Shape>((Shape.Square, "square")));
        Should.Throw<ArgumentException>(() => new WordTable<Shape>((Shape.Square, "square"), (Shape.Square, "round")));
        Should.Throw<ArgumentException>(() => new WordTable<Shape>((Shape.Square, "round"), (Shape.Round, "Round")));
    }
}
