using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Nullable"/>: a byte a row that is 1 where there is no value, then 8 bytes a row.</summary>
internal sealed class NullableColumn : RowColumn
{
    private readonly List<byte> _isNull = [];
    private readonly List<long> _values = [];

    public void Add(long? value)
    {
        if (value is null && TryCountDefault())
            return;
        BeginValues();
        _isNull.Add(value is null ? (byte)1 : (byte)0);
        _values.Add(value.GetValueOrDefault());
    }

    public void Add(double? value) => Add(value is { } number ? BitConverter.DoubleToInt64Bits(number) : (long?)null);

    public override void Write(ByteBuffer to)
    {
        to.Write(CollectionsMarshal.AsSpan(_isNull));
        to.WriteNumbers(CollectionsMarshal.AsSpan(_values));
    }

    protected override void AddDefaults(int count)
    {
        _isNull.AddRange(Enumerable.Repeat((byte)1, count));
        _values.AddRange(Enumerable.Repeat(0L, count));
    }

    protected override void Clear()
    {
        _isNull.Clear();
        _values.Clear();
    }
}
