using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Keeps the tables of metric targets and planned activities equal to the files.</summary>
internal sealed class PlanPublisher(RefreshDatabase database)
{
    private const string InsertTargets =
        """
        insert into lifecycle_target
            (model_id, model_version, stage_id, metric, grain, target, owner, is_published)
        select model_id, model_version, stage_id, metric, grain, if(has_target, value, null), owner, is_published
        from
        (
            select
                arrayJoin(arrayZip(
                    {models:Array(String)}, {versions:Array(UInt32)}, {stages:Array(String)}, {metrics:Array(String)},
                    {grains:Array(String)}, {targets:Array(Float64)}, {has_targets:Array(Bool)}, {owners:Array(String)},
                    {published:Array(Bool)}
                )) as t,
                t.1 as model_id, t.2 as model_version, t.3 as stage_id, t.4 as metric,
                t.5 as grain, t.6 as value, t.7 as has_target, t.8 as owner, t.9 as is_published
        )
        """;

    private const string InsertActivities =
        """
        insert into lifecycle_activity
            (activity_id, label, model_id, stage_id, channel, campaign, cadence_days, owner, is_published)
        select t.1, t.2, t.3, t.4, t.5, t.6, t.7, t.8, t.9
        from
        (
            select arrayJoin(arrayZip(
                {ids:Array(String)}, {labels:Array(String)}, {models:Array(String)}, {stages:Array(String)},
                {channels:Array(String)}, {campaigns:Array(String)}, {cadences:Array(UInt32)}, {owners:Array(String)},
                {published:Array(Bool)}
            )) as t
        )
        """;

    /// <summary>Writes the rows that differ, in one insert for each table.</summary>
    public async Task PublishAsync(
        IReadOnlyList<LifecycleModel> models, IReadOnlyList<PlannedActivity> activities, CancellationToken cancellationToken)
    {
        var targets = models.SelectMany(model => model.Stages.SelectMany(stage => stage.Metrics.Select(
            metric => new TargetRow(model.Id, (uint)model.Version, stage.Id, metric.Metric, metric.Grain, metric.Target, metric.Owner ?? "", true))));
        await InsertAsync(
            Changed(await ReadTargetsAsync(cancellationToken), targets, row => row.Key, row => row with { IsPublished = false }),
            WriteAsync,
            cancellationToken);
        var planned = activities.Select(activity => new ActivityRow(activity with { Campaign = activity.Campaign ?? "" }, true));
        await InsertAsync(
            Changed(await ReadActivitiesAsync(cancellationToken), planned, row => row.Activity.Id, row => row with { IsPublished = false }),
            WriteAsync,
            cancellationToken);
    }

    // What is new or different, and what is gone, taken back.
    private static List<T> Changed<T, TKey>(IReadOnlyList<T> stored, IEnumerable<T> wanted, Func<T, TKey> key, Func<T, T> takeBack)
        where TKey : notnull
    {
        var before = stored.ToDictionary(key);
        var after = wanted.ToDictionary(key);
        return
        [
            .. after.Where(row => !before.TryGetValue(row.Key, out var old) || !Equals(old, row.Value)).Select(row => row.Value),
            .. before.Where(row => !after.ContainsKey(row.Key)).Select(row => takeBack(row.Value)).Where(row => !stored.Contains(row)),
        ];
    }

    private static Task InsertAsync<T>(
        List<T> rows, Func<List<T>, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.CompletedTask : write(rows, cancellationToken);

    private Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) => database.QueryAsync(
        "select model_id, model_version, stage_id, metric, grain, target, owner, is_published from lifecycle_target final",
        [],
        row => new TargetRow(
            (string)row[0],
            Convert.ToUInt32(row[1], null),
            (string)row[2],
            (string)row[3],
            (string)row[4],
            row[5] as double?,
            (string)row[6],
            Convert.ToBoolean(row[7], null)),
        cancellationToken);

    private Task<IReadOnlyList<ActivityRow>> ReadActivitiesAsync(CancellationToken cancellationToken) => database.QueryAsync(
        """
        select activity_id, label, model_id, stage_id, channel, campaign, cadence_days, owner, is_published
        from lifecycle_activity final
        """,
        [],
        row => new ActivityRow(
            new PlannedActivity(
                (string)row[0],
                (string)row[1],
                (string)row[2],
                (string)row[3],
                (string)row[4],
                (string)row[5],
                Convert.ToInt32(row[6], null),
                (string)row[7]),
            Convert.ToBoolean(row[8], null)),
        cancellationToken);

    private Task WriteAsync(List<TargetRow> rows, CancellationToken cancellationToken) => database.ExecuteTextAsync(
        InsertTargets,
        [
            new("models", "Array(String)", Column(rows, row => row.Model)),
            new("versions", "Array(UInt32)", Column(rows, row => row.Version)),
            new("stages", "Array(String)", Column(rows, row => row.Stage)),
            new("metrics", "Array(String)", Column(rows, row => row.Metric)),
            new("grains", "Array(String)", Column(rows, row => row.Grain)),
            new("targets", "Array(Float64)", Column(rows, row => row.Target ?? 0)),
            new("has_targets", "Array(Bool)", Column(rows, row => row.Target is not null)),
            new("owners", "Array(String)", Column(rows, row => row.Owner)),
            new("published", "Array(Bool)", Column(rows, row => row.IsPublished)),
        ],
        cancellationToken);

    private Task WriteAsync(List<ActivityRow> rows, CancellationToken cancellationToken) => database.ExecuteTextAsync(
        InsertActivities,
        [
            new("ids", "Array(String)", Column(rows, row => row.Activity.Id)),
            new("labels", "Array(String)", Column(rows, row => row.Activity.Label)),
            new("models", "Array(String)", Column(rows, row => row.Activity.Model)),
            new("stages", "Array(String)", Column(rows, row => row.Activity.Stage)),
            new("channels", "Array(String)", Column(rows, row => row.Activity.Channel)),
            new("campaigns", "Array(String)", Column(rows, row => row.Activity.Campaign ?? "")),
            new("cadences", "Array(UInt32)", Column(rows, row => (uint)row.Activity.CadenceDays)),
            new("owners", "Array(String)", Column(rows, row => row.Activity.Owner)),
            new("published", "Array(Bool)", Column(rows, row => row.IsPublished)),
        ],
        cancellationToken);

    private static TValue[] Column<T, TValue>(List<T> rows, Func<T, TValue> value) => [.. rows.Select(value)];

    private sealed record TargetRow(
        string Model, uint Version, string Stage, string Metric, string Grain, double? Target, string Owner, bool IsPublished)
    {
        public (string Model, uint Version, string Stage, string Metric) Key => (Model, Version, Stage, Metric);
    }

    private sealed record ActivityRow(PlannedActivity Activity, bool IsPublished);
}
