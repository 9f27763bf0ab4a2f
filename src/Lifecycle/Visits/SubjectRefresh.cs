using LifecycleMetrics.Lifecycle.Cells;
using LifecycleMetrics.Lifecycle.Models;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// One run of the refresh: notes what it takes in, makes the work list, takes the old contributions of its subjects out of
/// the cells, writes their rows, puts the new contributions in, and notes that it is done, which makes its cells visible.
/// Every step is a statement inside the database. A run that breaks off leaves rows that are right, touches that the next
/// run takes in again, and cells that nobody sees.
/// </summary>
internal sealed class SubjectRefresh(
    RefreshDatabase database, CellRefresh cells, LifecycleOptions options, TimeProvider time, RefreshMetrics metrics, ILogger logger)
{
    // Rows by subject that are written from events, each by the statement of its name.
    private static readonly string[] SubjectTables = ["subject_history", "subject_event", "subject_touch"];

    private static readonly string AccountHistory = RefreshStatement.Load("account_history").Replace(
        "<<account_event>>",
        RefreshStatement.AccountEvents(
            RefreshTables.Live,
            """
            (
                event.type in ('identify', 'group', 'alias'),
                cast(event.country as String),
                (event.source, cast(event.channel as String), event.campaign)
            )
            """,
            "true"),
        StringComparison.Ordinal);

    private SqlParameter Overlap => new("overlap_seconds", "UInt32", (uint)options.RefreshOverlap.TotalSeconds);

    /// <summary>Looks whether there is something to do.</summary>
    public Task<RefreshState> ReadStateAsync(CancellationToken cancellationToken) =>
        RefreshState.ReadAsync(database, Overlap, cancellationToken);

    /// <summary>Works out what <paramref name="kind"/> says.</summary>
    /// <param name="kind">What to work out.</param>
    /// <param name="state">What was found before.</param>
    /// <param name="models">The models' statements.</param>
    /// <param name="publishAsync">Publishes the models; called once their visits are there.</param>
    /// <param name="cancellationToken">Breaks the run off.</param>
    public async Task<RefreshResult> RunAsync(
        RefreshKind kind,
        RefreshState state,
        IReadOnlyList<JourneySql> models,
        Func<Task> publishAsync,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var schema = await cells.SchemaAsync(cancellationToken);
        var buckets = await BucketsAsync(kind, state, cancellationToken);
        var baseNo = kind == RefreshKind.Refresh ? state.BaseNo : state.NextRefreshNo;
        SqlParameter[] run =
        [
            new("refresh_no", "UInt64", state.NextRefreshNo),
            new("base_no", "UInt64", baseNo),
            new("is_rebuild", "Bool", kind == RefreshKind.Rebuild),
            new("is_new_base", "Bool", kind != RefreshKind.Refresh),
            new("time_zone", "String", state.TimeZone),
            new("buckets", "UInt32", (uint)buckets.Count),
            new("last_as_of", "DateTime64(3, 'UTC')", state.LastAsOf),
            new("as_of", "DateTime64(3, 'UTC')", kind == RefreshKind.Compaction ? state.LastAsOf : state.AsOf),
            new("definitions_hash", "UInt64", schema.DefinitionsHash),
            Overlap,
        ];

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
                await WriteSubjectsAsync(kind, state, models, run, buckets, cancellationToken);
            }

            await publishAsync();
            await AddContributionsAsync(state, run, buckets, cancellationToken);
        }

        var duration = time.GetElapsedTime(started);
        await database.ExecuteAsync(
            "refresh_finished", [.. run, new SqlParameter("duration_ms", "UInt64", (ulong)duration.TotalMilliseconds)], cancellationToken);
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
            RefreshKind.Rebuild => await CountAsync("select uniq(subject_key) from touchpoint", cancellationToken),
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
        await database.ExecuteAsync(statement, run, cancellationToken);
        if (kind != RefreshKind.CellRebuild && hasAccountModels)
        {
            await database.ExecuteAsync("account_list", run, cancellationToken);
            await database.ExecuteAsync("account_keys", run, cancellationToken);
        }
    }

    private async Task WriteSubjectsAsync(
        RefreshKind kind,
        RefreshState state,
        IReadOnlyList<JourneySql> models,
        SqlParameter[] run,
        IReadOnlyList<uint> buckets,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var bucket in buckets)
        {
            var batch = Batch(run, bucket);
            if (kind == RefreshKind.Refresh)
            {
                await cells.SubtractAsync(batch, state.LastAsOf, cancellationToken);
            }

            // Visits read the histories; all else depends on events alone.
            await database.ExecuteAsync(SubjectTables[0], batch, cancellationToken);
            await InParallelAsync(
                [
                    .. SubjectTables[1..].Select(table => (RefreshStatement.Load(table), batch)),
                    .. models.Where(model => !model.IsOfAccounts).Select(model => (model.Text, (SqlParameter[])[.. batch, .. model.Parameters])),
                ],
                cancellationToken);

            if (buckets.Count > 1)
            {
                Log.BatchDone(logger, state.NextRefreshNo, bucket + 1, (uint)buckets.Count, time.GetElapsedTime(started));
            }
        }

        await WriteAccountsAsync([.. models.Where(model => model.IsOfAccounts)], run, buckets, cancellationToken);
        var deletion = RefreshStatement.Load("delete_subjects");
        var modelVersions = new SqlParameter("model_versions", "Array(String)", models.Select(model => model.ModelVersion).ToArray());
        await InParallelAsync(
            [
                (RefreshStatement.Load("delete_journeys"), [.. run, modelVersions]),
                .. SubjectTables.Select(table => (deletion.Replace("<<table>>", table, StringComparison.Ordinal), run)),
            ],
            cancellationToken);
    }

    private async Task InParallelAsync(
        IReadOnlyList<(string Text, SqlParameter[] Parameters)> statements, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            statements,
            new ParallelOptions { MaxDegreeOfParallelism = CellRefresh.StatementsAtATime, CancellationToken = cancellationToken },
            async (statement, stop) => await database.ExecuteTextAsync(statement.Text, statement.Parameters, stop));

    // After all subjects, as an account is made of what its members did and ordered.
    private async Task WriteAccountsAsync(
        IReadOnlyList<JourneySql> models, SqlParameter[] run, IReadOnlyList<uint> buckets, CancellationToken cancellationToken)
    {
        if (models.Count == 0)
        {
            return;
        }

        var batches = await database.QueryAsync(
            "select distinct bucket from refresh_account where refresh_no = {refresh_no:UInt64}",
            run,
            row => Convert.ToUInt32(row[0], null),
            cancellationToken);
        foreach (var batch in buckets.Intersect(batches).Select(bucket => Batch(run, bucket)))
        {
            await database.ExecuteTextAsync(AccountHistory, batch, cancellationToken);
            foreach (var model in models)
            {
                await database.ExecuteTextAsync(model.Text, [.. batch, .. model.Parameters], cancellationToken);
            }
        }
    }

    private async Task AddContributionsAsync(
        RefreshState state, SqlParameter[] run, IReadOnlyList<uint> buckets, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var bucket in buckets)
        {
            await cells.AddAsync(Batch(run, bucket), state.AsOf, cancellationToken);
            if (buckets.Count > 1)
            {
                Log.CellsDone(logger, state.NextRefreshNo, bucket + 1, (uint)buckets.Count, time.GetElapsedTime(started));
            }
        }
    }

    private static SqlParameter[] Batch(SqlParameter[] run, uint bucket) => [.. run, new SqlParameter("bucket", "UInt32", bucket)];

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
