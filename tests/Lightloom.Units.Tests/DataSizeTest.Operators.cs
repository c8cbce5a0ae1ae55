namespace Lightloom.Units.Tests;

public partial class DataSizeTest
{
    private static readonly DataSize Packet = DataSize.FromBytes(4096);

    [Fact]
    public void Sizes_add_up()
    {
        (Packet + Packet).ShouldBe(DataSize.FromKibibytes(8));
        (Packet * 3).ShouldBe(Packet + Packet + Packet);
        (Packet - Packet).ShouldBe(DataSize.Zero);
    }

    [Fact]
    public void A_part_of_a_size_is_whole_bytes_and_rounded_down() => (DataSize.FromBytes(10) / 3).Bytes.ShouldBe(3);

    [Fact]
    public void The_ratio_of_two_sizes_is_a_number() => (DataSize.FromKibibytes(1) / Packet).ShouldBe(0.25);

    [Fact]
    public void Sizes_are_ordered_by_their_bytes()
    {
        (Packet < DataSize.FromBytes(4097)).ShouldBeTrue();
        (Packet >= DataSize.FromBytes(4096)).ShouldBeTrue();
        Packet.CompareTo(DataSize.Zero).ShouldBePositive();
    }
}
