using System.Runtime.CompilerServices;
using ClickHouse.Data;
using Dapper;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Storage.Ledger;

/// <summary>Keeps what was published as it was, and reads it again to see what changed since.</summary>
public sealed class PublicationLedger([FromKeyedServices(StorageUser.Writer)] ClickHouseDataSource database)
{
    // Columns of every KPI row; the rest of a view's key tells its rows apart.
    private static readonly string[] CommonKey =
        ["metric", "metric_version", "model_id", "model_version", "grain", "period_start", "dimension", "dimension_value"];

    private static readonly Lazy<IReadOnlyDictionary<string, ViewFile>> Kpis = new(() => SqlFiles.Views()
        .Where(view => view.Name.StartsWith("kpi_", StringComparison.Ordinal))
        .ToDictionary(view => view.Name));

    /// <summary>Columns of <c>published_value</c> that say what a value is.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "view_name", "metric", "metric_version", "model_id", "model_version", "grain", "period_start", "dimension", "dimension_value",
        "further_key", "numerator", "denominator", "value",
    ];

    /// <summary>Names of the views whose values can be published.</summary>
    public static IEnumerable<string> KpiViews => Kpis.Value.Keys;

    /// <summary>Whether something was published under this name.</summary>
    public async Task<bool> HasAsync(string publicationId, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select toInt64(count()) from published_value where publication_id = {id:String}",
            new ClickHouseParameters(new { id = publicationId }),
            cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>Keeps the values a period has now.</summary>
    /// <param name="publication">Who publishes.</param>
    /// <param name="period">The period.</param>
    /// <param name="views">KPI views; other names are passed over.</param>
    /// <param name="dimension">The slice that is published; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PublishAsync(
        Publication publication, PublishedPeriod period, IEnumerable<string> views, string? dimension, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publication);
        ArgumentNullException.ThrowIfNull(period);
        await using var connection = database.CreateConnection();
        foreach (var view in views.Distinct().Where(Kpis.Value.ContainsKey).Order(StringComparer.Ordinal))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $$"""
                insert into published_value
                select
                    {id:String}, {kind:String}, {at:DateTime64(3, 'UTC')}, {view:String}, metric, metric_version, model_id, model_version,
                    grain, period_start, dimension, dimension_value, {{FurtherKey(view)}}, numerator, denominator, value
                from {{view}}
                where grain = {grain:String} and period_start = {start:Date} and ({dimension:String} = '' or dimension = {dimension:String})
                """,
                new ClickHouseParameters(new
                {
                    id = publication.Id,
                    kind = publication.Kind,
                    at = publication.At.UtcDateTime,
                    view,
                    grain = period.Grain,
                    start = period.Start,
                    dimension = dimension ?? "",
                }),
                cancellationToken: cancellationToken));
        }
    }

    /// <summary>What was published under this name, view by view: rows of <see cref="Columns"/>.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        string publicationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $$"""
            select {{string.Join(", ", Columns)}}
            from published_value
            where publication_id = {id:String}
            order by view_name, metric, model_id, model_version, further_key, dimension, dimension_value
            """);
        command.Parameters.Add(new ClickHouseParameter("id", publicationId, "String"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return [.. Enumerable.Range(0, Columns.Count).Select(i => reader.IsDBNull(i) ? null : reader[i])];
    }

    /// <summary>Reads all published values again and notes those that changed, with what arrived since.</summary>
    public async Task CheckAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        var published = await connection.QueryAsync<(string View, string Grain, DateOnly Start)>(new CommandDefinition(
            "select distinct view_name::String as view, grain::String as grain, period_start as start from published_value order by view, grain, start",
            cancellationToken: cancellationToken));
        foreach (var (view, grain, start) in published.Where(row => Kpis.Value.ContainsKey(row.View)))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                RestatedValues.Statement(view, FurtherKey(view)),
                new ClickHouseParameters(new { view, grain, start, now = now.UtcDateTime }),
                cancellationToken: cancellationToken));
        }

        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select count() > 0 from restated_value", cancellationToken: cancellationToken)))
            return;
        await connection.ExecuteAsync(new CommandDefinition(
            RestatementCauses.Statement, new ClickHouseParameters(new { now = now.UtcDateTime }), cancellationToken: cancellationToken));
    }

    private static string FurtherKey(string view)
    {
        var columns = Kpis.Value[view].Key.Except(CommonKey).Select(column => $"concat('{column}=', toString({column}))").ToArray();
        return columns.Length == 0 ? "''" : $"arrayStringConcat([{string.Join(", ", columns)}], ', ')";
    }
}
