using LifecycleMetrics.Lifecycle.Batches;
using LifecycleMetrics.Lifecycle.Cells;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Personas;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// One run of the refresh: notes what it takes in, makes the work list, works out the rows of its subjects and what they
/// change in the cells, batch by batch, and notes that it is done, which makes its cells visible. Every step is a statement
/// inside the database. A run that breaks off leaves rows that are right, touches that the next run takes in again, and
/// cells that nobody sees.
/// </summary>
internal sealed class SubjectRefresh(
    RefreshDatabase database, CellRefresh cells, LifecycleOptions options, TimeProvider time, RefreshMetrics metrics, ILogger logger)
{
    private const ulong FewSubjects = 1_000;

    private readonly SubjectBatch _batch = new(database);
    private readonly SubjectRows _rows = new(database);
    private readonly ReportCalendar _calendar = new(database);
    private bool _isPrepared;

    private SqlParameter Overlap => new("overlap_seconds", "UInt32", (uint)options.RefreshOverlap.TotalSeconds);

    /// <summary>Looks whether there is something to do.</summary>
    public Task<RefreshState> ReadStateAsync(CancellationToken cancellationToken) =>
        RefreshState.ReadAsync(database, Overlap, cancellationToken);

    /// <summary>Lets the calendar of the reports go on to T, also while nothing happens.</summary>
    public Task KeepCalendarAsync(RefreshState state, CancellationToken cancellationToken) =>
        _calendar.KeepAsync(state.FirstSeenOn, state.AsOf, state.TimeZone, cancellationToken);

    /// <summary>Works out what <paramref name="kind"/> says.</summary>
    /// <param name="kind">What to work out.</param>
    /// <param name="state">What was found before.</param>
    /// <param name="personas">The personas' statement.</param>
    /// <param name="models">The models' statements.</param>
    /// <param name="publishAsync">Publishes the models; called once their visits are there.</param>
    /// <param name="cancellationToken">Breaks the run off.</param>
    public async Task<RefreshResult> RunAsync(
        RefreshKind kind,
        RefreshState state,
        PersonaSql personas,
        IReadOnlyList<JourneySql> models,
        Func<Task> publishAsync,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var schema = await cells.SchemaAsync(cancellationToken);
        var buckets = await BucketsAsync(kind, state, cancellationToken);
        var baseNo = kind == RefreshKind.Refresh ? state.BaseNo : state.NextRefreshNo;
        // Cells are made from rows as they are, and the persona in these is that at the last T.
        var asOf = kind is RefreshKind.Compaction or RefreshKind.CellRebuild ? state.LastAsOf : state.AsOf;
        SqlParameter[] run =
        [
            new("refresh_no", "UInt64", state.NextRefreshNo),
            new("base_no", "UInt64", baseNo),
            new("is_rebuild", "Bool", kind == RefreshKind.Rebuild),
            new("is_new_base", "Bool", kind != RefreshKind.Refresh),
            new("time_zone", "String", state.TimeZone),
            new("buckets", "UInt32", (uint)buckets.Count),
            new("batch_subjects", "UInt32", (uint)options.BatchSubjects),
            new("last_as_of", "DateTime64(3, 'UTC')", state.LastAsOf),
            new("as_of", "DateTime64(3, 'UTC')", asOf),
            new("definitions_hash", "UInt64", schema.DefinitionsHash),
            new("mark", "String", SubjectBatch.Present),
            Overlap,
        ];

        database.IsOfFewRows = kind == RefreshKind.Refresh && state.TouchedKeyCount + state.DueCount < FewSubjects;
        await PrepareAsync(cancellationToken);
        await database.ExecuteAsync("refresh_started", run, cancellationToken);
        if (kind == RefreshKind.Compaction)
        {
            await cells.CompactAsync(run, cancellationToken);
        }
        else
        {
            await WriteWorkListAsync(kind, run, models.Any(model => model.IsOfAccounts), cancellationToken);
            if (kind != RefreshKind.CellRebuild)
            {
                await WriteSubjectsAsync(kind, state, personas, models, run, buckets, cancellationToken);
            }

            await publishAsync();
            if (kind != RefreshKind.Refresh)
            {
                await BuildCellsAsync(state, run, buckets, cancellationToken);
            }
        }

        // Before its cells can be seen there are the days they lie on.
        var seenOn = (await database.QueryAsync(RefreshStatement.Load("first_seen_on"), run, row => (DateOnly)row[0], cancellationToken))[0];
        var firstSeenOn = kind == RefreshKind.Refresh && state.FirstSeenOn < seenOn ? state.FirstSeenOn : seenOn;
        await _calendar.KeepAsync(firstSeenOn, asOf, state.TimeZone, cancellationToken);
        var duration = time.GetElapsedTime(started);
        await database.ExecuteAsync(
            "refresh_finished",
            [
                .. run,
                new SqlParameter("duration_ms", "UInt64", (ulong)duration.TotalMilliseconds),
                new SqlParameter("first_date", "Date", firstSeenOn),
            ],
            cancellationToken);
        if (kind != RefreshKind.Refresh)
        {
            await cells.DropOtherBasesAsync(baseNo, cancellationToken);
        }

        return await FinishAsync(kind, state, duration, cancellationToken);
    }

    private async Task<IReadOnlyList<uint>> BucketsAsync(RefreshKind kind, RefreshState state, CancellationToken cancellationToken)
    {
        var subjectCount = kind switch
        {
            RefreshKind.Rebuild => await CountAsync("select uniq(subject_key) from touchpoint where subject_key not in (select alias_key from stg_identity)", cancellationToken),
            RefreshKind.CellRebuild => await CountAsync("select count() from subject_history", cancellationToken),
            _ => state.TouchedKeyCount + state.DueCount,
        };
        var count = Math.Max(1, (subjectCount + (ulong)options.BatchSubjects - 1) / (ulong)options.BatchSubjects);
        return [.. Enumerable.Range(0, (int)count).Select(bucket => (uint)bucket)];
    }

    private async Task<ulong> CountAsync(string query, CancellationToken cancellationToken) =>
        (await database.QueryAsync(query, [], row => Convert.ToUInt64(row[0], null), cancellationToken))[0];

    private async Task WriteWorkListAsync(
        RefreshKind kind, SqlParameter[] run, bool hasAccountModels, CancellationToken cancellationToken)
    {
        if (kind != RefreshKind.CellRebuild)
        {
            await database.ExecuteAsync("refresh_touches", run, cancellationToken);
        }

        var statement = kind switch
        {
            RefreshKind.Rebuild => "rebuild_keys",
            RefreshKind.CellRebuild => "cell_rebuild_keys",
            _ => "refresh_keys",
        };
        if (kind == RefreshKind.Refresh)
        {
            await database.ExecuteTextAsync("truncate table batch_key", [], cancellationToken);
            await database.ExecuteAsync("touched_keys", run, cancellationToken);
            await database.ExecuteAsync("order_keys", run, cancellationToken);
        }

        await database.ExecuteAsync(statement, run, cancellationToken);
        if (kind != RefreshKind.CellRebuild && hasAccountModels && (kind == RefreshKind.Rebuild || await HasMembersAsync(run, cancellationToken)))
        {
            await database.ExecuteAsync("account_list", run, cancellationToken);
            await database.ExecuteAsync("account_keys", run, cancellationToken);
        }
    }

    // Most small runs have to do with no account, and the list of them is much work to find that out.
    private async Task<bool> HasMembersAsync(SqlParameter[] run, CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            RefreshStatement.Load("has_members"), run, row => Convert.ToBoolean(row[0], null), cancellationToken);
        return found[0];
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_isPrepared)
        {
            await _batch.CreateAsync(cancellationToken);
            await cells.CreateBatchTablesAsync(cancellationToken);
            _isPrepared = true;
        }
    }

    // Accounts after all contacts, as an account is made of what its members did and ordered.
    private async Task WriteSubjectsAsync(
        RefreshKind kind,
        RefreshState state,
        PersonaSql personas,
        IReadOnlyList<JourneySql> models,
        SqlParameter[] run,
        IReadOnlyList<uint> buckets,
        CancellationToken cancellationToken)
    {
        var ofContacts = models.Where(model => !model.IsOfAccounts).ToArray();
        var ofAccounts = models.Where(model => model.IsOfAccounts).ToArray();
        var withAccounts = ofAccounts.Length == 0 ? [] : await BucketsOfAccountsAsync(run, cancellationToken);
        if (buckets.Count == 1)
        {
            await WriteBatchAsync(kind, personas, [ofContacts, .. withAccounts.Select(_ => ofAccounts)], run, buckets[0], cancellationToken);
        }
        else
        {
            var started = time.GetTimestamp();
            foreach (var bucket in buckets)
            {
                await WriteBatchAsync(kind, personas, [ofContacts], run, bucket, cancellationToken);
                Log.BatchDone(logger, state.NextRefreshNo, bucket + 1, (uint)buckets.Count, time.GetElapsedTime(started));
            }

            foreach (var bucket in withAccounts)
            {
                await WriteBatchAsync(kind, personas, [ofAccounts], run, bucket, cancellationToken);
            }
        }

        await _rows.DeleteLeftAsync(run, models, cancellationToken);
    }

    private Task<IReadOnlyList<uint>> BucketsOfAccountsAsync(SqlParameter[] run, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "select distinct bucket from refresh_account where refresh_no = {refresh_no:UInt64}",
            run,
            row => Convert.ToUInt32(row[0], null),
            cancellationToken);

    // The models of each unit in turn. A refresh also changes the cells; in a rebuild these are built once the models are
    // published.
    private async Task WriteBatchAsync(
        RefreshKind kind, PersonaSql personas, IReadOnlyList<JourneySql[]> units, SqlParameter[] run, uint bucket, CancellationToken cancellationToken)
    {
        var all = Batch(run, bucket, [.. units.Select(UnitOf)]);
        await _batch.ClearAsync(cancellationToken);
        // What was is read beside the first rows, as both leave a processor idle at times, and before these take its place.
        var former = kind == RefreshKind.Refresh ? _batch.TakeFormerAsync(all, cancellationToken) : Task.CompletedTask;
        foreach (var models in units)
        {
            var batch = Batch(run, bucket, UnitOf(models));
            await Task.WhenAll(former, _rows.WriteAsync(personas, models, batch, cancellationToken));
            await _batch.KeepAsync(batch, cancellationToken);
        }

        if (kind == RefreshKind.Refresh)
        {
            await cells.ChangeAsync(all, cancellationToken);
        }
    }

    private static string UnitOf(JourneySql[] models) =>
        models.Any(model => model.IsOfAccounts) ? LifecycleModel.OfAccounts : LifecycleModel.OfContacts;

    private async Task BuildCellsAsync(
        RefreshState state, SqlParameter[] run, IReadOnlyList<uint> buckets, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var bucket in buckets)
        {
            var batch = Batch(run, bucket, LifecycleModel.OfContacts, LifecycleModel.OfAccounts);
            await _batch.ClearAsync(cancellationToken);
            await _batch.TakePresentAsync(batch, cancellationToken);
            await cells.BuildAsync(batch, cancellationToken);
            if (buckets.Count > 1)
            {
                Log.CellsDone(logger, state.NextRefreshNo, bucket + 1, (uint)buckets.Count, time.GetElapsedTime(started));
            }
        }
    }

    private static SqlParameter[] Batch(SqlParameter[] run, uint bucket, params string[] units) =>
        [.. run, new SqlParameter("bucket", "UInt32", bucket), new SqlParameter("units", "Array(String)", units)];

    private async Task<RefreshResult> FinishAsync(
        RefreshKind kind, RefreshState state, TimeSpan duration, CancellationToken cancellationToken)
    {
        var counts = await database.QueryAsync(
            "select max(subject_count) from refresh_run where refresh_no = {refresh_no:UInt64} and status = 'finished'",
            [new SqlParameter("refresh_no", "UInt64", state.NextRefreshNo)],
            row => Convert.ToInt64(row[0], null),
            cancellationToken);
        metrics.RunDone(kind, counts[0], duration);
        if (kind is RefreshKind.Refresh or RefreshKind.Rebuild && state.TouchCount > 0)
        {
            metrics.Lag(time.GetUtcNow().UtcDateTime - state.OldestTouchedAt);
        }

        Log.RunDone(logger, kind, state.NextRefreshNo, counts[0], duration);
        return new RefreshResult(state.NextRefreshNo, kind, counts[0], duration);
    }
}
