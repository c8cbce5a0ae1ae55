namespace Lightloom.Units.Tests;

public partial class LengthTest
{
    [Fact]
    public void A_default_length_is_zero_metres() => default(Length).ShouldBe(Length.Zero);
}
