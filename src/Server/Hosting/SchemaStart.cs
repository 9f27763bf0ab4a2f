using ClickHouse.Data;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Health;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>Before anything else starts: ClickHouse answers, and has this program's schema.</summary>
internal sealed class SchemaStart(
    [FromKeyedServices(StorageUser.Writer)] ClickHouseDataSource database,
    SchemaMigrator migrator,
    IOptions<StorageOptions> options,
    TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ClickHouseWait.ForAnswerAsync(database, options.Value.StartTimeout, time, cancellationToken);
        await migrator.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
