using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Variant(T1, T2, …): a byte that names the alternative, in the order of the type's name, 255 for null.</summary>
internal sealed class VariantType(string name, IReadOnlyList<ClickHouseType> alternatives) : ClickHouseType<object?>(name)
{
    private const byte Null = 255;

    public override bool AdmitsNull => true;

    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        if (position >= data.Length)
        {
            return false;
        }

        var which = data[position++];
        return which == Null || alternatives[which].TrySkip(data, ref position);
    }

    public override object? Read(ref ValueReader reader)
    {
        var which = reader.ReadByte();
        return which == Null ? null : alternatives[which].ReadObject(ref reader);
    }

    public override void Write(RowBinaryWriter writer, object? value)
    {
        if (IsNull(value))
        {
            writer.WriteUInt8(Null);
            return;
        }

        var which = Alternative(value!);
        writer.WriteUInt8((byte)which);
        alternatives[which].WriteObject(writer, value);
    }

    public override void WriteObject(RowBinaryWriter writer, object? value) => Write(writer, value);

    public override object? Convert(object value) => value;

    protected override string ToText(object value) => StringType.Text(value);

    /// <summary>The alternative that gives this .NET type when read.</summary>
    private int Alternative(object value)
    {
        for (var i = 0; i < alternatives.Count; i++)
        {
            if (alternatives[i].ClrType == value.GetType())
            {
                return i;
            }
        }

        throw CannotHold(value);
    }
}
