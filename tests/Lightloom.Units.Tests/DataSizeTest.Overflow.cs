namespace Lightloom.Units.Tests;

public partial class DataSizeTest
{
    [Fact]
    public void A_sum_above_the_range_throws() => Should.Throw<OverflowException>(() => DataSize.MaxValue + DataSize.FromBytes(1));

    [Fact]
    public void A_difference_below_zero_throws() => Should.Throw<OverflowException>(() => DataSize.Zero - DataSize.FromBytes(1));

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_multiple_outside_the_range_throws(long times) => Should.Throw<OverflowException>(() => DataSize.MaxValue * times);

    [Fact]
    public void Units_above_the_range_throw() => Should.Throw<OverflowException>(() => DataSize.FromMebibytes(1L << 50));

    [Fact]
    public void A_size_is_not_divided_by_nothing()
    {
        Should.Throw<DivideByZeroException>(() => Packet / 0);
        Should.Throw<DivideByZeroException>(() => Packet / DataSize.Zero);
        Should.Throw<ArgumentOutOfRangeException>(() => Packet / -1);
    }
}
