using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Nothing: the element type of <c>[]</c> and the type of a bare NULL; it has no values.</summary>
internal sealed class NothingType() : ClickHouseType<object?>("Nothing")
{
    public override int FixedSize => 0;

    public override bool AdmitsNull => true;

    public override object? Read(ref ValueReader reader) => null;

    public override void Write(RowBinaryWriter writer, object? value)
    {
        if (!IsNull(value))
        {
            throw CannotHold(value);
        }
    }

    public override void WriteObject(RowBinaryWriter writer, object? value) => Write(writer, value);

    public override object? Convert(object value) => throw CannotHold(value);

    protected override string ToText(object value) => throw CannotHold(value);
}
