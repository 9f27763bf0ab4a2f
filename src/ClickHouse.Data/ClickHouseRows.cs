using ClickHouse.Data.Formats;
using ClickHouse.Data.Http;
using ClickHouse.Data.Types;

namespace ClickHouse.Data;

/// <summary>
/// A result as it streams in, one row at a time, its values read in place without boxing. Memory is that of the
/// largest row, at least 64 KiB. Spans it gives are valid until the next <see cref="ReadAsync"/>.
/// </summary>
public sealed class ClickHouseRows : IAsyncDisposable
{
    private const int DrainLimit = 64 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(50);

    private readonly RunningQuery _query;
    private readonly ResponseBody _body;
    private readonly ClickHouseColumn[] _columns;
    private readonly RowLayout _layout;
    private int _rowLength;
    private bool _hasRow;
    private bool _isAtEnd;
    private bool _isDisposed;

    private ClickHouseRows(RunningQuery query, ResponseBody body, ClickHouseColumn[] columns)
    {
        (_query, _body, _columns) = (query, body, columns);
        _layout = new RowLayout(columns);
    }

    /// <summary>The columns; none for a statement without result.</summary>
    public IReadOnlyList<ClickHouseColumn> Columns => _columns;

    public int FieldCount => _columns.Length;

    public string QueryId => _query.QueryId;

    internal bool HasStarted { get; private set; }

    internal bool HasReadRow { get; private set; }

    internal static async Task<ClickHouseRows> OpenAsync(RunningQuery query, ResponseBody body, CancellationToken cancellationToken)
    {
        var columns = await query.WaitAsync(token => RowBinaryHeader.ReadAsync(body, token), cancellationToken).ConfigureAwait(false);
        return new ClickHouseRows(query, body, columns);
    }

    /// <summary>Moves to the next row. False after the last one.</summary>
    /// <exception cref="ClickHouseException">The server failed in the middle of the result, or the connection broke.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isAtEnd)
        {
            return ValueTask.FromResult(false);
        }

        HasStarted = true;
        _body.Consume(_rowLength);
        (_rowLength, _hasRow) = (0, false);
        _layout.Reset();
        return TryTakeRow() ? ValueTask.FromResult(true) : ReadMoreAsync(cancellationToken);
    }

    /// <summary>True if the value is null.</summary>
    public bool IsNull(int ordinal)
    {
        var value = Raw(ordinal);
        return _columns[ordinal].Type switch
        {
            NothingType => true,
            VariantType => value[0] == byte.MaxValue,
            DynamicType => value[0] == 0,
            var type => type.IsNullable && value[0] != 0,
        };
    }

    /// <summary>Any integer, Enum or Interval column.</summary>
    public long GetInt64(int ordinal) => Get<long>(ordinal);

    public ulong GetUInt64(int ordinal) => Get<ulong>(ordinal);

    public double GetDouble(int ordinal) => Get<double>(ordinal);

    public decimal GetDecimal(int ordinal) => Get<decimal>(ordinal);

    public bool GetBoolean(int ordinal) => Get<bool>(ordinal);

    /// <summary>DateTime and DateTime64: the instant, of kind Utc.</summary>
    public DateTime GetDateTime(int ordinal) => Get<DateTime>(ordinal);

    public DateOnly GetDate(int ordinal) => Get<DateOnly>(ordinal);

    public Guid GetGuid(int ordinal) => Get<Guid>(ordinal);

    public string GetString(int ordinal) => Get<string>(ordinal);

    /// <summary>The bytes of a String, JSON or FixedString column (without its padding), in place.</summary>
    /// <exception cref="InvalidCastException">The column is of another type, or the value is null.</exception>
    public ReadOnlySpan<byte> GetUtf8(int ordinal)
    {
        var reader = Open(ordinal, out var type);
        return type switch
        {
            StringType => reader.ReadUtf8(),
            FixedStringType => reader.ReadBytes(type.FixedSize).TrimEnd((byte)0),
            _ => throw new InvalidCastException($"Column '{_columns[ordinal].ColumnName}' is {type.Name}, not text."),
        };
    }

    /// <summary>The value as it came: RowBinary, the null flag included.</summary>
    public ReadOnlySpan<byte> GetRaw(int ordinal) => Raw(ordinal);

    /// <summary>The value as <typeparamref name="T"/>; primitive types are not boxed.</summary>
    /// <exception cref="InvalidCastException">The column can't be read so, or the value is null and <typeparamref name="T"/> can't be.</exception>
    public T Get<T>(int ordinal)
    {
        if (NullAllowed<T>.Value && IsNull(ordinal))
        {
            return default!;
        }

        var reader = Open(ordinal, out var type);
        return ValueConversion.Read<T>(type, ref reader);
    }

    /// <summary>The value as an object of the column's <see cref="System.Data.Common.DbColumn.DataType"/>; null for null.</summary>
    public object? GetValue(int ordinal)
    {
        var reader = new ValueReader(Raw(ordinal));
        return _columns[ordinal].Type.ReadObject(ref reader);
    }

    /// <summary>Ends the result. If the server is still at it, the query is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _hasRow = false;
        if (!_isAtEnd && !await TryDrainAsync().ConfigureAwait(false))
        {
            await _body.DisposeAsync().ConfigureAwait(false);
            await _query.KillAsync().ConfigureAwait(false);
        }

        await _body.DisposeAsync().ConfigureAwait(false);
        _query.Dispose();
    }

    internal void Cancel() => _query.Cancel();

    private bool TryTakeRow()
    {
        if (!_layout.TryMeasure(_body.Available, out var length))
        {
            return false;
        }

        _rowLength = length;
        return HasReadRow = _hasRow = true;
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                if (!await _query.WaitAsync(_body.FillAsync, cancellationToken).ConfigureAwait(false))
                {
                    _isAtEnd = true;
                    return _body.Available.IsEmpty
                        ? false
                        : throw new ClickHouseException(
                            "The answer of ClickHouse ends in the middle of a row.", 0, null, QueryId, isTransient: true, inner: null);
                }
            }
            while (!TryTakeRow());
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            _isAtEnd = true;
            throw;
        }

        return true;
    }

    /// <summary>Takes a short rest of the answer, so that the connection can be used again.</summary>
    private async ValueTask<bool> TryDrainAsync()
    {
        using var timeout = new CancellationTokenSource(DrainTime);
        try
        {
            for (var taken = 0; taken < DrainLimit;)
            {
                _body.Consume(_body.Available.Length);
                if (!await _body.FillAsync(timeout.Token).ConfigureAwait(false))
                {
                    return true;
                }

                taken += _body.Available.Length;
            }
        }
        catch (ClickHouseException)
        {
            // The query has failed behind the last row that was wanted.
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return false;
    }

    private ReadOnlySpan<byte> Raw(int ordinal)
    {
        if (!_hasRow)
        {
            throw new InvalidOperationException("There is no current row: call ReadAsync first, and use its result.");
        }

        return _body.Available[_layout[ordinal]];
    }

    private ValueReader Open(int ordinal, out ClickHouseType type)
    {
        var reader = new ValueReader(Raw(ordinal));
        var declared = _columns[ordinal].Type;
        type = declared.Underlying;
        if (!ReferenceEquals(type, declared) && reader.ReadByte() != 0)
        {
            throw new InvalidCastException($"Column '{_columns[ordinal].ColumnName}' is null in this row.");
        }

        return reader;
    }
}
