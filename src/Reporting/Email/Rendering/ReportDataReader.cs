using System.Collections;
using System.Data.Common;
using ClickHouse.Data;
using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Asks a report's questions as the user who may only read the published views.</summary>
public sealed class ReportDataReader(ClickHouseDataSource source)
{
    /// <exception cref="ReportDataException">A required query has no rows, or gives something a template can't hold.</exception>
    public async Task<ReportData> ReadAsync(ReportDefinition definition, ReportPeriod period, string zone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(period);
        var parameters = new Dictionary<string, object>
        {
            ["period_start"] = period.Start,
            ["period_end"] = period.End,
            ["previous_start"] = period.PreviousStart,
            ["history_start"] = period.HistoryStart,
            ["grain"] = period.Grain,
            ["model"] = definition.Model,
            ["zone"] = zone,
        };
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var answers = new Dictionary<string, ReportRows>();
        foreach (var query in definition.Queries)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = query.Sql;
            foreach (var (name, value) in parameters)
            {
                command.Parameters.Add(new ClickHouseParameter(name, value, QueryParameters.Types[name]));
            }

            var rows = await ReadRowsAsync(definition, query, command, cancellationToken);
            if (query.IsRequired && rows.Rows.Count == 0)
            {
                throw new ReportDataException(
                    $"The query '{query.Name}' of the report '{definition.Id}' has no rows for {period.Start:yyyy-MM-dd} to {period.LastDay:yyyy-MM-dd}. Has data come in, and did the last refresh run?");
            }

            answers.Add(query.Name, rows);
        }

        return new ReportData(period, answers);
    }

    private static async Task<ReportRows> ReadRowsAsync(
        ReportDefinition definition, ReportQuery query, DbCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. columns.Select((name, ordinal) => Convert(definition, query, name, reader.GetValue(ordinal)))]);
        }

        return new ReportRows(columns, rows);
    }

    private static object? Convert(ReportDefinition definition, ReportQuery query, string column, object value) => value switch
    {
        DBNull => null,
        string or bool or long or double or decimal or DateOnly or DateTimeOffset => value,
        sbyte or short or int or byte or ushort or uint => System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong wide when wide <= long.MaxValue => (long)wide,
        float single => (double)single,
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        IEnumerable list => list.Cast<object?>().Select(item => item is null ? null : Convert(definition, query, column, item)).ToList(),
        _ => throw new ReportDataException(
            $"The column '{column}' of the query '{query.Name}' of the report '{definition.Id}' is a {value.GetType().Name}. Cast it to a number, a text or a date."),
    };
}
