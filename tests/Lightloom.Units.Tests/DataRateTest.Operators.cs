using System.Numerics;

namespace Lightloom.Units.Tests;

public partial class DataRateTest
{
    private static readonly DataRate Port = DataRate.FromGbps(800);

    [Fact]
    public void Rates_add_up()
    {
        (Port + Port).ShouldBe(DataRate.FromGbps(1600));
        (Port - Port).ShouldBe(DataRate.Zero);
        (Port * 64).Gbps.ShouldBe(51_200);
        (Port / 8).ShouldBe(DataRate.FromGbps(100));
        (Port / DataRate.FromGbps(100)).ShouldBe(8);
        Port.DividedBy(DataRate.FromGbps(300)).ShouldBe(2);
    }

    [Fact]
    public void Rates_are_ordered() => (DataRate.FromGbps(100) < Port && Port >= DataRate.FromGbps(800)).ShouldBeTrue();

    // IEEE 802.3: the largest untagged frame with preamble and inter-packet gap is 1,538 bytes, 1.2304 us at 10 Gb/s; the smallest is 84
    // bytes, 6.72 ns at 100 Gb/s (148.81 million frames a second).
    [Theory]
    [InlineData(1538, 10, 1_230_400)]
    [InlineData(84, 100, 6_720)]
    public void A_frame_takes_its_bits_over_the_rate(long bytes, double gbps, long picoseconds) =>
        (DataSize.FromBytes(bytes) / DataRate.FromGbps(gbps)).Picoseconds.ShouldBe(picoseconds);

    [Fact]
    public void A_second_at_a_gigabit_carries_125_megabytes()
    {
        (DataRate.FromGbps(1) * SimTime.FromSeconds(1)).ShouldBe(DataSize.Parse("125MB"));
        (SimTime.FromSeconds(1) * DataRate.FromGbps(1)).ShouldBe(DataSize.Parse("125MB"));
        (DataSize.Parse("125MB") / SimTime.FromSeconds(1)).ShouldBe(DataRate.FromGbps(1));
    }

    [Fact]
    public void A_time_on_the_wire_is_exact_and_rounded_up() =>
        Oracle.ForAll(
            Oracle.EveryMagnitude(negative: false),
            Oracle.EveryMagnitude(negative: false),
            (bytes, rate) =>
            {
                if (rate > 0)
                {
                    BigInteger exact = Oracle.DivideRoundingUp((BigInteger)bytes * 8 * BigInteger.Pow(10, 12), rate);
                    Exact(exact, () => (DataSize.FromBytes(bytes) / DataRate.FromBitsPerSecond(rate)).Picoseconds);
                }
            }
        );

    [Fact]
    public void What_passes_in_a_time_is_exact_and_rounded_down() =>
        Oracle.ForAll(
            Oracle.EveryMagnitude(negative: false),
            Oracle.EveryMagnitude(negative: false),
            (rate, time) =>
            {
                BigInteger exact = Oracle.DivideRoundingDown((BigInteger)rate * time, 8 * BigInteger.Pow(10, 12));
                Exact(exact, () => (DataRate.FromBitsPerSecond(rate) * SimTime.FromPicoseconds(time)).Bytes);
            }
        );

    [Fact]
    public void The_rate_of_a_size_in_a_time_is_exact_and_rounded_down() =>
        Oracle.ForAll(
            Oracle.EveryMagnitude(negative: false),
            Oracle.EveryMagnitude(negative: false),
            (bytes, time) =>
            {
                if (time > 0)
                {
                    BigInteger exact = Oracle.DivideRoundingDown((BigInteger)bytes * 8 * BigInteger.Pow(10, 12), time);
                    Exact(exact, () => (DataSize.FromBytes(bytes) / SimTime.FromPicoseconds(time)).BitsPerSecond);
                }
            }
        );

    private static void Exact(BigInteger expected, Func<long> operation)
    {
        if (Oracle.Fits(expected))
        {
            operation().ShouldBe((long)expected);
        }
        else
        {
            Should.Throw<OverflowException>(() => operation());
        }
    }
}
