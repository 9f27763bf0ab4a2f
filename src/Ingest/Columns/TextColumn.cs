using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Text"/>: each value as its length (variable) and its UTF-8 bytes.</summary>
internal sealed class TextColumn : RowColumn
{
    private readonly ByteBuffer _bytes = new();

    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty && TryCountDefault())
            return;
        BeginValues();
        _bytes.WriteString(text);
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
        BeginValues();
        _bytes.WriteVarUInt((uint)length);
        return _bytes;
    }

    public override void Write(ByteBuffer to) => to.Write(_bytes.Written);

    protected override void AddDefaults(int count) => _bytes.Fill(0, count);

    protected override void Clear() => _bytes.Reset(KeepBytes);
}
