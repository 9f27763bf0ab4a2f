using LifecycleMetrics.Reporting.OData.Querying;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>Reads which views the database publishes. The OData user sees only what it may select from.</summary>
internal sealed class PublishedViewReader(QueryRunner queries)
{
    private const string Published =
        "(startsWith({0}, 'dim_') or startsWith({0}, 'kpi_') or {0} = 'stg_touchpoint')";

    private static readonly SqlQuery Views = new(
        $"select name, comment from system.tables where database = currentDatabase() and {Of("name")}", []);

    private static readonly SqlQuery Columns = new(
        $"""
        select table, name, type, comment from system.columns
        where database = currentDatabase() and {Of("table")} order by table, position
        """, []);

    public async Task<IReadOnlyList<PublishedView>> ReadAsync(CancellationToken cancellationToken)
    {
        var comments = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var views = await queries.ExecuteAsync(Views, cancellationToken))
        {
            while (await views.ReadAsync(cancellationToken))
                comments.Add(views.GetString(0), views.GetString(1));
        }

        var columns = new List<(string View, PublishedColumn Column)>();
        await using (var rows = await queries.ExecuteAsync(Columns, cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                columns.Add((rows.GetString(0), new PublishedColumn(rows.GetString(1), rows.GetString(2), rows.GetString(3))));
        }

        return [.. columns.GroupBy(column => column.View, StringComparer.Ordinal)
            .Where(view => comments.ContainsKey(view.Key))
            .Select(view => new PublishedView(view.Key, comments[view.Key], [.. view.Select(column => column.Column)])),];
    }

    private static string Of(string column) => Published.Replace("{0}", column, StringComparison.Ordinal);
}
