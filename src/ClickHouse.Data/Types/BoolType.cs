using System.Globalization;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

internal sealed class BoolType() : ClickHouseType<bool>("Bool")
{
    public override int FixedSize => 1;

    protected override bool IsQuoted => false;

    public override bool Read(ref ValueReader reader) => reader.ReadByte() != 0;

    public override void Write(RowBinaryWriter writer, bool value) => writer.WriteBool(value);

    public override bool Convert(object value) => value switch
    {
        bool flag => flag,
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            System.Convert.ToBoolean(value, CultureInfo.InvariantCulture),
        _ => throw CannotHold(value),
    };

    protected override string ToText(object value) => Convert(value) ? "true" : "false";
}
