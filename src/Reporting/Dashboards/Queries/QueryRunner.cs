using System.Data.Common;
using ClickHouse.Data;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>Runs expanded queries as the read-only user, within the limits of <see cref="DashboardOptions"/>.</summary>
public sealed class QueryRunner(
    [FromKeyedServices(StorageUser.Dashboards)] ClickHouseDataSource database,
    IOptions<DashboardOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.MaxConcurrentQueries);

    /// <exception cref="DashboardQueryException">The query took longer than allowed.</exception>
    /// <exception cref="DbException">The database refused it.</exception>
    public async Task<QueryResult> RunAsync(ExpandedQuery query, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            limit.CancelAfter(options.Value.QueryTimeout);
            return await ReadAsync(query, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DashboardQueryException(
                $"The query took longer than {options.Value.QueryTimeout.TotalSeconds:0} s and was stopped. "
                + $"Choose a shorter time range, or raise {DashboardOptions.Section}:QueryTimeout.");
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<QueryResult> ReadAsync(ExpandedQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = query.Sql;
        foreach (var parameter in query.Parameters)
        {
            var one = command.CreateParameter();
            one.ParameterName = parameter.Name;
            one.Value = parameter.Value;
            command.Parameters.Add(one);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new ResultColumn[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = ColumnReader.Describe(reader, i);
        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == options.Value.MaxRows)
                return new QueryResult(columns, rows, IsTruncated: true);
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = ColumnReader.Read(reader.GetValue(i), columns[i].Type);
            rows.Add(row);
        }

        return new QueryResult(columns, rows, IsTruncated: false);
    }
}
