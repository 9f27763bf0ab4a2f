using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Growing bytes with the writing side of ClickHouse's RowBinary. Kept and reused, so that it seldom allocates.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Forgets everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Forgets everything, and the memory too if it has grown beyond <paramref name="keepBytes"/>.</summary>
    public void Reset(int keepBytes)
    {
        Length = 0;
        if (_bytes.Length > keepBytes)
            _bytes = [];
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>A little-endian number of fixed width.</summary>
    public void WriteNumber<T>(T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        var size = value.GetByteCount();
        Grow(size);
        Length += value.WriteLittleEndian(_bytes.AsSpan(Length));
    }

    /// <summary>A String: its length as a variable-length number, then its bytes.</summary>
    public void WriteString(ReadOnlySpan<byte> text)
    {
        WriteVarUInt((uint)text.Length);
        Write(text);
    }

    /// <summary>A Nullable(Int64) or Nullable(DateTime64).</summary>
    public void WriteNullable(long? value)
    {
        WriteByte(value is null ? (byte)1 : (byte)0);
        if (value is { } number)
            WriteNumber(number);
    }

    /// <summary>A Nullable(Float64).</summary>
    public void WriteNullable(double? value)
    {
        WriteByte(value is null ? (byte)1 : (byte)0);
        if (value is { } number)
            WriteNumber(BitConverter.DoubleToInt64Bits(number));
    }

    public void WriteVarUInt(uint value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    /// <summary>Overwrites four bytes written before.</summary>
    public void SetUInt32(int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at, sizeof(uint)), value);

    private void Grow(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(Math.Max(256L, _bytes.Length * 2L), Array.MaxLength)));
    }
}
