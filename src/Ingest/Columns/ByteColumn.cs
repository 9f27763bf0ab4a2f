using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Byte"/>: one byte a row.</summary>
internal sealed class ByteColumn : RowColumn
{
    private readonly List<byte> _values = [];

    public void Add(byte value)
    {
        if (value == 0 && TryCountDefault())
            return;
        BeginValues();
        _values.Add(value);
    }

    public void Add(bool value) => Add(value ? (byte)1 : (byte)0);

    public override void Write(ByteBuffer to) => to.Write(CollectionsMarshal.AsSpan(_values));

    protected override void AddDefaults(int count) => _values.AddRange(Enumerable.Repeat((byte)0, count));

    protected override void Clear() => _values.Clear();
}
