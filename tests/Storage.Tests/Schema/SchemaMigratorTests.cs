using ClickHouse.Data;
using Dapper;
using LifecycleMetrics.Storage.Schema;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Storage.Tests.Schema;

public sealed class SchemaMigratorTests(EngineFixture engine)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_FreshDatabase_MakesEveryTableAndView()
    {
        await using var database = await engine.CreateDatabaseAsync();

        var views = await QueryAsync<string>(database.Writer, "select name from system.tables where database = currentDatabase() and engine = 'View'");
        var files = SqlFiles.Views().Select(v => v.Name);

        Assert.Equal(files.Order(StringComparer.Ordinal), views.Order(StringComparer.Ordinal));
        Assert.Contains("touchpoint", await QueryAsync<string>(database.Writer, "show tables"));
    }

    [Fact]
    public async Task Migrate_Again_AppliesNothingTwice()
    {
        await using var database = await engine.CreateDatabaseAsync();
        var before = await QueryAsync<string>(database.Writer, "select toString((name, statement_no, started_at)) from schema_migration final order by all");

        await database.MigrateAsync();

        Assert.Equal(before, await QueryAsync<string>(database.Writer, "select toString((name, statement_no, started_at)) from schema_migration final order by all"));
    }

    [Fact]
    public async Task Migrate_NothingToDo_NeedsNoLock()
    {
        await using var database = await engine.CreateDatabaseAsync();
        var held = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        await ExecuteAsync(database.Writer, $"create table schema_lock (n UInt8) engine = Memory comment '{held}'");

        await database.MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    // As a backup that is restored beside the original; the tests' databases are such copies.
    [Fact]
    public async Task Migrate_CopyUnderAnotherName_LeavesItsViewsAlone()
    {
        await using var one = await engine.CreateDatabaseAsync();
        await using var other = await engine.CreateDatabaseAsync();
        const string made = "select toString(made_at) from schema_view_state order by made_at";

        Assert.Equal(
            Assert.Single(await QueryAsync<string>(one.Writer, made)),
            Assert.Single(await QueryAsync<string>(other.Writer, made)));
    }

    [Theory]
    [InlineData("drop view dim_metric")]
    [InlineData("create or replace view dim_metric as select 1 as one")]
    [InlineData("create view kpi_of_before as select 1 as one")]
    [InlineData("alter table schema_view_state update files_sha256 = 'of an older version' where 1 settings mutations_sync = 2")]
    public async Task Migrate_ViewsAreNotAsTheFilesSay_ReplacesThem(string change)
    {
        await using var database = await engine.CreateDatabaseAsync();
        const string definitions = "select concat(name, create_table_query) from system.tables where database = currentDatabase() and engine = 'View' order by name";
        var before = await QueryAsync<string>(database.Writer, definitions);
        await ExecuteAsync(database.Writer, change);

        await database.MigrateAsync();

        Assert.Equal(before, await QueryAsync<string>(database.Writer, definitions));
        Assert.Equal([1L], await QueryAsync<long>(database.Writer, "select toInt64(count()) from schema_view_state final where files_sha256 not like 'of%'"));
    }

    [Fact]
    public async Task Lock_OfARunnerThatWorksLongerThanTheLease_IsKept()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        var lease = TimeSpan.FromSeconds(1.5);
        var first = await new MigrationLock(database.Writer, TimeProvider.System, lease).AcquireAsync(Cancelled);
        var second = new MigrationLock(database.Writer, TimeProvider.System, lease).AcquireAsync(Cancelled);

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(lease * 2, Cancelled)));
        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Migrate_TwoAtOnce_OneWaitsForTheOther()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);

        await Task.WhenAll(database.MigrateAsync(), database.MigrateAsync());

        Assert.Empty(await QueryAsync<string>(database.Writer, "select name from system.tables where database = currentDatabase() and name = 'schema_lock'"));
    }

    [Fact]
    public async Task Migrate_RunnerDiedWithTheLock_GoesOnWhenTheLeaseIsOver()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        await ExecuteAsync(database.Writer, "create table schema_lock (n UInt8) engine = Memory comment '1'");

        await database.MigrateAsync();

        Assert.Contains("touchpoint", await QueryAsync<string>(database.Writer, "show tables"));
    }

    [Fact]
    public async Task Migrate_RunnerDiedBetweenStatementAndLog_GoesOnBehindIt()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await ExecuteAsync(database.Writer, "create table intent as schema_migration");
        await ExecuteAsync(database.Writer, "insert into intent select * replace (null as finished_at, 1 as written_no) from schema_migration final where name = '0002_identity_link' and statement_no = 2");
        await ExecuteAsync(database.Writer, "alter table schema_migration delete where name = '0002_identity_link' and statement_no = 2 settings mutations_sync = 2");
        await ExecuteAsync(database.Writer, "insert into schema_migration select * from intent");

        await database.MigrateAsync();

        Assert.Equal([0L], await QueryAsync<long>(database.Writer, "select toInt64(count()) from schema_migration final where finished_at is null"));
    }

    [Fact]
    public async Task Migrate_NewerDatabase_IsRefused()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await ExecuteAsync(database.Writer, "insert into schema_migration values ('9999_future', 1, 'x', now(), now(), 2)");

        var e = await Assert.ThrowsAsync<SchemaException>(() => database.MigrateAsync());

        Assert.Contains("9999_future", e.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FileChangedAfterwards_IsRefused()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        var migrations = new TableMigrations(database.Writer, new MigrationLog(database.Writer, TimeProvider.System), NullLogger.Instance);
        await migrations.ApplyAsync([new SqlFile("sql/1_tables/0001_a.sql", "create table a (x Int8) engine = Memory")], Cancelled);

        var e = await Assert.ThrowsAsync<SchemaException>(
            () => migrations.ApplyAsync([new SqlFile("sql/1_tables/0001_a.sql", "create table a (x Int16) engine = Memory")], Cancelled));

        Assert.Contains("was changed after it was applied", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_StatementFails_NamesFileAndStatementAndGoesOnThereNextTime()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        var migrations = new TableMigrations(database.Writer, new MigrationLog(database.Writer, TimeProvider.System), NullLogger.Instance);
        var file = new SqlFile("sql/1_tables/0001_a.sql", "create table a (x Int8) engine = Memory; insert into a select throwIf((select count() from b) = 0)");
        await ExecuteAsync(database.Writer, "create table b (x Int8) engine = Memory");

        var e = await Assert.ThrowsAsync<SchemaException>(() => migrations.ApplyAsync([file], Cancelled));
        await ExecuteAsync(database.Writer, "insert into b values (1)");
        await migrations.ApplyAsync([file], Cancelled);

        Assert.StartsWith("sql/1_tables/0001_a.sql, statement 2:", e.Message, StringComparison.Ordinal);
        Assert.Equal([1L], await QueryAsync<long>(database.Writer, "select toInt64(count()) from a"));
    }

    [Theory]
    [InlineData(StorageUser.Dashboards)]
    [InlineData(StorageUser.OData)]
    public async Task Readers_ReadEveryPublishedViewAndNothingElse(StorageUser user)
    {
        await using var database = await engine.CreateDatabaseAsync();
        var reader = user == StorageUser.OData ? database.OData : database.Dashboards;

        foreach (var view in SqlFiles.Views())
        {
            if (view.IsPublished)
                await QueryAsync<long>(reader, $"select toInt64(count()) from {view.Name}");
            else
                Assert.Equal(497, (await Assert.ThrowsAsync<ClickHouseException>(() => QueryAsync<long>(reader, $"select toInt64(count()) from {view.Name}"))).ServerCode);
        }
    }

    [Fact]
    public async Task Views_CarryTheirCommentsAndKeys()
    {
        await using var database = await engine.CreateDatabaseAsync();
        var view = SqlFiles.Views().First(v => v.IsPublished);

        var comment = await QueryAsync<string>(database.OData, $"select comment from system.tables where database = currentDatabase() and name = '{view.Name}'");
        var columns = await QueryAsync<string>(database.OData, $"select name from system.columns where database = currentDatabase() and table = '{view.Name}' and comment = ''");

        Assert.Equal([view.Comment], comment);
        Assert.Empty(columns);
    }

    [Fact]
    public async Task ReportSettings_AreWhatTheConfigurationSays()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        await database.MigrateAsync(new ReportSettings { TimeZone = "Europe/Madrid", WeekStart = DayOfWeek.Sunday, Currency = "EUR", MarginShare = 0.4, AsOf = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) });

        Assert.Equal(
            ["Europe/Madrid 7 EUR 0.4 2026-01-31 00:00:00.000"],
            await QueryAsync<string>(database.Writer, "select concat(time_zone, ' ', toString(week_start), ' ', currency, ' ', toString(margin_share), ' ', toString(as_of)) from report_setting final"));
    }

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(ClickHouseDataSource source, string sql)
    {
        await using var connection = source.CreateConnection();
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: Cancelled))];
    }

    private static async Task ExecuteAsync(ClickHouseDataSource source, string sql)
    {
        await using var connection = source.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Cancelled));
    }
}
