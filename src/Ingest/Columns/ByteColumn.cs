using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Byte"/>: one byte a row.</summary>
internal sealed class ByteColumn : RowColumn
{
    private readonly List<byte> _values = [];
    private byte _any;

    public override bool IsDefault => _any == 0;

    public void Add(byte value)
    {
        _values.Add(value);
        _any |= value;
    }

    public void Add(bool value) => Add(value ? (byte)1 : (byte)0);

    public override void Write(ByteBuffer to) => to.Write(CollectionsMarshal.AsSpan(_values));

    public override void Reset()
    {
        _values.Clear();
        _any = 0;
    }
}
