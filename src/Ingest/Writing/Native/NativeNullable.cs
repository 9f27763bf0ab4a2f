using System.Buffers.Binary;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>Nullable values of 8 bytes: first which are null, then all values.</summary>
internal sealed class NativeNullable(string name, string type) : NativeColumn(name, type)
{
    private readonly ByteBuffer _isNull = new();
    private readonly ByteBuffer _values = new();

    private bool IsFloat => Type.Contains("Float64", StringComparison.Ordinal);

    public override void Append(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept)
    {
        if (values.IsEmpty)
        {
            var kept = CountKept(rows, isKept);
            _isNull.Fill(1, kept);
            _values.Fill(0, kept * sizeof(long));
        }
        else if (isKept.IsEmpty)
        {
            _isNull.Write(values[..rows]);
            _values.Write(values[rows..]);
        }
        else
        {
            AppendKept(values, rows, isKept);
        }
    }

    public override void Write(NativeParts to, int first, int count)
    {
        to.Add(_isNull.WrittenMemory.Slice(first, count));
        to.Add(_values.WrittenMemory.Slice(first * sizeof(long), count * sizeof(long)));
    }

    public override object? Value(int row)
    {
        if (_isNull.Written[row] == 1)
            return null;
        var value = _values.Written.Slice(row * sizeof(long), sizeof(long));
        return IsFloat ? (object)BinaryPrimitives.ReadDoubleLittleEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
    }

    public override void Reset()
    {
        _isNull.Reset(KeepBytes);
        _values.Reset(KeepBytes);
    }

    private void AppendKept(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!isKept[row])
                continue;
            _isNull.WriteByte(values[row]);
            _values.Write(values.Slice(rows + (row * sizeof(long)), sizeof(long)));
        }
    }
}
