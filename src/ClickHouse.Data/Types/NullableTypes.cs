using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Nullable(T): a flag byte, then the value unless the flag is set.</summary>
internal abstract class NullableType<TClr>(string name, ClickHouseType underlying) : ClickHouseType<TClr>(name)
{
    public override ClickHouseType Underlying => underlying;

    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        if (position >= data.Length)
        {
            return false;
        }

        return data[position++] != 0 || underlying.TrySkip(data, ref position);
    }

    public override object? ReadObject(ref ValueReader reader) =>
        reader.ReadByte() != 0 ? null : underlying.ReadObject(ref reader);

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        writer.WriteNullFlag(IsNull(value));
        if (!IsNull(value))
        {
            underlying.WriteObject(writer, value);
        }
    }

    public override void FormatEscaped(StringBuilder text, object value) => underlying.FormatEscaped(text, value);

    public override void FormatNested(StringBuilder text, object? value) => underlying.FormatNested(text, value);

    protected override string ToText(object value) => throw new NotSupportedException();
}

internal sealed class NullableValueType<T>(string name, ClickHouseType<T> underlying) : NullableType<T?>(name, underlying)
    where T : struct
{
    public override T? Read(ref ValueReader reader) => reader.ReadByte() != 0 ? null : underlying.Read(ref reader);

    public override void Write(RowBinaryWriter writer, T? value)
    {
        writer.WriteNullFlag(value is null);
        if (value is { } present)
        {
            underlying.Write(writer, present);
        }
    }

    public override T? Convert(object value) => underlying.Convert(value);
}

internal sealed class NullableReferenceType<T>(string name, ClickHouseType<T> underlying) : NullableType<T?>(name, underlying)
    where T : class
{
    public override T? Read(ref ValueReader reader) => reader.ReadByte() != 0 ? null : underlying.Read(ref reader);

    public override void Write(RowBinaryWriter writer, T? value)
    {
        writer.WriteNullFlag(value is null);
        if (value is not null)
        {
            underlying.Write(writer, value);
        }
    }

    public override T? Convert(object value) => underlying.Convert(value);
}
