namespace Lightloom.Units.Tests;

public partial class SimTimeTest
{
    private static readonly SimTime Hop = SimTime.FromNanoseconds(250);

    [Fact]
    public void Times_add_up()
    {
        (Hop + Hop).ShouldBe(SimTime.FromNanoseconds(500));
        (Hop - (Hop * 2)).ShouldBe(-Hop);
        (SimTime.FromMicroseconds(1) / Hop).ShouldBe(4);
    }

    [Fact]
    public void Times_are_ordered()
    {
        (Hop < SimTime.FromMicroseconds(1)).ShouldBeTrue();
        (-Hop < SimTime.Zero).ShouldBeTrue();
        SimTime.Max(Hop, SimTime.Zero).ShouldBe(Hop);
    }
}
