using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Text"/>: each value as its length (variable) and its UTF-8 bytes.</summary>
internal sealed class TextColumn : RowColumn
{
    private readonly ByteBuffer _bytes = new();
    private int _rows;

    public override bool IsDefault => _bytes.Length == _rows;

    public ReadOnlySpan<byte> Written => _bytes.Written;

    public void Add(ReadOnlySpan<byte> text)
    {
        _bytes.WriteString(text);
        _rows++;
    }

    /// <summary>A value made of two parts.</summary>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Begin(first.Length + second.Length).Write(first);
        _bytes.Write(second);
    }

    /// <summary>Begins a value of known length, which the caller then writes.</summary>
    public ByteBuffer Begin(int length)
    {
        _bytes.WriteVarUInt((uint)length);
        _rows++;
        return _bytes;
    }

    public override void Write(ByteBuffer to) => to.Write(_bytes.Written);

    public override void Reset()
    {
        _bytes.Reset(KeepBytes);
        _rows = 0;
    }
}
