using System.Globalization;
using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>
/// String, and JSON when the server is asked to send it as text. A String is bytes to ClickHouse and UTF-8 to us; read
/// it as byte[] or as a span where it may be something else.
/// </summary>
internal sealed class StringType(string name) : ClickHouseType<string>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        if (!VarUInt.TryRead(data, ref position, out var length) || length > (ulong)(data.Length - position))
        {
            return false;
        }

        position += (int)length;
        return true;
    }

    public override string Read(ref ValueReader reader) => Encoding.UTF8.GetString(reader.ReadUtf8());

    public override void Write(RowBinaryWriter writer, string value) => writer.WriteString(value);

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        switch (value)
        {
            case byte[] bytes:
                writer.WriteString(bytes);
                break;
            case ReadOnlyMemory<byte> bytes:
                writer.WriteString(bytes.Span);
                break;
            default:
                base.WriteObject(writer, value);
                break;
        }
    }

    public override string Convert(object value) => Text(value);

    internal static string Text(object value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    protected override string ToText(object value) => Text(value);
}

/// <summary>FixedString(n): read with its padding cut off at the end, as byte[] with it.</summary>
internal sealed class FixedStringType(string name, int length) : ClickHouseType<string>(name)
{
    public override int FixedSize => length;

    public override string Read(ref ValueReader reader) => Encoding.UTF8.GetString(reader.ReadBytes(length).TrimEnd((byte)0));

    public override void Write(RowBinaryWriter writer, string value) =>
        writer.WriteFixedString(Encoding.UTF8.GetBytes(value), length);

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        if (value is byte[] bytes)
        {
            writer.WriteFixedString(bytes, length);
        }
        else
        {
            base.WriteObject(writer, value);
        }
    }

    public override string Convert(object value) => StringType.Text(value);

    protected override string ToText(object value) => StringType.Text(value);
}
