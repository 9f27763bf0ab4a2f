using System.Buffers;
using System.Text;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>Table <c>ingest_outcome</c> in ClickHouse.</summary>
internal sealed class OutcomeTable(ClickHouseDataSource dataSource)
{
    private static readonly string[] Columns =
        ["received_minute", "key_id", "source", "outcome", "reason", "run_id", "event_count"];

    /// <summary>Stores the counts; storing them again changes nothing.</summary>
    /// <exception cref="ClickHouseException">They may not be stored.</exception>
    public async Task InsertAsync(IReadOnlyList<OutcomeCount> counts, CancellationToken cancellationToken)
    {
        var rows = new ByteBuffer();
        foreach (var (runId, key, events) in counts)
        {
            rows.WriteNumber((uint)(key.Minute * 60));
            rows.WriteString(Encoding.UTF8.GetBytes(key.KeyId));
            rows.WriteString(Encoding.UTF8.GetBytes(key.Source));
            rows.WriteByte((byte)key.Outcome);
            rows.WriteString(Encoding.UTF8.GetBytes(key.Reason));
            rows.WriteString(Encoding.UTF8.GetBytes(runId));
            rows.WriteNumber((ulong)events);
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "ingest_outcome",
                Columns = Columns,
                // Its key tells a count from its repetition; equal blocks of two runs are not the same.
                Settings = new Dictionary<string, string> { ["insert_deduplicate"] = "0", ["async_insert"] = "0" },
                Body = new ReadOnlySequence<byte>(rows.WrittenMemory),
            },
            cancellationToken);
    }
}
