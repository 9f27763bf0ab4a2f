using System.Buffers.Binary;
using System.Net;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

internal abstract class IPAddressType(string name) : ClickHouseType<IPAddress>(name)
{
    public override IPAddress Convert(object value) => value switch
    {
        IPAddress address => address,
        string text => IPAddress.Parse(text),
        _ => throw CannotHold(value),
    };

    protected override string ToText(object value) => Convert(value).ToString();
}

internal sealed class IPv4Type() : IPAddressType("IPv4")
{
    public override int FixedSize => 4;

    public override IPAddress Read(ref ValueReader reader)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, reader.Read<uint>());
        return new IPAddress(bytes);
    }

    public override void Write(RowBinaryWriter writer, IPAddress value) => writer.WriteIPv4(value);
}

internal sealed class IPv6Type() : IPAddressType("IPv6")
{
    public override int FixedSize => 16;

    public override IPAddress Read(ref ValueReader reader) => new(reader.ReadBytes(16));

    public override void Write(RowBinaryWriter writer, IPAddress value) => writer.WriteIPv6(value);

    protected override string ToText(object value) => Convert(value).MapToIPv6().ToString();
}
