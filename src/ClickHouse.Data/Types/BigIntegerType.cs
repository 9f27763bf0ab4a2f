using System.Globalization;
using System.Numerics;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Int256 and UInt256.</summary>
internal sealed class BigIntegerType(string name, bool isUnsigned) : ClickHouseType<BigInteger>(name), INumberType
{
    private const int Width = 32;

    public override int FixedSize => Width;

    protected override bool IsQuoted => false;

    public override BigInteger Read(ref ValueReader reader) => new(reader.ReadBytes(Width), isUnsigned);

    public override void Write(RowBinaryWriter writer, BigInteger value) => writer.WriteBigInteger(value, Width, isUnsigned);

    public override BigInteger Convert(object value) => value switch
    {
        BigInteger number => number,
        Int128 number => number,
        UInt128 number => number,
        ulong number => number,
        decimal number => new BigInteger(number),
        string text => BigInteger.Parse(text, CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw CannotHold(value),
    };

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked(Read(ref reader));

    protected override string ToText(object value) => Convert(value).ToString(CultureInfo.InvariantCulture);
}
