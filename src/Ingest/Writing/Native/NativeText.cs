using System.Text;
using LifecycleMetrics.Ingest.Columns;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>String: as in the frame, length and bytes of each value.</summary>
internal sealed class NativeText(string name, string type) : NativeColumn(name, type)
{
    private readonly ByteBuffer _texts = new();
    private int _rows;

    public override void Append(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept)
    {
        var kept = CountKept(rows, isKept);
        _rows += kept;
        if (values.IsEmpty)
            _texts.Fill(0, kept);
        else if (kept == rows)
            _texts.Write(values);
        else
            AppendKept(values, isKept);
    }

    public override void Write(NativeParts to, int first, int count)
    {
        var start = VarText.Length(_texts.Written, first);
        var end = first + count == _rows ? _texts.Length : start + VarText.Length(_texts.Written[start..], count);
        to.Add(_texts.WrittenMemory[start..end]);
    }

    public override object Value(int row)
    {
        var rest = _texts.Written[VarText.Length(_texts.Written, row)..];
        return Encoding.UTF8.GetString(VarText.Take(ref rest));
    }

    public override void Reset()
    {
        _texts.Reset(KeepBytes);
        _rows = 0;
    }

    private void AppendKept(ReadOnlySpan<byte> values, ReadOnlySpan<bool> isKept)
    {
        foreach (var kept in isKept)
        {
            var text = VarText.Take(ref values);
            if (kept)
                _texts.WriteString(text);
        }
    }
}
