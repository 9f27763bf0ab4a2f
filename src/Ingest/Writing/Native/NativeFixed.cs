using System.Buffers.Binary;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>Values of fixed width: integers, instants, enumerations, flags.</summary>
internal sealed class NativeFixed(string name, string type, int width) : NativeColumn(name, type)
{
    private readonly ByteBuffer _values = new();

    public override void Append(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept)
    {
        if (values.IsEmpty)
            _values.Fill(0, CountKept(rows, isKept) * width);
        else if (isKept.IsEmpty)
            _values.Write(values);
        else
            AppendKept(values, isKept);
    }

    /// <summary>Appends the same number many times.</summary>
    public void Append(ulong value, int count) => AppendRun(value, step: 0, count);

    /// <summary>Appends numbers that rise by one, from <paramref name="first"/>, for the rows that are kept.</summary>
    public void AppendSequence(ulong first, int rows, ReadOnlySpan<bool> isKept)
    {
        if (isKept.IsEmpty)
        {
            AppendRun(first, step: 1, rows);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            if (isKept[row])
                _values.WriteNumber(first + (ulong)row);
        }
    }

    public override void Write(NativeParts to, int first, int count) =>
        to.Add(_values.WrittenMemory.Slice(first * width, count * width));

    public override object Value(int row)
    {
        var value = _values.Written.Slice(row * width, width);
        return width == 1 ? (object)value[0] : BinaryPrimitives.ReadInt64LittleEndian(value);
    }

    public override void Reset() => _values.Reset(KeepBytes);

    private void AppendRun(ulong value, uint step, int count)
    {
        var to = _values.GetSpan(count * sizeof(ulong));
        for (var i = 0; i < count; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(to[(i * sizeof(ulong))..], value + ((ulong)i * step));
        _values.Advance(count * sizeof(ulong));
    }

    private void AppendKept(ReadOnlySpan<byte> values, ReadOnlySpan<bool> isKept)
    {
        for (var row = 0; row < isKept.Length; row++)
        {
            if (isKept[row])
                _values.Write(values.Slice(row * width, width));
        }
    }
}
