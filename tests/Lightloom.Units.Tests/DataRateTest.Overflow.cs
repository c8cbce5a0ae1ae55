namespace Lightloom.Units.Tests;

public partial class DataRateTest
{
    [Fact]
    public void A_rate_out_of_range_throws()
    {
        Should.Throw<OverflowException>(() => DataRate.MaxValue + DataRate.FromBitsPerSecond(1));
        Should.Throw<OverflowException>(() => DataRate.Zero - DataRate.FromBitsPerSecond(1));
        Should.Throw<OverflowException>(() => DataRate.MaxValue * 2);
        Should.Throw<OverflowException>(() => Port * -1);
        Should.Throw<OverflowException>(() => DataRate.MaxValue.DividedBy(DataRate.FromBitsPerSecond(1)));
    }

    [Fact]
    public void Nothing_is_divided_by_a_rate_of_zero()
    {
        Should.Throw<DivideByZeroException>(() => Port / DataRate.Zero);
        Should.Throw<DivideByZeroException>(() => Port.DividedBy(DataRate.Zero));
        Should.Throw<DivideByZeroException>(() => DataSize.FromBytes(1) / DataRate.Zero);
        Should.Throw<DivideByZeroException>(() => DataSize.FromBytes(1) / SimTime.Zero);
        Should.Throw<DivideByZeroException>(() => Port / 0);
        Should.Throw<ArgumentOutOfRangeException>(() => Port / -2);
    }

    [Fact]
    public void Nothing_passes_in_a_negative_time()
    {
        Should.Throw<OverflowException>(() => Port * SimTime.FromPicoseconds(-1));
        Should.Throw<OverflowException>(() => DataSize.FromBytes(1) / SimTime.FromPicoseconds(-1));
    }
}
