using Dapper;
using LifecycleMetrics.Storage.Schema;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Storage.Tests.Schema;

/// <summary>Scripts that carry rows of before over into tables of another shape.</summary>
public sealed class RowsMigrationTests(EngineFixture engine)
{
    private const string CountsByBatch = "0230_received_count_by_batch";
    private const string TablesForViews = "0240_tables_for_views";
    private const string IsMachine = "0260_touchpoint_is_machine";
    private const string RestatedByModelVersion = "0280_restated_value_by_model_version";
    private const string Sums =
        """
        select toString(tuple(*))
        from (select received_quarter, source, key_id, columns('_(count|ms)$') apply sum from received_count group by all)
        order by 1
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Migrate_CountsOfBefore_GoToTheirSegments_AndStayWhatTheyWere(bool isBrokenOff)
    {
        await using var database = await CreateBeforeAsync(CountsByBatch);
        await StoreAsync(database, first: 0, segment: 7);
        await StoreAsync(database, first: 100, segment: 8);
        await ExecuteAsync(database, "alter table touchpoint delete where event_id = 'event 5' settings mutations_sync = 2");
        var before = await QueryAsync(database, Sums);
        // As a run that died behind its second statement.
        if (isBrokenOff)
            foreach (var statement in StatementSplitter.Split(SqlFiles.Migrations().Single(file => file.Name == CountsByBatch).Text).Take(2))
                await ExecuteAsync(database, statement);

        await Migrations(database).ApplyAsync(SqlFiles.Migrations(), Cancelled);

        Assert.Equal(before, await QueryAsync(database, Sums));
        const string bySegment = "select concat(toString(batch_id), ' ', toString(sum(event_count))) from received_count group by batch_id having sum(event_count) != 0 order by batch_id";
        Assert.Equal(["0 1", "7 99", "8 100"], await QueryAsync(database, bySegment));
        await StoreAsync(database, first: 200, segment: 8);
        Assert.Equal(["0 1", "7 99", "8 200"], await QueryAsync(database, bySegment));
    }

    /// <summary>Readers need not wait for the refresh to write the tables anew.</summary>
    [Fact]
    public async Task Migrate_CalendarAndModelsOfBefore_AreThereForViews()
    {
        await using var database = await CreateBeforeAsync(TablesForViews);
        await ExecuteAsync(
            database,
            """
            insert into report_calendar (calendar_no, grain, calendar_date, period_start, period_end, period_no, is_closed, week_start)
            select no, 'day', toDate('2026-01-01') + number as day, day, day + 1, number, number < no, 1
            from (select arrayJoin([1, 2]) as no, arrayJoin(range(no + 1)) as number)
            """);
        await ExecuteAsync(
            database,
            """
            insert into lifecycle_model (model_id, model_version, is_published, stages.stage_id, stages.ordinal, stages.phase, stages.label_en, stages.label_es,
                stages.label_it, stages.label_pt, stages.lapse_after_days, stages.convert_within_days, stages.is_after_lapse)
            select concat('m', toString(number)), 1, number = 1, ['lapsed', 'reach', 'buy'], [0, 1, 2], names, names, names, names, names, [0, 180, 90], [0, 0, 30], [false, false, false]
            from (select number, ['l', 'r', 'b'] as names from numbers(2))
            """);

        await Migrations(database).ApplyAsync(SqlFiles.Migrations(), Cancelled);

        Assert.Equal(["2026-01-01 true", "2026-01-02 true", "2026-01-03 false"], await QueryAsync(database, "select concat(toString(calendar_date), ' ', toString(is_closed)) from report_calendar order by calendar_date"));
        Assert.Equal(["day 3 true"], await QueryAsync(database, "select concat(grain, ' ', toString(period_count), ' ', toString(periods[2].3)) from report_grain"));
        Assert.Equal(["m1 lapsed 0", "m1 reach 180", "m1 buy 90"], await QueryAsync(database, "select concat(model_id, ' ', stage_id, ' ', toString(lapse_after_days)) from lifecycle_stage order by ordinal"));
        Assert.Equal(
            ["end buy lapsed 90", "lifecycle reach buy 30", "step reach buy 30"],
            await QueryAsync(database, "select concat(kind, ' ', from_stage, ' ', to_stage, ' ', toString(window_days)) from lifecycle_transition order by kind"));
    }

    /// <summary>Whether the background has come to them or not.</summary>
    [Fact]
    public async Task Migrate_OpeningsOfBefore_ByMachines_AreToldApart()
    {
        await using var database = await CreateBeforeAsync(IsMachine);
        const string openings =
            """
            insert into touchpoint (event_id, event, subject_key, occurred_at, received_at, time_basis, source, properties)
            select
                concat({when:String}, ' ', tupleElement(opening, 1)), tupleElement(opening, 2), 'u:1', now64(3), now64(3), 'explicit', 'web', tupleElement(opening, 3)
            from
            (
                select arrayJoin([
                    ('person', 'Email Opened', '{"email_id":"m1"}'), ('no', 'Email Opened', '{"is_machine":false}'), ('opening', 'Email Opened', '{"is_machine":true}'),
                    ('click', 'Email Clicked', '{"is_machine":1}'), ('text', 'Email Clicked', '{"is_machine":"true"}'), ('order', 'Order Completed', '{"is_machine":true}')
                ]) as opening
            )
            """;
        await ExecuteAsync(database, openings.Replace("{when:String}", "'before'", StringComparison.Ordinal));

        await Migrations(database).ApplyAsync(SqlFiles.Migrations(), Cancelled);

        await ExecuteAsync(database, openings.Replace("{when:String}", "'after'", StringComparison.Ordinal));
        Assert.Equal(
            ["after click", "after opening", "after text", "before click", "before opening", "before text"],
            await QueryAsync(database, "select event_id from touchpoint where is_machine order by event_id"));
    }

    [Fact]
    public async Task Migrate_RestatedValuesOfBefore_AreKept_AndVersionsOfAModelStandApartFromThenOn()
    {
        await using var database = await CreateBeforeAsync(RestatedByModelVersion);
        await PutAsync(version: 1, value: 2, at: "2026-02-02 00:00:00");
        const string columns = "select concat(name, ' ', type, ' ', comment) from system.columns where database = currentDatabase() and table = 'restated_value' order by position";
        var before = await QueryAsync(database, columns);

        await Migrations(database).ApplyAsync(SqlFiles.Migrations(), Cancelled);

        Assert.Equal(before, await QueryAsync(database, columns));
        await PutAsync(version: 2, value: 5, at: "2026-02-03 00:00:00");
        const string values = "select concat(toString(published_model_version), ' ', toString(value)) from restated_value final order by published_model_version";
        Assert.Equal(["1 2", "2 5"], await QueryAsync(database, values));
        await PutAsync(version: 1, value: 3, at: "2026-02-03 00:00:00");
        Assert.Equal(["1 3", "2 5"], await QueryAsync(database, values));

        Task PutAsync(int version, int value, string at) => ExecuteAsync(
            database,
            $"""
            insert into restated_value (publication_id, published_at, view_name, metric, model_id, published_model_version, published_value, value, checked_at)
            values ('2026-01', '2026-02-01 08:00:00', 'kpi_stage_entries', 'stage_entries', 'm', {version}, 1, {value}, '{at}')
            """);
    }

    private async Task<TestDatabase> CreateBeforeAsync(string name)
    {
        var database = await engine.CreateDatabaseAsync(migrated: false);
        await Migrations(database).ApplyAsync([.. SqlFiles.Migrations().Where(file => string.CompareOrdinal(file.Name, name) < 0)], Cancelled);
        return database;
    }

    private static TableMigrations Migrations(TestDatabase database) =>
        new(database.Writer, new MigrationLog(database.Writer, TimeProvider.System), NullLogger.Instance);

    private static Task StoreAsync(TestDatabase database, int first, int segment) => ExecuteAsync(
        database,
        $"""
        insert into touchpoint (event_id, event, subject_key, user_id, occurred_at, received_at, time_basis, source, key_id, country, is_test, batch_id, batch_seq)
        select
            concat('event ', toString(number)), if(number % 3 = 0, 'Order Completed', 'Page Viewed'), 'u:1', if(number % 4 = 0, '1', ''),
            now64(3) - interval number hour, now64(3) - interval number minute, 'explicit', if(number % 2 = 0, 'web', 'app'), 'key',
            if(number % 5 = 0, 'DE', ''), number % 7 = 0, {segment}, number
        from numbers({first}, 100)
        """);

    private static async Task<IReadOnlyList<string>> QueryAsync(TestDatabase database, string sql)
    {
        await using var connection = database.Writer.CreateConnection();
        return [.. await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: Cancelled))];
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = database.Writer.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancelled));
    }
}
