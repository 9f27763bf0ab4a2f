using ClickHouse.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>Brings the database to this program's schema: tables by numbered scripts, then functions, metrics and all views, then the report settings.</summary>
public sealed class SchemaMigrator(
    [FromKeyedServices(StorageUser.Writer)] ClickHouseDataSource database,
    IOptions<StorageOptions> storage,
    IOptions<ReportSettings> reports,
    TimeProvider time,
    ILogger<SchemaMigrator> logger)
{
    private readonly TableMigrations _tables = new(database, new MigrationLog(database, time), logger);
    private readonly ViewState _viewState = new(database, time);

    /// <summary>Applies what is missing; doing it again changes nothing. One runner at a time, others wait.</summary>
    /// <exception cref="SchemaException">A script was changed after it was applied, the database is newer, or a statement failed.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var tables = SqlFiles.Migrations();
        var views = SqlFiles.Views();
        var functions = SqlFiles.SharedFunctions();
        var descriptions = SqlFiles.ColumnDescriptions();
        var metrics = SqlFiles.MetricDefinitions();
        var filesSha256 = ViewState.FilesSha256(views, [.. functions.Select(function => function.Text), descriptions, metrics]);
        await _viewState.CreateTableAsync(cancellationToken);
        // The usual start has nothing to change and must not wait for the lock, nor leave one behind when it is killed.
        if (!await IsCurrentAsync(tables, filesSha256, cancellationToken))
        {
            var migrationLock = new MigrationLock(database, time, storage.Value.MigrationLease);
            await using var held = await migrationLock.AcquireAsync(cancellationToken);
            await _tables.ApplyAsync(tables, cancellationToken);
            await new SharedFunctions(database).ReplaceAsync(functions, cancellationToken);
            await new MetricDefinitionTable(database).WriteAsync(MetricDefinition.ParseAll(metrics), cancellationToken);
            await new Views(database, logger).ReplaceAsync(views, ColumnDescriptions.Parse(descriptions), cancellationToken);
            await _viewState.WriteAsync(filesSha256, cancellationToken);
        }

        await new ReportSettingTable(database).WriteAsync(reports.Value, cancellationToken);
    }

    private async Task<bool> IsCurrentAsync(IReadOnlyList<SqlFile> tables, string filesSha256, CancellationToken cancellationToken) =>
        await _tables.AreAppliedAsync(tables, cancellationToken) && await _viewState.IsCurrentAsync(filesSha256, cancellationToken);
}
