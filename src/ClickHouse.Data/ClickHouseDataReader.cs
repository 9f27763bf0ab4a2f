using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;

namespace ClickHouse.Data;

/// <summary>
/// The standard reader over a streaming result. Times are UTC: DateTime and DateTime64 give a DateTime of kind Utc,
/// Date gives a DateOnly (a DateTime at midnight UTC if asked for). GetFieldValue of a primitive type does not box.
/// </summary>
public sealed class ClickHouseDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly ClickHouseRows _rows;
    private readonly ClickHouseConnection? _closeWith;
    private Dictionary<string, int>? _ordinals;
    private bool? _peeked;
    private bool? _hasRows;
    private bool _isClosed;

    internal ClickHouseDataReader(ClickHouseRows rows, ClickHouseConnection? closeWith) => (_rows, _closeWith) = (rows, closeWith);

    public override int FieldCount => _rows.FieldCount;

    public override int Depth => 0;

    /// <summary>Waits for the first row.</summary>
    public override bool HasRows
    {
        get
        {
            if (_hasRows is null && !_isClosed)
            {
                _hasRows = _rows.HasReadRow;
                if (!_rows.HasStarted)
                {
                    _hasRows = _peeked = _rows.ReadAsync().AsTask().GetAwaiter().GetResult();
                }
            }

            return _hasRows ?? false;
        }
    }

    public override bool IsClosed => _isClosed;

    /// <summary>-1: a query that gives rows changes none.</summary>
    public override int RecordsAffected => -1;

    /// <summary>The id under which the server knows the query.</summary>
    public string QueryId => _rows.QueryId;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_peeked is { } peeked)
        {
            _peeked = null;
            return Task.FromResult(peeked);
        }

        // A completed ValueTask gives one of the two cached tasks: no allocation for rows that are there.
        return _rows.ReadAsync(cancellationToken).AsTask();
    }

    /// <summary>Always false: one statement has one result.</summary>
    public override bool NextResult() => false;

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override bool IsDBNull(int ordinal) => _rows.IsNull(ordinal);

    public override object GetValue(int ordinal) => _rows.GetValue(ordinal) ?? DBNull.Value;

    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override T GetFieldValue<T>(int ordinal) => typeof(T) == typeof(object) || typeof(T) == typeof(DBNull)
        ? (T)GetValue(ordinal)
        : _rows.Get<T>(ordinal);

    public override bool GetBoolean(int ordinal) => _rows.Get<bool>(ordinal);

    public override byte GetByte(int ordinal) => _rows.Get<byte>(ordinal);

    public override char GetChar(int ordinal) => GetString(ordinal) is { Length: 1 } text
        ? text[0]
        : throw new InvalidCastException("The value is not one character.");

    public override short GetInt16(int ordinal) => _rows.Get<short>(ordinal);

    public override int GetInt32(int ordinal) => _rows.Get<int>(ordinal);

    public override long GetInt64(int ordinal) => _rows.Get<long>(ordinal);

    public override float GetFloat(int ordinal) => _rows.Get<float>(ordinal);

    public override double GetDouble(int ordinal) => _rows.Get<double>(ordinal);

    public override decimal GetDecimal(int ordinal) => _rows.Get<decimal>(ordinal);

    public override DateTime GetDateTime(int ordinal) => _rows.Get<DateTime>(ordinal);

    public override Guid GetGuid(int ordinal) => _rows.Get<Guid>(ordinal);

    public override string GetString(int ordinal) => _rows.Get<string>(ordinal)
        ?? throw new InvalidCastException($"Column '{GetName(ordinal)}' is null in this row.");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var bytes = _rows.GetUtf8(ordinal);
        return buffer is null ? bytes.Length : Copy(bytes, dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal);
        return buffer is null ? text.Length : Copy<char>(text, dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    public override string GetName(int ordinal) => _rows.Columns[ordinal].ColumnName;

    /// <summary>By exact name, then without regard to case.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public override int GetOrdinal(string name)
    {
        if (_ordinals is null)
        {
            _ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var column in _rows.Columns)
            {
                _ordinals.TryAdd(column.ColumnName, column.ColumnOrdinal!.Value);
            }
        }

        if (_ordinals.TryGetValue(name, out var ordinal))
        {
            return ordinal;
        }

        return _rows.Columns.FirstOrDefault(column => string.Equals(column.ColumnName, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.ColumnOrdinal!.Value
            : throw new IndexOutOfRangeException($"The result has no column '{name}'.");
    }

    /// <summary>The ClickHouse type.</summary>
    public override string GetDataTypeName(int ordinal) => _rows.Columns[ordinal].DataTypeName!;

    public override Type GetFieldType(int ordinal) => _rows.Columns[ordinal].DataType!;

    public ReadOnlyCollection<DbColumn> GetColumnSchema() => new([.. _rows.Columns]);

    public override Task<ReadOnlyCollection<DbColumn>> GetColumnSchemaAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(GetColumnSchema());

    public override DataTable? GetSchemaTable() => SchemaTable.Of(_rows.Columns);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override void Close() => CloseAsync().GetAwaiter().GetResult();

    public override async Task CloseAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        await _rows.DisposeAsync().ConfigureAwait(false);
        _closeWith?.Close();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private static int Copy<T>(ReadOnlySpan<T> source, long offset, Span<T> destination)
    {
        var part = source[(int)Math.Min(offset, source.Length)..];
        part = part[..Math.Min(part.Length, destination.Length)];
        part.CopyTo(destination);
        return part.Length;
    }
}
