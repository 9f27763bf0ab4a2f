using System.Data.Common;
using ClickHouse.Data;

namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>Remembers deliveries in the table report_delivery.</summary>
public sealed class DeliveryLog(ClickHouseDataSource source, TimeProvider timeProvider)
{
    private const string Columns = "report_id, slot_at, recipient, toInt32(status) as status, toInt32(attempt) as attempt, detail, message_id";

    /// <summary>Returns when the row is stored.</summary>
    public async Task WriteAsync(DeliveryRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            insert into report_delivery (report_id, slot_at, recipient, status, attempt, detail, message_id, changed_at)
            select {report:String}, {slot:DateTime64(3, 'UTC')}, {recipient:String}, {status:Int8}, {attempt:UInt16},
                {detail:String}, {message:String}, {now:DateTime64(6, 'UTC')}
            """;
        command.Parameters.Add(new ClickHouseParameter("report", record.ReportId));
        command.Parameters.Add(new ClickHouseParameter("slot", record.SlotAt));
        command.Parameters.Add(new ClickHouseParameter("recipient", record.Recipient));
        command.Parameters.Add(new ClickHouseParameter("status", (sbyte)record.Status));
        command.Parameters.Add(new ClickHouseParameter("attempt", (ushort)record.Attempt));
        command.Parameters.Add(new ClickHouseParameter("detail", record.Detail));
        command.Parameters.Add(new ClickHouseParameter("message", record.MessageId));
        command.Parameters.Add(new ClickHouseParameter("now", timeProvider.GetUtcNow()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Where each recipient of a slot stands.</summary>
    public Task<IReadOnlyList<DeliveryRecord>> ReadSlotAsync(string reportId, DateTimeOffset slotAt, CancellationToken cancellationToken) => ReadAsync(
        $"select {Columns} from report_delivery final where report_id = {{report:String}} and slot_at = {{slot:DateTime64(3, 'UTC')}} order by recipient",
        cancellationToken,
        new ClickHouseParameter("report", reportId),
        new ClickHouseParameter("slot", slotAt));

    /// <summary>The latest deliveries of a report, newest slot first.</summary>
    public Task<IReadOnlyList<DeliveryRecord>> ReadLatestAsync(string reportId, int count, CancellationToken cancellationToken) => ReadAsync(
        $"select {Columns} from report_delivery final where report_id = {{report:String}} order by slot_at desc, recipient limit {{count:UInt32}}",
        cancellationToken,
        new ClickHouseParameter("report", reportId),
        new ClickHouseParameter("count", (uint)count));

    private async Task<IReadOnlyList<DeliveryRecord>> ReadAsync(string sql, CancellationToken cancellationToken, params ClickHouseParameter[] parameters)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<DeliveryRecord>();
        while (await reader.ReadAsync(cancellationToken)) records.Add(Read(reader));
        return records;
    }

    private static DeliveryRecord Read(DbDataReader row) => new(
        row.GetString(0),
        new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc)),
        row.GetString(2),
        (DeliveryStatus)row.GetInt32(3),
        row.GetInt32(4),
        row.GetString(5),
        row.GetString(6));
}
