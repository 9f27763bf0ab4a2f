using System.Numerics;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseDecimalTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.05")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-0.0000000000000000000000000001")]
    public void Decimal_GoesThereAndBack(string text)
    {
        var number = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(text, new ClickHouseDecimal(number).ToString());
        Assert.Equal(number, new ClickHouseDecimal(number).ToDecimal());
        Assert.Equal(new ClickHouseDecimal(number), ClickHouseDecimal.Parse(text));
    }

    [Fact]
    public void Equality_IsByValue()
    {
        Assert.Equal(new ClickHouseDecimal(10, 1), new ClickHouseDecimal(100, 2));
        Assert.Equal(new ClickHouseDecimal(10, 1).GetHashCode(), new ClickHouseDecimal(100, 2).GetHashCode());
        Assert.True(new ClickHouseDecimal(-1, 1) < new ClickHouseDecimal(0, 5));
    }

    [Fact]
    public void ToDecimal_CutsDigitsItHasNoRoomFor_ButNoWholeOnes()
    {
        Assert.Equal(1.0000000000000000000000000000m, new ClickHouseDecimal(BigInteger.Pow(10, 40) + 1, 40).ToDecimal());
        Assert.Throws<OverflowException>(() => new ClickHouseDecimal(BigInteger.Pow(10, 40), 0).ToDecimal());
    }
}
