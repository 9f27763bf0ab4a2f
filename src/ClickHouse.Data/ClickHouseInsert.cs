using System.Buffers;

namespace ClickHouse.Data;

/// <summary>
/// Rows that are encoded already, to be stored by one request. Sent twice with the same
/// <see cref="DeduplicationToken"/>, the same bytes are stored once (if the table keeps a deduplication window).
/// </summary>
public sealed class ClickHouseInsert
{
    /// <summary>The table, with its database or without: <c>touchpoint</c>, <c>lifecycle.touchpoint</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The columns in the order of the data; empty for all of the table, or for formats that name their fields.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>RowBinary (default), JSONEachRow, Native or any other input format of ClickHouse.</summary>
    public string Format { get; init; } = "RowBinary";

    /// <summary>Names the block: a block whose name the table has seen is not stored again.</summary>
    public string? DeduplicationToken { get; init; }

    /// <summary>ClickHouse settings of this insert. async_insert is 0 unless given: an answer means that the rows are stored.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The data. Give this or <see cref="WriteBodyAsync"/>.</summary>
    public ReadOnlySequence<byte>? Body { get; init; }

    /// <summary>Writes the data while it is being sent. It may be called again if a pooled connection turns out to be closed.</summary>
    public Func<Stream, CancellationToken, Task>? WriteBodyAsync { get; init; }

    /// <summary>How the data is compressed on the way; by default not.</summary>
    public ClickHouseCompression Compression { get; init; }

    /// <summary>The id under which the server knows the insert; by default a new one.</summary>
    public string? QueryId { get; init; }

    /// <summary>How long to wait; by default the connection string's Timeout, zero for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
