using ClickHouse.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>Brings the database to this program's schema: tables by numbered scripts, then all views, then the report settings.</summary>
public sealed class SchemaMigrator(
    [FromKeyedServices(StorageUser.Writer)] ClickHouseDataSource database,
    IOptions<StorageOptions> storage,
    IOptions<ReportSettings> reports,
    TimeProvider time,
    ILogger<SchemaMigrator> logger)
{
    /// <summary>Applies what is missing; doing it again changes nothing. One runner at a time, others wait.</summary>
    /// <exception cref="SchemaException">A script was changed after it was applied, the database is newer, or a statement failed.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var migrationLock = new MigrationLock(database, time, storage.Value.MigrationLease);
        await using var held = await migrationLock.AcquireAsync(cancellationToken);
        var tables = new TableMigrations(database, new MigrationLog(database, time), logger);
        await tables.ApplyAsync(SqlFiles.Migrations(), cancellationToken);
        var descriptions = ColumnDescriptions.Parse(SqlFiles.ColumnDescriptions());
        await new Views(database, logger).ReplaceAsync(SqlFiles.Views(), descriptions, cancellationToken);
        await new ReportSettingTable(database).WriteAsync(reports.Value, cancellationToken);
    }
}
