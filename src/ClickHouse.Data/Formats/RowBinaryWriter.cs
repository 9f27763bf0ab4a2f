using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ClickHouse.Data;

/// <summary>
/// Writes values in ClickHouse's RowBinary format: the columns of a row one after the other, the rows without
/// separator. Each method is named after the column type it is for; the writer does not know the table, so the caller
/// keeps the order and the types. It allocates nothing of its own.
/// </summary>
/// <param name="output">Receives the bytes.</param>
public sealed class RowBinaryWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output ?? throw new ArgumentNullException(nameof(output));

    public void WriteInt8(sbyte value) => WriteByte((byte)value);

    public void WriteInt16(short value) => WriteNumber(value);

    public void WriteInt32(int value) => WriteNumber(value);

    public void WriteInt64(long value) => WriteNumber(value);

    public void WriteInt128(Int128 value) => WriteNumber(value);

    public void WriteUInt8(byte value) => WriteByte(value);

    public void WriteUInt16(ushort value) => WriteNumber(value);

    public void WriteUInt32(uint value) => WriteNumber(value);

    public void WriteUInt64(ulong value) => WriteNumber(value);

    public void WriteUInt128(UInt128 value) => WriteNumber(value);

    /// <summary>Int256 or UInt256: 32 bytes, two's complement.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public void WriteInteger256(BigInteger value, bool isUnsigned = false) => WriteBigInteger(value, 32, isUnsigned);

    public void WriteFloat32(float value) => WriteNumber(value);

    public void WriteFloat64(double value) => WriteNumber(value);

    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>The flag before a value of a Nullable column: true says that no value follows.</summary>
    public void WriteNullFlag(bool isNull) => WriteBool(isNull);

    /// <summary>The number of elements before those of an Array or the pairs of a Map.</summary>
    public void WriteLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var span = _output.GetSpan(Formats.VarUInt.MaxLength);
        _output.Advance(Formats.VarUInt.Write(span, (ulong)length));
    }

    /// <summary>String (LowCardinality too) from UTF-8.</summary>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteLength(utf8.Length);
        _output.Write(utf8);
    }

    /// <summary>String (LowCardinality too), encoded as UTF-8.</summary>
    public void WriteString(ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLength(length);
        if (length > 0)
        {
            _output.Advance(Encoding.UTF8.GetBytes(value, _output.GetSpan(length)));
        }
    }

    /// <summary>FixedString(length): shorter values are padded with zero bytes.</summary>
    /// <exception cref="ArgumentException">The value is longer than the column.</exception>
    public void WriteFixedString(ReadOnlySpan<byte> utf8, int length)
    {
        if (utf8.Length > length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{utf8.Length} bytes do not fit into FixedString({length})."),
                nameof(utf8));
        }

        var span = _output.GetSpan(length)[..length];
        utf8.CopyTo(span);
        span[utf8.Length..].Clear();
        _output.Advance(length);
    }

    public void WriteUuid(Guid value)
    {
        // Two 64-bit halves, most significant first, each little-endian.
        var span = _output.GetSpan(16)[..16];
        value.TryWriteBytes(span, bigEndian: true, out _);
        span[..8].Reverse();
        span[8..].Reverse();
        _output.Advance(16);
    }

    public void WriteIPv4(IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var mapped = value.IsIPv4MappedToIPv6 ? value.MapToIPv4() : value;
        Span<byte> bytes = stackalloc byte[16];
        if (!mapped.TryWriteBytes(bytes, out var length) || length != 4)
        {
            throw new ArgumentException($"{value} is not an IPv4 address.", nameof(value));
        }

        WriteUInt32(BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    public void WriteIPv6(IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.MapToIPv6().TryWriteBytes(_output.GetSpan(16), out var length);
        _output.Advance(length);
    }

    /// <summary>Date: days since 1970-01-01, up to 2149-06-06.</summary>
    /// <exception cref="OverflowException">The day is outside that range.</exception>
    public void WriteDate(DateOnly value) => WriteUInt16(checked((ushort)(value.DayNumber - Types.Epoch.DayNumber)));

    /// <summary>Date32: 1900-01-01 to 2299-12-31.</summary>
    public void WriteDate32(DateOnly value) => WriteInt32(value.DayNumber - Types.Epoch.DayNumber);

    /// <summary>DateTime: whole seconds, 1970 to 2106; a fraction is cut off.</summary>
    /// <exception cref="OverflowException">The instant is outside that range.</exception>
    public void WriteDateTime(DateTimeOffset value) => WriteUInt32(checked((uint)value.ToUnixTimeSeconds()));

    /// <summary>DateTime64(<paramref name="precision"/>): an instant; finer parts than the precision are cut off.</summary>
    public void WriteDateTime64(DateTimeOffset value, int precision) =>
        WriteInt64(Types.Epoch.ToScale(value.UtcTicks - DateTime.UnixEpoch.Ticks, precision));

    /// <summary>DateTime64(<paramref name="precision"/>). A DateTime of unspecified kind counts as UTC.</summary>
    public void WriteDateTime64(DateTime value, int precision) =>
        WriteInt64(Types.Epoch.ToScale(Types.Epoch.ToUtc(value).Ticks - DateTime.UnixEpoch.Ticks, precision));

    /// <summary>Decimal(<paramref name="precision"/>, <paramref name="scale"/>); finer digits are cut off.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public void WriteDecimal(decimal value, int precision, int scale)
    {
        if (precision <= 18 && scale <= 18)
        {
            var scaled = decimal.Truncate(value * Types.PowersOfTen.Decimal(scale));
            if (precision <= 9)
            {
                WriteInt32((int)scaled);
            }
            else
            {
                WriteInt64((long)scaled);
            }

            return;
        }

        WriteDecimal(new ClickHouseDecimal(value), precision, scale);
    }

    /// <summary>Decimal(<paramref name="precision"/>, <paramref name="scale"/>) of up to 76 digits.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public void WriteDecimal(ClickHouseDecimal value, int precision, int scale) =>
        WriteBigInteger(value.Rescale(scale), Types.DecimalWidth.Bytes(precision), isUnsigned: false);

    /// <summary>Bytes that are RowBinary already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> rowBinary) => _output.Write(rowBinary);

    internal void WriteBigInteger(BigInteger value, int width, bool isUnsigned)
    {
        var span = _output.GetSpan(width)[..width];
        if (!value.TryWriteBytes(span, out var written, isUnsigned, isBigEndian: false))
        {
            throw new OverflowException($"{value} does not fit into {(isUnsigned ? "UInt" : "Int")}{width * 8}.");
        }

        span[written..].Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        _output.Advance(width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteNumber<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_output.GetSpan(Unsafe.SizeOf<T>()), in value);
        _output.Advance(Unsafe.SizeOf<T>());
    }

    private void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }
}
