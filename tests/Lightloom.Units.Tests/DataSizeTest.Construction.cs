namespace Lightloom.Units.Tests;

public partial class DataSizeTest
{
    [Fact]
    public void A_default_size_is_zero_bytes() => default(DataSize).ShouldBe(DataSize.Zero);

    // IEC 80000-13: kibi is 2^10, mebi 2^20; SI prefixes are powers of ten.
    [Fact]
    public void Binary_prefixes_are_powers_of_1024()
    {
        DataSize.FromKibibytes(64).Bytes.ShouldBe(65_536);
        DataSize.FromMebibytes(1).ShouldBe(DataSize.FromKibibytes(1024));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_negative_number_of_bytes_is_refused(long bytes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => DataSize.FromBytes(bytes));
}
