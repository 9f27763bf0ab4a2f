using System.Collections;
using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Array(T), and Nested as an array of tuples: a length, then the elements.</summary>
internal sealed class ArrayType<T>(string name, ClickHouseType<T> element) : ClickHouseType<T[]>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        if (!VarUInt.TryRead(data, ref position, out var length))
        {
            return false;
        }

        if (element.FixedSize >= 0)
        {
            var bytes = checked((long)length * element.FixedSize);
            if (bytes > data.Length - position)
            {
                return false;
            }

            position += (int)bytes;
            return true;
        }

        for (var i = 0UL; i < length; i++)
        {
            if (!element.TrySkip(data, ref position))
            {
                return false;
            }
        }

        return true;
    }

    public override T[] Read(ref ValueReader reader)
    {
        var length = reader.ReadLength();
        if (length == 0)
        {
            return [];
        }

        var values = new T[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = element.Read(ref reader);
        }

        return values;
    }

    public override void Write(RowBinaryWriter writer, T[] value)
    {
        writer.WriteLength(value.Length);
        foreach (var item in value)
        {
            element.Write(writer, item);
        }
    }

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        if (value is T[] typed)
        {
            Write(writer, typed);
            return;
        }

        var items = Items(value);
        writer.WriteLength(items.Count);
        foreach (var item in items)
        {
            element.WriteObject(writer, item);
        }
    }

    public override T[] Convert(object value) =>
        value as T[] ?? [.. Items(value).Cast<object>().Select(item => item is T typed ? typed : element.Convert(item))];

    public override void FormatEscaped(StringBuilder text, object value) => FormatNested(text, value);

    public override void FormatNested(StringBuilder text, object? value)
    {
        text.Append('[');
        var separator = string.Empty;
        foreach (var item in Items(value))
        {
            text.Append(separator);
            element.FormatNested(text, item);
            separator = ",";
        }

        text.Append(']');
    }

    protected override string ToText(object value) => throw new NotSupportedException();

    private ICollection Items(object? value) => value switch
    {
        string or null or DBNull => throw CannotHold(value),
        ICollection collection => collection,
        IEnumerable sequence => sequence.Cast<object?>().ToArray(),
        _ => throw CannotHold(value),
    };
}
