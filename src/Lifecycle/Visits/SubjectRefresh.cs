using LifecycleMetrics.Lifecycle.Models;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// One run of the refresh: notes what it takes in, makes the work list, writes histories and then the visits of each
/// model, and notes that it is done. Every step is one statement inside the database. A run that stops half-way leaves
/// rows that are right and touches that the next run takes in again.
/// </summary>
internal sealed class SubjectRefresh(
    RefreshDatabase database, LifecycleOptions options, TimeProvider time, RefreshMetrics metrics, ILogger logger)
{
    private SqlParameter Overlap => new("overlap_seconds", "UInt32", (uint)options.RefreshOverlap.TotalSeconds);

    /// <summary>Looks whether there is something to do.</summary>
    public async Task<RefreshState> ReadStateAsync(CancellationToken cancellationToken)
    {
        var states = await database.QueryAsync(
            RefreshStatement.Load("refresh_state"),
            [Overlap],
            row => new RefreshState(
                Convert.ToUInt64(row["next_refresh_no"], null),
                Convert.ToBoolean(row["has_run"], null),
                (string)row["last_time_zone"],
                (string)row["time_zone"],
                Convert.ToUInt64(row["touch_count"], null),
                Convert.ToUInt64(row["touched_key_count"], null),
                (DateTime)row["oldest_touched_at"]),
            cancellationToken);
        return states[0];
    }

    /// <summary>Works out the touched subjects.</summary>
    public Task<RefreshResult> RefreshAsync(
        RefreshState state, IReadOnlyList<JourneySql> models, CancellationToken cancellationToken) =>
        RunAsync(state, models, isRebuild: false, state.TouchedKeyCount, cancellationToken);

    /// <summary>Works out all subjects.</summary>
    public async Task<RefreshResult> RebuildAsync(
        RefreshState state, IReadOnlyList<JourneySql> models, CancellationToken cancellationToken)
    {
        var keyCounts = await database.QueryAsync(
            "select uniq(subject_key) from touchpoint", [], row => Convert.ToUInt64(row[0], null), cancellationToken);
        return await RunAsync(state, models, isRebuild: true, keyCounts[0], cancellationToken);
    }

    private async Task<RefreshResult> RunAsync(
        RefreshState state, IReadOnlyList<JourneySql> models, bool isRebuild, ulong keyCount, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var buckets = (uint)Math.Max(1, (keyCount + (ulong)options.BatchSubjects - 1) / (ulong)options.BatchSubjects);
        SqlParameter[] run =
        [
            new("refresh_no", "UInt64", state.NextRefreshNo),
            new("is_rebuild", "Bool", isRebuild),
            new("time_zone", "String", state.TimeZone),
            new("buckets", "UInt32", buckets),
            Overlap,
        ];

        await database.ExecuteAsync("refresh_started", run, cancellationToken);
        await database.ExecuteAsync("refresh_touches", run, cancellationToken);
        await database.ExecuteAsync(isRebuild ? "rebuild_keys" : "refresh_keys", run, cancellationToken);
        for (var bucket = 0u; bucket < buckets; bucket++)
        {
            await WorkOutAsync(models, [.. run, new SqlParameter("bucket", "UInt32", bucket)], cancellationToken);
            if (buckets > 1)
            {
                Log.BatchDone(logger, state.NextRefreshNo, bucket + 1, buckets, time.GetElapsedTime(started));
            }
        }

        await database.ExecuteAsync("delete_histories", run, cancellationToken);
        foreach (var model in models)
        {
            await database.ExecuteAsync("delete_journeys", [.. run, .. model.Parameters], cancellationToken);
        }

        var duration = time.GetElapsedTime(started);
        await database.ExecuteAsync(
            "refresh_finished", [.. run, new SqlParameter("duration_ms", "UInt64", (ulong)duration.TotalMilliseconds)], cancellationToken);
        return await FinishAsync(state, isRebuild, duration, cancellationToken);
    }

    private async Task WorkOutAsync(IReadOnlyList<JourneySql> models, SqlParameter[] run, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("subject_history", run, cancellationToken);
        foreach (var model in models)
        {
            await database.ExecuteTextAsync(model.Text, [.. run, .. model.Parameters], cancellationToken);
        }
    }

    private async Task<RefreshResult> FinishAsync(
        RefreshState state, bool isRebuild, TimeSpan duration, CancellationToken cancellationToken)
    {
        var counts = await database.QueryAsync(
            "select max(subject_count) from refresh_run where refresh_no = {refresh_no:UInt64} and status = 'finished'",
            [new SqlParameter("refresh_no", "UInt64", state.NextRefreshNo)],
            row => Convert.ToInt64(row[0], null),
            cancellationToken);
        metrics.RunDone(isRebuild, counts[0], duration);
        if (state.TouchCount > 0)
        {
            metrics.Lag(time.GetUtcNow().UtcDateTime - state.OldestTouchedAt);
        }

        Log.RunDone(logger, isRebuild ? "Rebuild" : "Refresh", state.NextRefreshNo, counts[0], duration);
        return new RefreshResult(state.NextRefreshNo, isRebuild, counts[0], duration);
    }
}
