using System.Globalization;
using System.Numerics;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Decimals that .NET's decimal holds whole: up to 28 digits.</summary>
internal sealed class DecimalType(string name, int precision, int scale) : ClickHouseType<decimal>(name), INumberType
{
    public const int MaxPrecision = 28;

    public int Precision => precision;

    public int Scale => scale;

    public override int FixedSize { get; } = DecimalWidth.Bytes(precision);

    protected override bool IsQuoted => false;

    public override decimal Read(ref ValueReader reader)
    {
        var unscaled = FixedSize switch
        {
            4 => reader.Read<int>(),
            8 => reader.Read<long>(),
            _ => reader.Read<Int128>(),
        };
        var magnitude = (UInt128)Int128.Abs(unscaled);
        return new decimal(
            (int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, (byte)scale);
    }

    public override void Write(RowBinaryWriter writer, decimal value) => writer.WriteDecimal(value, precision, scale);

    public override decimal Convert(object value) => value switch
    {
        decimal number => number,
        ClickHouseDecimal number => number.ToDecimal(),
        BigInteger number => (decimal)number,
        string text => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double =>
            System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => throw CannotHold(value),
    };

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked(Read(ref reader));

    protected override string ToText(object value) => Convert(value).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Decimals of 29 to 76 digits.</summary>
internal sealed class WideDecimalType(string name, int precision, int scale) : ClickHouseType<ClickHouseDecimal>(name), INumberType
{
    public int Precision => precision;

    public int Scale => scale;

    public override int FixedSize { get; } = DecimalWidth.Bytes(precision);

    protected override bool IsQuoted => false;

    public override ClickHouseDecimal Read(ref ValueReader reader) => new(new BigInteger(reader.ReadBytes(FixedSize)), scale);

    public override void Write(RowBinaryWriter writer, ClickHouseDecimal value) => writer.WriteDecimal(value, precision, scale);

    public override ClickHouseDecimal Convert(object value) => value switch
    {
        ClickHouseDecimal number => number,
        decimal number => new ClickHouseDecimal(number),
        BigInteger number => new ClickHouseDecimal(number, 0),
        string text => ClickHouseDecimal.Parse(text),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double =>
            new ClickHouseDecimal(System.Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => throw CannotHold(value),
    };

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked((decimal)Read(ref reader));

    protected override string ToText(object value) => Convert(value).ToString();
}
