namespace ClickHouse.Data.Types;

internal static class DecimalWidth
{
    /// <summary>Bytes of the integer that holds a Decimal of that many digits.</summary>
    public static int Bytes(int precision) => precision switch
    {
        <= 9 => 4,
        <= 18 => 8,
        <= 38 => 16,
        <= 76 => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "A Decimal has at most 76 digits."),
    };
}
