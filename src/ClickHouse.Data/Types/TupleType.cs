using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Tuple, with or without names: the elements one after the other.</summary>
internal sealed class TupleType(string name, IReadOnlyList<string> names, IReadOnlyList<ClickHouseType> elements)
    : ClickHouseType<ClickHouseTuple>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        foreach (var element in elements)
        {
            if (!element.TrySkip(data, ref position))
            {
                return false;
            }
        }

        return true;
    }

    public override ClickHouseTuple Read(ref ValueReader reader)
    {
        var items = new object?[elements.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = elements[i].ReadObject(ref reader);
        }

        return new ClickHouseTuple(names, items);
    }

    public override void Write(RowBinaryWriter writer, ClickHouseTuple value) => WriteObject(writer, value);

    public override void WriteObject(RowBinaryWriter writer, object? value)
    {
        var items = Items(value);
        for (var i = 0; i < items.Count; i++)
        {
            elements[i].WriteObject(writer, items[i]);
        }
    }

    public override ClickHouseTuple Convert(object value) => value as ClickHouseTuple ?? new ClickHouseTuple(names, [.. Items(value)]);

    public override void FormatEscaped(StringBuilder text, object value) => FormatNested(text, value);

    public override void FormatNested(StringBuilder text, object? value)
    {
        text.Append('(');
        var items = Items(value);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ",");
            elements[i].FormatNested(text, items[i]);
        }

        text.Append(')');
    }

    protected override string ToText(object value) => throw new NotSupportedException();

    private List<object?> Items(object? value)
    {
        List<object?> items = value switch
        {
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
            string or null or DBNull => throw CannotHold(value),
            IEnumerable sequence => [.. sequence.Cast<object?>()],
            _ => throw CannotHold(value),
        };
        return items.Count == elements.Count
            ? items
            : throw new InvalidCastException($"{items.Count} elements were given for {Name}, which has {elements.Count}.");
    }
}
