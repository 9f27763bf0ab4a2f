using ClickHouse.Data;
using Dapper;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LifecycleMetrics.Storage.Health;

/// <summary>Whether ClickHouse answers and has this program's schema.</summary>
public sealed class ClickHouseReadiness([FromKeyedServices(StorageUser.Writer)] ClickHouseDataSource database) : IHealthCheck
{
    private const int UnknownTable = 60;
    private static readonly string Newest = SqlFiles.Migrations()[^1].Name;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = database.CreateConnection();
            var applied = await connection.QuerySingleAsync<string>(new CommandDefinition(
                "select max(name) from schema_migration final where finished_at is not null",
                cancellationToken: cancellationToken));
            return applied == Newest
                ? HealthCheckResult.Healthy($"ClickHouse answers; schema {applied}")
                : HealthCheckResult.Unhealthy($"ClickHouse has schema '{applied}', this program needs '{Newest}'; run the verb migrate");
        }
        catch (ClickHouseException e) when (e.ServerCode == UnknownTable)
        {
            return HealthCheckResult.Unhealthy("ClickHouse has no schema yet; run the verb migrate, or start the server once", e);
        }
        catch (ClickHouseException e)
        {
            return HealthCheckResult.Unhealthy($"ClickHouse does not answer: {e.Message}", e);
        }
    }
}
