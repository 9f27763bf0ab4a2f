using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Number"/>: 8 bytes a row, little-endian.</summary>
internal sealed class NumberColumn : RowColumn
{
    private readonly List<long> _values = [];
    private long _any;

    public override bool IsDefault => _any == 0;

    public void Add(long value)
    {
        _values.Add(value);
        _any |= value;
    }

    public override void Write(ByteBuffer to) => to.WriteNumbers(CollectionsMarshal.AsSpan(_values));

    public override void Reset()
    {
        _values.Clear();
        _any = 0;
    }
}
