using System.Runtime.InteropServices;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary><see cref="ColumnKind.Nullable"/>: a byte a row that is 1 where there is no value, then 8 bytes a row.</summary>
internal sealed class NullableColumn : RowColumn
{
    private readonly List<byte> _isNull = [];
    private readonly List<long> _values = [];
    private bool _hasValue;

    public override bool IsDefault => !_hasValue;

    public void Add(long? value)
    {
        _isNull.Add(value is null ? (byte)1 : (byte)0);
        _values.Add(value.GetValueOrDefault());
        _hasValue |= value is not null;
    }

    public void Add(double? value) => Add(value is { } number ? BitConverter.DoubleToInt64Bits(number) : (long?)null);

    public override void Write(ByteBuffer to)
    {
        to.Write(CollectionsMarshal.AsSpan(_isNull));
        to.WriteNumbers(CollectionsMarshal.AsSpan(_values));
    }

    public override void Reset()
    {
        _isNull.Clear();
        _values.Clear();
        _hasValue = false;
    }
}
