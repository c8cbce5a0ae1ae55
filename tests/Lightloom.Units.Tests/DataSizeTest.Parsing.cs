using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Lightloom.Units.Tests;

public partial class DataSizeTest
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("4096B", 4096)]
    [InlineData("4MiB", 4_194_304)]
    [InlineData("4mib", 4_194_304)]
    [InlineData("4MIB", 4_194_304)]
    [InlineData("4 MiB", 4_194_304)]
    [InlineData(" 4  mib ", 4_194_304)]
    [InlineData("1KB", 1000)]
    [InlineData("1kb", 1000)]
    [InlineData("1.5KiB", 1536)]
    [InlineData(".5KiB", 512)]
    [InlineData("1e6", 1_000_000)]
    [InlineData("1E3 GB", 1_000_000_000_000)]
    [InlineData("0", 0)]
    [InlineData("1.5", 2)]
    [InlineData("4611686018427387904", 1L << 62)]
    [InlineData("4194304TiB", 1L << 62)]
    public void One_grammar_reads_every_way_to_write_a_size(string text, long bytes)
    {
        DataSize.TryParse(text, out DataSize size).ShouldBeTrue();
        size.Bytes.ShouldBe(bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("-4MiB")]
    [InlineData("+4MiB")]
    [InlineData("nan")]
    [InlineData("infinity")]
    [InlineData("4M")]
    [InlineData("4 M iB")]
    [InlineData("4,096")]
    [InlineData("0x1000")]
    [InlineData("4MiBB")]
    [InlineData("4Mb/s")]
    [InlineData("4611686018427387905")]
    [InlineData("4194305TiB")]
    [InlineData("1e300")]
    [InlineData("1e999999999999")]
    public void Anything_else_is_no_size(string? text)
    {
        DataSize.TryParse(text, out DataSize size).ShouldBeFalse();
        size.ShouldBe(DataSize.Zero);
    }

    [Fact]
    public void Parsing_no_size_says_what_to_write() =>
        Should.Throw<FormatException>(() => DataSize.Parse("4 Mops")).Message.ShouldContain("4MiB");

    [Fact]
    public void A_size_is_read_back_from_its_text() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll<NonNegativeInt, byte>(
                (number, shift) =>
                {
                    DataSize size = DataSize.FromBytes((long)number.Get << (shift % 31));
                    DataSize.Parse(size.ToString()).ShouldBe(size);
                }
            )
        );

    // An exact oracle: a whole number of units is the product in arbitrary precision.
    [Fact]
    public void A_number_of_units_is_exact_up_to_the_last_byte() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll<NonNegativeInt, byte>(
                (number, which) =>
                {
                    (string unit, System.Numerics.BigInteger factor) = (which % 4) switch
                    {
                        0 => ("KiB", System.Numerics.BigInteger.Pow(1024, 1)),
                        1 => ("GiB", System.Numerics.BigInteger.Pow(1024, 3)),
                        2 => ("TB", System.Numerics.BigInteger.Pow(10, 12)),
                        _ => ("B", System.Numerics.BigInteger.One),
                    };
                    long count = number.Get % (1 << 20);
                    DataSize.Parse(count.ToString(CultureInfo.InvariantCulture) + unit).Bytes.ShouldBe((long)(count * factor));
                }
            )
        );

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string>(text => DataSize.TryParse(text, out _) || true));
}
