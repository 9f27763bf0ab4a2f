using System.Numerics;

namespace ClickHouse.Data.Types;

internal static class PowersOfTen
{
    private static readonly long[] Int64Powers = [.. Enumerable.Range(0, 19).Select(n => (long)BigInteger.Pow(10, n))];
    private static readonly decimal[] DecimalPowers = [.. Enumerable.Range(0, 29).Select(n => (decimal)BigInteger.Pow(10, n))];
    private static readonly BigInteger[] BigPowers = [.. Enumerable.Range(0, 78).Select(n => BigInteger.Pow(10, n))];

    public static long Int64(int exponent) => Int64Powers[exponent];

    public static decimal Decimal(int exponent) => DecimalPowers[exponent];

    public static BigInteger Big(int exponent) => exponent < BigPowers.Length ? BigPowers[exponent] : BigInteger.Pow(10, exponent);
}
