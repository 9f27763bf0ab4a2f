using System.Buffers;

namespace ClickHouse.Data.Tests.Formats;

public sealed class RowBinaryWriterTests
{
    [Fact]
    public void Strings_HaveTheirLengthInFront()
    {
        Assert.Equal([3, (byte)'a', 0xC3, 0xA9], Written(writer => writer.WriteString("aé")));
        Assert.Equal([0x80, 0x01], Written(writer => writer.WriteString(new byte[128]))[..2]);
        Assert.Equal([0], Written(writer => writer.WriteString(string.Empty)));
        Assert.Equal([(byte)'a', 0, 0], Written(writer => writer.WriteFixedString("a"u8, 3)));
    }

    [Fact]
    public void Instants_AreCutTowardsThePast()
    {
        var before = DateTime.UnixEpoch.AddTicks(-1);

        Assert.Equal(BitConverter.GetBytes(-1L), Written(writer => writer.WriteDateTime64(before, 3)));
        Assert.Equal(BitConverter.GetBytes(-100L), Written(writer => writer.WriteDateTime64(before, 9)));
        Assert.Equal(BitConverter.GetBytes(0L), Written(writer => writer.WriteDateTime64(new DateTimeOffset(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), 3)));
    }

    [Fact]
    public void Values_OutOfRange_AreRefused()
    {
        var writer = new RowBinaryWriter(new ArrayBufferWriter<byte>());

        Assert.Throws<OverflowException>(() => writer.WriteDate(new DateOnly(1969, 12, 31)));
        Assert.Throws<OverflowException>(() => writer.WriteDateTime(DateTimeOffset.UnixEpoch.AddSeconds(-1)));
        Assert.Throws<OverflowException>(() => writer.WriteDecimal(10_000_000_000m, 9, 0));
        Assert.Throws<ArgumentException>(() => writer.WriteFixedString("abcd"u8, 3));
        Assert.Throws<ArgumentException>(() => writer.WriteIPv4(System.Net.IPAddress.IPv6Loopback));
    }

    [Fact]
    public void HotPath_AllocatesNothing()
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var writer = new RowBinaryWriter(output);
        Write(writer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Write(writer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Write(RowBinaryWriter writer)
        {
            writer.WriteString("some text");
            writer.WriteString("utf-8"u8);
            writer.WriteInt64(5);
            writer.WriteUuid(Guid.Empty);
            writer.WriteDateTime64(DateTime.UnixEpoch, 3);
            writer.WriteNullFlag(isNull: true);
            writer.WriteDecimal(12.5m, 18, 4);
        }
    }

    private static byte[] Written(Action<RowBinaryWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new RowBinaryWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
