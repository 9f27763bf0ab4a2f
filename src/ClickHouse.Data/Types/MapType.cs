using System.Collections;
using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Map(K, V): a length, then key and value in turn. Of a key that comes twice the last value is kept.</summary>
internal sealed class MapType<TKey, TValue>(string name, ClickHouseType<TKey> key, ClickHouseType<TValue> value)
    : ClickHouseType<Dictionary<TKey, TValue>>(name)
    where TKey : notnull
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        if (!VarUInt.TryRead(data, ref position, out var length))
        {
            return false;
        }

        for (var i = 0UL; i < length; i++)
        {
            if (!key.TrySkip(data, ref position) || !value.TrySkip(data, ref position))
            {
                return false;
            }
        }

        return true;
    }

    public override Dictionary<TKey, TValue> Read(ref ValueReader reader)
    {
        var length = reader.ReadLength();
        var map = new Dictionary<TKey, TValue>(length);
        for (var i = 0; i < length; i++)
        {
            var entry = key.Read(ref reader);
            map[entry] = value.Read(ref reader);
        }

        return map;
    }

    public override void Write(RowBinaryWriter writer, Dictionary<TKey, TValue> map)
    {
        writer.WriteLength(map.Count);
        foreach (var (entry, item) in map)
        {
            key.Write(writer, entry);
            value.Write(writer, item);
        }
    }

    public override void WriteObject(RowBinaryWriter writer, object? map)
    {
        if (map is Dictionary<TKey, TValue> typed)
        {
            Write(writer, typed);
            return;
        }

        var entries = Entries(map);
        writer.WriteLength(entries.Count);
        foreach (DictionaryEntry entry in entries)
        {
            key.WriteObject(writer, entry.Key);
            value.WriteObject(writer, entry.Value);
        }
    }

    public override Dictionary<TKey, TValue> Convert(object map)
    {
        if (map is Dictionary<TKey, TValue> typed)
        {
            return typed;
        }

        var converted = new Dictionary<TKey, TValue>();
        foreach (DictionaryEntry entry in Entries(map))
        {
            converted[key.Convert(entry.Key)] = entry.Value is TValue item ? item : value.Convert(entry.Value!);
        }

        return converted;
    }

    public override void FormatEscaped(StringBuilder text, object map) => FormatNested(text, map);

    public override void FormatNested(StringBuilder text, object? map)
    {
        text.Append('{');
        var separator = string.Empty;
        foreach (DictionaryEntry entry in Entries(map))
        {
            text.Append(separator);
            key.FormatNested(text, entry.Key);
            text.Append(':');
            value.FormatNested(text, entry.Value);
            separator = ",";
        }

        text.Append('}');
    }

    protected override string ToText(object map) => throw new NotSupportedException();

    private IDictionary Entries(object? map) => map as IDictionary ?? throw CannotHold(map);
}
