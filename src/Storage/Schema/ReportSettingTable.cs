using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>Writes the report settings where the views read them.</summary>
internal sealed class ReportSettingTable(ClickHouseDataSource database)
{
    public async Task WriteAsync(ReportSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into report_setting (time_zone, week_start, currency, margin_share, as_of)
            values ({timeZone:String}, {weekStart:UInt8}, {currency:String}, {marginShare:Float64}, {asOf:Nullable(DateTime64(3, 'UTC'))})
            """,
            new ClickHouseParameters(new
            {
                timeZone = settings.TimeZone,
                weekStart = settings.WeekStart == DayOfWeek.Sunday ? 7 : 1,
                currency = settings.Currency,
                marginShare = settings.MarginShare,
                asOf = settings.AsOf?.UtcDateTime,
            }),
            cancellationToken: cancellationToken));
    }
}
