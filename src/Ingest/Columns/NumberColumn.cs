using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Number"/>: 8 bytes a row, little-endian.</summary>
internal sealed class NumberColumn : RowColumn
{
    private readonly List<long> _values = [];

    public void Add(long value)
    {
        if (value == 0 && TryCountDefault())
            return;
        BeginValues();
        _values.Add(value);
    }

    public override void Write(ByteBuffer to) => to.WriteNumbers(CollectionsMarshal.AsSpan(_values));

    protected override void AddDefaults(int count) => _values.AddRange(Enumerable.Repeat(0L, count));

    protected override void Clear() => _values.Clear();
}
