namespace Lightloom.Units.Tests;

public partial class SimTimeTest
{
    [Fact]
    public void A_time_out_of_range_throws()
    {
        Should.Throw<OverflowException>(() => SimTime.MaxValue + SimTime.FromPicoseconds(1));
        Should.Throw<OverflowException>(() => SimTime.MinValue - SimTime.FromPicoseconds(1));
        Should.Throw<OverflowException>(() => SimTime.MaxValue * 2);
        Should.Throw<OverflowException>(() => -SimTime.MinValue);
        Should.Throw<DivideByZeroException>(() => Hop / SimTime.Zero);
    }
}
