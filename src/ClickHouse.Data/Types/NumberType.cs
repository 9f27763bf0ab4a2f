using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Conversions that the reader's numeric getters need, independent of the column's own width.</summary>
internal interface INumberType
{
    TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget>;
}

/// <summary>(U)Int8 to (U)Int128, Float32 and Float64: little-endian, as .NET holds them. Intervals are Int64.</summary>
internal sealed class NumberType<T>(string name) : ClickHouseType<T>(name), INumberType
    where T : unmanaged, INumber<T>
{
    public override int FixedSize => Unsafe.SizeOf<T>();

    protected override bool IsQuoted => false;

    public override T Read(ref ValueReader reader) => reader.Read<T>();

    public override void Write(RowBinaryWriter writer, T value) => writer.WriteNumber(value);

    public override T Convert(object value) => value switch
    {
        T number => number,
        sbyte number => T.CreateChecked(number),
        byte number => T.CreateChecked(number),
        short number => T.CreateChecked(number),
        ushort number => T.CreateChecked(number),
        int number => T.CreateChecked(number),
        uint number => T.CreateChecked(number),
        long number => T.CreateChecked(number),
        ulong number => T.CreateChecked(number),
        Int128 number => T.CreateChecked(number),
        UInt128 number => T.CreateChecked(number),
        BigInteger number => T.CreateChecked(number),
        float number => T.CreateChecked(number),
        double number => T.CreateChecked(number),
        decimal number => T.CreateChecked(number),
        bool flag => flag ? T.One : T.Zero,
        string text => T.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        Enum member => Convert(System.Convert.ChangeType(member, Enum.GetUnderlyingType(member.GetType()), CultureInfo.InvariantCulture)),
        _ => throw CannotHold(value),
    };

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked(Read(ref reader));

    protected override string ToText(object value) => Convert(value) switch
    {
        float number => FloatText.Of(number),
        double number => FloatText.Of(number),
        var number => number.ToString(null, CultureInfo.InvariantCulture),
    };
}
