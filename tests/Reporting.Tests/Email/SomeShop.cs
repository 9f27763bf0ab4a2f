using System.Data.Common;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.Email;

/// <summary>A shop of three orders, written as the refresh of the lifecycle leaves it; numbers are taken on 10 November 2026.</summary>
internal static class SomeShop
{
    /// <param name="engine">The engine.</param>
    /// <param name="versions">How many versions of the lifecycle model stand side by side; the latest is the default.</param>
    /// <param name="currency">What is paid in.</param>
    public static async Task<TestDatabase> CreateAsync(EngineFixture engine, int versions = 1, string currency = "EUR")
    {
        var database = await engine.CreateDatabaseAsync();
        await database.MigrateAsync(new ReportSettings { AsOf = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero) });
        await using var connection = await database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var sql in (string[])[Touchpoint, Ann(currency), Bob(currency), Run, Calendar, Grains, .. Enumerable.Range(1, versions).SelectMany(version => Version(version, version == versions))])
        {
            await ExecuteAsync(connection, sql);
        }

        foreach (var sql in await FillsAsync(connection))
        {
            await ExecuteAsync(connection, sql);
        }

        return database;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> FillsAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Fills;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var fills = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) fills.Add(reader.GetString(0));
        return fills;
    }

    private const string Run =
        """
        insert into refresh_run (refresh_no, status, is_rebuild, touched_until, time_zone, subject_count, duration_ms, base_no, as_of, first_date)
        values (1, 'finished', true, '2026-11-10 12:00:00', 'UTC', 2, 1, 1, '2026-11-10 12:00:00', '2026-08-20')
        """;

    private const string Calendar =
        """
        insert into report_calendar
            (grain, calendar_date, period_start, period_end, period_no, is_closed, week_start)
        select
            grain, day, lm_period_start(day, grain, 1) as start, lm_next_period(start, grain) as end,
            dense_rank() over (partition by grain order by start) - 1, end <= '2026-11-10', 1
        from (
            select
                arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
                toDate('2026-08-20') + arrayJoin(range(toDate('2026-11-10') - toDate('2026-08-20') + 1)) as day
        )
        """;

    private const string Grains =
        """
        insert into report_grain
        select grain, arraySort(groupUniqArray((period_start, period_end, is_closed))) as periods, length(periods)
        from report_calendar
        group by grain
        """;

    // The statement that fills the cells of each family, made of the table's columns.
    private const string Fills =
        """
        with
            arrayStringConcat(groupArrayIf(concat('contribution.', name), is_in_sorting_key), ', ') as keys,
            arrayStringConcat(groupArrayIf(concat('sum(contribution.', name, ')'), not is_in_sorting_key), ', ') as measures
        select concat(
            'insert into ', table, ' (', arrayStringConcat(arrayConcat(groupArrayIf(name, is_in_sorting_key), groupArrayIf(name, not is_in_sorting_key)), ', '),
            ', base_no, refresh_no, dimension, dimension_value) select ', keys, ', ', measures,
            ', 1, 1, sliced.1, if(sliced.2 = \'\', \'(none)\', sliced.2) from (select *, arrayJoin([(\'all\', \'all\'), (\'channel\', channel), ',
            '(\'campaign\', campaign), (\'persona\', persona), (\'country\', country), (\'source\', source)]) as sliced from int_',
            replaceRegexpOne(table, '_cell$', ''), ') as contribution where effective_at <= \'2026-11-10 12:00:00\' group by ', keys, ', sliced'
        )
        from (
            select table, name, is_in_sorting_key
            from system.columns
            where database = currentDatabase() and endsWith(table, '_cell')
                and name not in ('base_no', 'refresh_no', 'dimension', 'dimension_value')
            order by table, position
        )
        group by table
        """;

    private const string Touchpoint =
        """
        insert into touchpoint (event_id, type, event, subject_key, occurred_at, received_at)
        values ('first', 'track', 'Page Viewed', 'u:ann', '2026-08-20 10:00:00', '2026-08-20 10:00:00')
        """;

    // Ordered in the reported week, and paid back in part.
    private static string Ann(string currency) =>
        $"""
        insert into subject_history (subject_id, first_seen_at, last_seen_at, touchpoint_count, active_dates, version,
            `orders.order_id`, `orders.event_id`, `orders.is_order`, `orders.ordered_at`, `orders.revenue_minor`,
            `orders.cost_minor`, `orders.currency`, `orders.country`, `orders.source`, `orders.channel`, `orders.campaign`,
            `orders.voided_at`, `orders.refunded_at`, `orders.refund_minor`)
        values ('u:ann', '2026-08-20 10:00:00', '2026-11-04 10:00:00', 2, ['2026-08-20', '2026-11-04'], 1,
            ['o1'], ['e1'], [true], ['2026-11-04 10:00:00'], [3000], [null], ['{currency}'], [''], ['web'], [''], [''],
            [null], [['2026-11-09 09:00:00']], [[500]])
        """;

    // Ordered in the week before and in the reported one.
    private static string Bob(string currency) =>
        $"""
        insert into subject_history (subject_id, first_seen_at, last_seen_at, touchpoint_count, active_dates, version,
            `orders.order_id`, `orders.event_id`, `orders.is_order`, `orders.ordered_at`, `orders.revenue_minor`,
            `orders.cost_minor`, `orders.currency`, `orders.country`, `orders.source`, `orders.channel`, `orders.campaign`,
            `orders.voided_at`, `orders.refunded_at`, `orders.refund_minor`)
        values ('u:bob', '2026-09-01 10:00:00', '2026-11-08 23:00:00', 2, ['2026-09-01', '2026-10-28', '2026-11-08'], 1,
            ['o2', 'o3'], ['e2', 'e3'], [true, true], ['2026-10-28 10:00:00', '2026-11-08 23:00:00'], [2000, 2500],
            [null, null], ['{currency}', '{currency}'], ['', ''], ['web', 'web'], ['', ''], ['', ''],
            [null, null], [[], []], [[], []])
        """;

    // A version and who went through it; the window of its only step tells it from the others.
    private static string[] Version(int version, bool isDefault) =>
    [
        $"""
        insert into lifecycle_model (
            model_id, model_version, unit, label_en, is_default_model, is_published,
            `stages.stage_id`, `stages.ordinal`, `stages.phase`, `stages.label_en`, `stages.label_es`, `stages.label_it`,
            `stages.label_pt`, `stages.lapse_after_days`, `stages.convert_within_days`)
        values (
            'm', {version}, 'contact', 'M', {isDefault}, true,
            ['lapsed', 'reach', 'conversion'], [0, 1, 2], ['lapsed', 'reach', 'convert'], ['Lapsed', 'Reach', 'Conversion'],
            ['Perdido', 'Alcance', 'Conversión'], ['Perso', 'Copertura', 'Conversione'], ['Perdido', 'Alcance', 'Conversão'],
            [180, 180, 180], [0, 0, {30 + version}])
        """,
        $"""
        insert into lifecycle_stage (model_id, model_version, stage_id, ordinal, phase, label_en, label_es, label_it, label_pt, unit, lapse_after_days, convert_within_days, is_default_model)
        values
            ('m', {version}, 'lapsed', 0, 'lapsed', 'Lapsed', 'Perdido', 'Perso', 'Perdido', 'contact', 180, 0, {isDefault}),
            ('m', {version}, 'reach', 1, 'reach', 'Reach', 'Alcance', 'Copertura', 'Alcance', 'contact', 180, 0, {isDefault}),
            ('m', {version}, 'conversion', 2, 'convert', 'Conversion', 'Conversión', 'Conversione', 'Conversão', 'contact', 180, {30 + version}, {isDefault})
        """,
        $"""
        insert into lifecycle_transition (model_id, model_version, kind, from_stage, to_stage, to_ordinal, window_days)
        values ('m', {version}, 'step', 'reach', 'conversion', 2, {30 + version})
        """,
        $"""
        insert into subject_journey (model_id, model_version, subject_id, version,
            `visits.stage_id`, `visits.ordinal`, `visits.visit_no`, `visits.entered_at`, `visits.exited_at`,
            `visits.previous_stage_id`, `visits.direction`, `visits.lap`, `visits.cause_event_id`)
        values
        ('m', {version}, 'u:ann', 1, ['reach', 'conversion'], [1, 2], [1, 1], ['2026-08-20 10:00:00', '2026-11-04 10:00:00'],
            ['2026-11-04 10:00:00', null], ['', 'reach'], ['', 'forward'], [1, 1], ['first', 'e1']),
        ('m', {version}, 'u:bob', 1, ['reach', 'conversion'], [1, 2], [1, 1], ['2026-09-01 10:00:00', '2026-10-28 10:00:00'],
            ['2026-10-28 10:00:00', null], ['', 'reach'], ['', 'forward'], [1, 1], ['b', 'e2'])
        """,
    ];
}
