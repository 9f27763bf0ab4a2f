using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

internal sealed class UuidType() : ClickHouseType<Guid>("UUID")
{
    public override int FixedSize => 16;

    public override Guid Read(ref ValueReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        reader.ReadBytes(16).CopyTo(bytes);
        bytes[..8].Reverse();
        bytes[8..].Reverse();
        return new Guid(bytes, bigEndian: true);
    }

    public override void Write(RowBinaryWriter writer, Guid value) => writer.WriteUuid(value);

    public override Guid Convert(object value) => value switch
    {
        Guid guid => guid,
        string text => Guid.Parse(text),
        _ => throw CannotHold(value),
    };

    protected override string ToText(object value) => Convert(value).ToString();
}
