using ClickHouse.Data;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Runs queries as the read-only OData user. Giving up the result, or its token, kills the query on the server.</summary>
internal sealed class QueryRunner(
    [FromKeyedServices(StorageUser.OData)] ClickHouseDataSource dataSource, IOptions<ODataOptions> options)
{
    public async Task<ClickHouseRows> ExecuteAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(query.Text);
        command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(options.Value.QueryTimeout.TotalSeconds));
        foreach (var parameter in query.Parameters)
            command.Parameters.Add(new ClickHouseParameter(parameter.Name, parameter.Value, parameter.Type));
        return await command.ExecuteRowsAsync(cancellationToken);
    }

    /// <summary>The single number a query gives.</summary>
    public async Task<long> ExecuteCountAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await using var rows = await ExecuteAsync(query, cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.GetInt64(0);
    }
}
