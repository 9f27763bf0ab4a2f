using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Dynamic: every value has its type in front, Nothing for null. Read only; cast in the statement to write.</summary>
internal sealed class DynamicType(string name) : ClickHouseType<object?>(name)
{
    public override bool AdmitsNull => true;

    public override bool TrySkip(ReadOnlySpan<byte> data, ref int position) =>
        BinaryTypeName.TryRead(data, ref position, out var type) && TypeCatalog.Get(type).TrySkip(data, ref position);

    public override object? Read(ref ValueReader reader) => TypeCatalog.Get(reader.ReadTypeName()).ReadObject(ref reader);

    public override void Write(RowBinaryWriter writer, object? value) =>
        throw new NotSupportedException($"Values of type {Name} can't be written in RowBinary; insert them as JSONEachRow.");

    public override void WriteObject(RowBinaryWriter writer, object? value) => Write(writer, value);

    public override object? Convert(object value) => value;

    protected override string ToText(object value) => StringType.Text(value);
}
