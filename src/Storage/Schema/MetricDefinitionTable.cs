using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>Writes the metrics' definitions where dim_metric reads them, all in one insert.</summary>
internal sealed class MetricDefinitionTable(ClickHouseDataSource database)
{
    public async Task WriteAsync(IReadOnlyList<MetricDefinition> metrics, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into metric_definition
            (made_at, metric, metric_version, view_name, unit, additivity, description, example)
            select now64(6), metric, version, view_name, unit, additivity, description, example
            from (select 1)
            array join
                {metrics:Array(String)} as metric,
                {versions:Array(Int32)} as version,
                {views:Array(String)} as view_name,
                {units:Array(String)} as unit,
                {additivities:Array(String)} as additivity,
                {descriptions:Array(String)} as description,
                {examples:Array(String)} as example
            """,
            new ClickHouseParameters(new
            {
                metrics = metrics.Select(metric => metric.Metric).ToArray(),
                versions = metrics.Select(metric => metric.Version).ToArray(),
                views = metrics.Select(metric => metric.View).ToArray(),
                units = metrics.Select(metric => metric.Unit).ToArray(),
                additivities = metrics.Select(metric => metric.Additivity).ToArray(),
                descriptions = metrics.Select(metric => metric.Description).ToArray(),
                examples = metrics.Select(metric => metric.Example).ToArray(),
            }),
            cancellationToken: cancellationToken));
    }
}
