using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>
/// Works a model out without publishing it, in tables of its own that are dropped at the end, and compares it with the
/// published version. Nothing that anybody reads is written.
/// </summary>
public sealed class ModelDryRun(ClickHouseDataSource database, IOptions<LifecycleOptions> options)
{
    private const string DropOld =
        """
        select name from system.tables
        where database = currentDatabase() and startsWith(name, 'dry_run_')
            and metadata_modification_time < now() - interval 1 day
        """;

    private readonly RefreshDatabase _database = new(database, options.Value.StatementTimeout);

    /// <summary>Tries <paramref name="model"/> on all subjects.</summary>
    public async Task<DryRunResult> RunAsync(
        LifecycleModel model, IProgress<DryRunProgress> progress, CancellationToken cancellationToken)
    {
        foreach (var left in await _database.QueryAsync(DropOld, [], row => (string)row[0], cancellationToken))
        {
            await DropAsync(left);
        }

        var id = Guid.NewGuid().ToString("N");
        // Only this model reads the events, once: they need no place of their own.
        var tables = new RefreshTables(
            $"dry_run_key_{id}",
            $"dry_run_account_{id}",
            "",
            $"(select * from subject_history final where subject_id in (select subject_id from dry_run_key_{id} where bucket = {{bucket:UInt32}}))",
            $"dry_run_journey_{id}");
        var events = model.Unit == LifecycleModel.OfAccounts ? "events_of_accounts" : "events_of_contacts";
        tables = tables with { Events = $"({RefreshStatement.Load(events, tables)})" };
        try
        {
            await _database.ExecuteTextAsync($"create table {tables.WorkList} as refresh_key", [], cancellationToken);
            await _database.ExecuteTextAsync($"create table {tables.AccountList} as refresh_account", [], cancellationToken);
            await _database.ExecuteTextAsync($"create table {tables.Journeys} as subject_journey", [], cancellationToken);
            await WorkOutAsync(model, tables, progress, cancellationToken);
            return await new DryRunComparison(_database, tables.Journeys).CompareAsync(model, cancellationToken);
        }
        finally
        {
            await DropAsync(tables.WorkList);
            await DropAsync(tables.AccountList);
            await DropAsync(tables.Journeys);
        }
    }

    private async Task WorkOutAsync(
        LifecycleModel model, RefreshTables tables, IProgress<DryRunProgress> progress, CancellationToken cancellationToken)
    {
        var keyCounts = await _database.QueryAsync(
            "select uniq(subject_key) from touchpoint", [], row => Convert.ToUInt64(row[0], null), cancellationToken);
        var batchKeys = (ulong)options.Value.DryRunBatchSubjects;
        var batches = (int)Math.Max(1, (keyCounts[0] + batchKeys - 1) / batchKeys);
        SqlParameter[] run =
        [
            new("refresh_no", "UInt64", 0ul),
            new("buckets", "UInt32", (uint)batches),
            new("batch_subjects", "UInt32", (uint)batchKeys),
            new("is_rebuild", "Bool", true),
            new("mark", "String", ""),
        ];
        progress.Report(new DryRunProgress(0, batches));
        var statement = JourneySql.For(model, tables);
        var workList = statement.IsOfAccounts ? "account_list" : "rebuild_keys";
        await _database.ExecuteTextAsync(RefreshStatement.Load(workList, tables), run, cancellationToken);
        for (var batch = 0; batch < batches; batch++)
        {
            SqlParameter[] parameters = [.. run, new("bucket", "UInt32", (uint)batch)];
            await _database.ExecuteTextAsync(statement.Text, [.. parameters, .. statement.Parameters], cancellationToken);
            progress.Report(new DryRunProgress(batch + 1, batches));
        }
    }

    // Also after an interruption.
    private Task DropAsync(string table) => _database.ExecuteTextAsync($"drop table if exists {table}", [], CancellationToken.None);
}
