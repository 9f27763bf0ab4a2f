using System.Buffers;
using System.Text;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Table <c>campaign_cost</c> in ClickHouse; a cost with the key of an earlier one replaces it.</summary>
internal sealed class CampaignCostTable(ClickHouseDataSource dataSource)
{
    private static readonly string[] Columns =
        ["cost_date", "source", "channel", "campaign", "cost_minor", "currency", "received_at"];

    /// <summary>Stores the costs; on return they can be queried.</summary>
    /// <exception cref="ClickHouseException">They may not be stored; sending them again is safe.</exception>
    public async Task InsertAsync(IReadOnlyList<CampaignCost> costs, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var rows = new ByteBuffer();
        foreach (var cost in costs)
        {
            rows.WriteNumber((ushort)(cost.Date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));
            rows.WriteString(Encoding.UTF8.GetBytes(cost.Source));
            rows.WriteString(Encoding.UTF8.GetBytes(cost.Channel));
            rows.WriteString(Encoding.UTF8.GetBytes(cost.Campaign));
            rows.WriteNumber(cost.CostMinor);
            rows.WriteString(Encoding.UTF8.GetBytes(cost.Currency));
            rows.WriteNumber(receivedAt.ToUnixTimeMilliseconds());
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.InsertAsync(
            new ClickHouseInsert { Table = "campaign_cost", Columns = Columns, Body = new ReadOnlySequence<byte>(rows.WrittenMemory) },
            cancellationToken);
    }
}
