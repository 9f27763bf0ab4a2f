using System.Globalization;
using System.Numerics;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>BFloat16: the upper half of a Float32.</summary>
internal sealed class BFloat16Type() : ClickHouseType<float>("BFloat16"), INumberType
{
    public override int FixedSize => sizeof(ushort);

    protected override bool IsQuoted => false;

    public override float Read(ref ValueReader reader) => BitConverter.UInt32BitsToSingle((uint)reader.Read<ushort>() << 16);

    public override void Write(RowBinaryWriter writer, float value) =>
        writer.WriteUInt16((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));

    public override float Convert(object value) => value as float? ?? System.Convert.ToSingle(value, CultureInfo.InvariantCulture);

    public TTarget ReadAs<TTarget>(ref ValueReader reader)
        where TTarget : INumberBase<TTarget> => TTarget.CreateChecked(Read(ref reader));

    protected override string ToText(object value) => FloatText.Of(Convert(value));
}
