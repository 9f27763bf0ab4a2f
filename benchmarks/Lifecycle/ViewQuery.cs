using System.Diagnostics;
using ClickHouse.Data;
using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>A KPI view asked for a year by months, all customers together.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="Sql">The query, of all lifecycle models.</param>
/// <param name="OfModel">The query of the default model, as dashboards ask.</param>
internal sealed record ViewQuery(string View, string Sql, string OfModel)
{
    /// <summary>All KPI views, each filtered by those of the usual columns that it has.</summary>
    public static async Task<IReadOnlyList<ViewQuery>> AllAsync(ClickHouseDataSource database, string model)
    {
        var views = await database.RowsAsync(
            """
            select table, groupArray(name)
            from system.columns
            where database = currentDatabase() and startsWith(table, 'kpi_')
            group by table
            order by table
            """,
            row => ((string)row[0], (string[])row[1]));
        return [.. views.Select(view => new ViewQuery(view.Item1, Year(view.Item1, view.Item2, null), Year(view.Item1, view.Item2, model)))];
    }

    /// <summary>Reads the rows; returns how long that took and how many there were.</summary>
    public static async Task<(double Milliseconds, int Rows)> RunAsync(ClickHouseDataSource database, string sql)
    {
        var started = Stopwatch.GetTimestamp();
        var rows = await database.RowsAsync(sql, row => row.FieldCount);
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, rows.Count);
    }

    private static string Year(string view, string[] columns, string? model)
    {
        var conditions = new List<string>();
        if (columns.Contains("grain"))
            conditions.Add("grain = 'month'");
        if (columns.Contains("dimension"))
            conditions.Add("dimension = 'all'");
        if (model is not null && columns.Contains("model_id"))
            conditions.Add($"model_id in ('', '{model}')");
        if (Array.Find(["cohort_start", "period_start"], columns.Contains) is { } start)
            conditions.Add($"{start} >= toStartOfMonth(today()) - interval 11 month");
        return $"select * from {view}" + (conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}");
    }
}
