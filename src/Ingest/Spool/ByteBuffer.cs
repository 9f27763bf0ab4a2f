using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Growing bytes, written in the forms of ClickHouse's binary formats. Kept and reused, so that it seldom allocates.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = [];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public int Capacity => _bytes.Length;

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

    /// <summary>Little-endian numbers of 8 bytes.</summary>
    public void WriteNumbers(ReadOnlySpan<long> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            Write(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (var value in values)
            WriteNumber(value);
    }

    /// <summary>Little-endian numbers of 0, 1, 2 or 4 bytes.</summary>
    public void WriteNumbers(ReadOnlySpan<int> values, int bytesEach)
    {
        var to = GetSpan(values.Length * bytesEach);
        switch (bytesEach)
        {
            case 0:
                break;
            case 1:
                for (var i = 0; i < values.Length; i++)
                    to[i] = (byte)values[i];
                break;
            case 2:
                for (var i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteUInt16LittleEndian(to[(i * 2)..], (ushort)values[i]);
                break;
            case 4:
                for (var i = 0; i < values.Length; i++)
                    BinaryPrimitives.WriteInt32LittleEndian(to[(i * 4)..], values[i]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(bytesEach), bytesEach, "Numbers have 0, 1, 2 or 4 bytes.");
        }

        Advance(values.Length * bytesEach);
    }

    /// <summary>The same byte many times.</summary>
    public void Fill(byte value, int count)
    {
        GetSpan(count)[..count].Fill(value);
        Advance(count);
    }

    /// <summary>A String: its length as a variable-length number, then its bytes.</summary>
    public void WriteString(ReadOnlySpan<byte> text)
    {
        WriteVarUInt((uint)text.Length);
        Write(text);
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
