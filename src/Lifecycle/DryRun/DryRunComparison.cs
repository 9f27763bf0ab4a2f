using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>Compares the visits of a dry run with those of the published version of the model.</summary>
internal sealed class DryRunComparison(RefreshDatabase database, string journeys)
{
    private const string PublishedJourneys = "subject_journey";

    private const string Settings =
        "select coalesce(as_of, toTimeZone(now64(3), 'UTC')) as as_of, time_zone from report_setting final";

    private const string Published =
        """
        select definition
        from lifecycle_model final
        where model_id = {model_id:String} and is_published
        order by model_version desc
        limit 1
        """;

    public async Task<DryRunResult> CompareAsync(LifecycleModel model, CancellationToken cancellationToken)
    {
        var published = await ReadPublishedAsync(model.Id, cancellationToken);
        var (asOf, timeZone) = (await database.QueryAsync(
            Settings, [], row => ((DateTime)row[0], (string)row[1]), cancellationToken))[0];
        SqlParameter[] time =
            [new("as_of", "DateTime64(3, 'UTC')", asOf), new("time_zone", "String", timeZone)];

        var after = await CountAsync(model, journeys, time, cancellationToken);
        var before = published is null ? null : await CountAsync(published, PublishedJourneys, time, cancellationToken);
        var stageIds = StagesOf(model).Concat(published is null ? [] : StagesOf(published)).Distinct().ToArray();
        DryRunCount Count(string measure, string stage) => new(
            Of(before, published, measure, stage), Of(after, model, measure, stage));
        return new DryRunResult(
            model.Id,
            model.Version,
            published?.Version,
            published is not null && published.Version == model.Version && published.Definition != model.Definition,
            asOf,
            LastClosedMonth(asOf, timeZone),
            new DryRunCount(before?.GetValueOrDefault(("subjects", "")), after.GetValueOrDefault(("subjects", ""))),
            published is null ? 0 : await CountMovedAsync(model, published, time, cancellationToken),
            [.. stageIds.Select(stage => new DryRunStage(
                stage, Count("current", stage), Count("furthest", stage), Count("entries", stage), Count("stock", stage)))],
            Pair(
                published is null ? [] : await ConversionsAsync(published, PublishedJourneys, time, cancellationToken),
                await ConversionsAsync(model, journeys, time, cancellationToken)));
    }

    private static IEnumerable<string> StagesOf(LifecycleModel model) => model.Stages.Select(stage => stage.Id).Prepend(Phase.Lapsed);

    private static long? Of(
        Dictionary<(string Measure, string Stage), long>? counts, LifecycleModel? model, string measure, string stage) =>
        counts is null || !StagesOf(model!).Contains(stage) ? null : counts.GetValueOrDefault((measure, stage));

    private static DateOnly LastClosedMonth(DateTime asOf, string timeZone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(
            DateTime.SpecifyKind(asOf, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return new DateOnly(local.Year, local.Month, 1).AddMonths(-1);
    }

    private static List<DryRunConversion> Pair(
        Dictionary<(string From, string To), DryRunRate> before, Dictionary<(string From, string To), DryRunRate> after) =>
        [.. after.Keys.Concat(before.Keys).Distinct().Select(step => new DryRunConversion(
            step.From, step.To, before.GetValueOrDefault(step), after.GetValueOrDefault(step)))];

    // The stored text is that of the file the model was read from.
    private async Task<LifecycleModel?> ReadPublishedAsync(string model, CancellationToken cancellationToken)
    {
        var definitions = await database.QueryAsync(
            Published, [new SqlParameter("model_id", "String", model)], row => (string)row[0], cancellationToken);
        return definitions.Count == 0 ? null : ModelReader.Read("lifecycle_model", definitions[0]).ModelsOrThrow()[0];
    }

    private async Task<Dictionary<(string Measure, string Stage), long>> CountAsync(
        LifecycleModel model, string table, SqlParameter[] time, CancellationToken cancellationToken)
    {
        var counts = await database.QueryAsync(
            Load("dry_run_counts", table),
            [.. time, .. KeyOf(model)],
            row => (Key: ((string)row[0], (string)row[1]), Value: Convert.ToInt64(row[2], null)),
            cancellationToken);
        return counts.ToDictionary(count => count.Key, count => count.Value);
    }

    private async Task<long> CountMovedAsync(
        LifecycleModel model, LifecycleModel published, SqlParameter[] time, CancellationToken cancellationToken)
    {
        var counts = await database.QueryAsync(
            Load("dry_run_moved", journeys),
            [.. time, .. KeyOf(model), new SqlParameter("published_version", "UInt32", (uint)published.Version)],
            row => Convert.ToInt64(row[0], null),
            cancellationToken);
        return counts[0];
    }

    private async Task<Dictionary<(string From, string To), DryRunRate>> ConversionsAsync(
        LifecycleModel model, string table, SqlParameter[] time, CancellationToken cancellationToken)
    {
        // A stage that only a return leads into is no step on the way.
        var transitions = model.Stages
            .Select(from => (From: from, To: model.Stages.FirstOrDefault(to => to.Ordinal > from.Ordinal && !to.AfterLapse)))
            .Where(transition => transition.To is not null)
            .ToArray();
        var windows = transitions.Select(transition => (uint)transition.To!.ConvertWithin.TotalDays).ToArray();
        var rates = await database.QueryAsync(
            Load("dry_run_conversion", table),
            [
                .. time,
                .. KeyOf(model),
                new("from_ordinals", "Array(UInt8)", transitions.Select(transition => (byte)transition.From.Ordinal).ToArray()),
                new("to_ordinals", "Array(UInt8)", transitions.Select(transition => (byte)transition.To!.Ordinal).ToArray()),
                new("windows", "Array(UInt32)", windows),
            ],
            row => (
                No: Convert.ToInt32(row[0], null) - 1,
                Month: (DateOnly)row[1],
                Entered: Convert.ToInt64(row[2], null),
                Converted: Convert.ToInt64(row[3], null)),
            cancellationToken);
        return rates.OrderBy(rate => rate.No).ToDictionary(
            rate => (transitions[rate.No].From.Id, transitions[rate.No].To!.Id),
            rate => new DryRunRate(rate.Month, (int)windows[rate.No], rate.Converted, rate.Entered));
    }

    private static string Load(string name, string table) =>
        RefreshStatement.Load(name, RefreshTables.Live with { Journeys = table });

    private static SqlParameter[] KeyOf(LifecycleModel model) =>
        [new("model_id", "String", model.Id), new("model_version", "UInt32", (uint)model.Version)];
}
