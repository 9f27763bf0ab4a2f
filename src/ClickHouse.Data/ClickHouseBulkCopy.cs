using System.Buffers;
using System.Globalization;
using ClickHouse.Data.Http;
using ClickHouse.Data.Types;

namespace ClickHouse.Data;

/// <summary>
/// Stores rows of .NET values, encoded after the table's column types, in requests of <see cref="BatchSize"/> rows. For
/// hot paths encode with <see cref="RowBinaryWriter"/> and send with <see cref="ClickHouseConnection.InsertAsync"/>.
/// </summary>
/// <param name="connection">An open connection.</param>
/// <param name="table">The table, with its database or without.</param>
public sealed class ClickHouseBulkCopy(ClickHouseConnection connection, string table)
{
    /// <summary>The columns in the order of the values; empty for all that can be inserted, in the table's order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows per request. A larger one makes fewer parts, and is stored or refused as a whole.</summary>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 100_000;

    /// <summary>ClickHouse settings of the inserts.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Stores the rows. Gives how many were sent.</summary>
    /// <exception cref="ArgumentException">A row does not fit the columns; batches before it are stored.</exception>
    /// <exception cref="ClickHouseException">The server refused a batch; batches before it are stored.</exception>
    public async Task<long> WriteAsync(IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = await ReadColumnsAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new RowBinaryWriter(buffer);
        var count = 0L;
        foreach (var row in rows)
        {
            Encode(writer, columns, row, count);
            if (++count % BatchSize == 0)
            {
                await SendAsync(columns, buffer, cancellationToken).ConfigureAwait(false);
            }
        }

        if (buffer.WrittenCount > 0)
        {
            await SendAsync(columns, buffer, cancellationToken).ConfigureAwait(false);
        }

        return count;
    }

    private async Task<IReadOnlyList<ClickHouseColumn>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        var names = Columns.Count == 0 ? "*" : string.Join(", ", Columns.Select(Identifier.Quote));
        command.CommandText = $"select {names} from {Identifier.QuoteTable(table)} limit 0";
        await using var head = await command.ExecuteRowsAsync(cancellationToken).ConfigureAwait(false);
        return head.Columns;
    }

    private static void Encode(RowBinaryWriter writer, IReadOnlyList<ClickHouseColumn> columns, IReadOnlyList<object?> row, long index)
    {
        if (row.Count != columns.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Row {index} has {row.Count} values for {columns.Count} columns."), nameof(row));
        }

        for (var i = 0; i < columns.Count; i++)
        {
            try
            {
                columns[i].Type.WriteObject(writer, ClickHouseType.IsNull(row[i]) ? null : row[i]);
            }
            catch (Exception e) when (e is InvalidCastException or OverflowException or ArgumentException or FormatException)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {index}, column '{columns[i].ColumnName}': {e.Message}"), nameof(row), e);
            }
        }
    }

    private async Task SendAsync(IReadOnlyList<ClickHouseColumn> columns, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = table,
                Columns = [.. columns.Select(column => column.ColumnName)],
                Settings = Settings,
                Body = new ReadOnlySequence<byte>(buffer.WrittenMemory),
            },
            cancellationToken).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }
}
