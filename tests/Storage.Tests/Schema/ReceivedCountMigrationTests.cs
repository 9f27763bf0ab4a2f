using Dapper;
using LifecycleMetrics.Storage.Schema;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Storage.Tests.Schema;

/// <summary>0230 gives counts to the spool segments their events came from.</summary>
public sealed class ReceivedCountMigrationTests(EngineFixture engine)
{
    private const string Name = "0230_received_count_by_batch";
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
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        var migrations = new TableMigrations(database.Writer, new MigrationLog(database.Writer, TimeProvider.System), NullLogger.Instance);
        var files = SqlFiles.Migrations();
        await migrations.ApplyAsync([.. files.Where(file => string.CompareOrdinal(file.Name, Name) < 0)], Cancelled);
        await StoreAsync(database, first: 0, segment: 7);
        await StoreAsync(database, first: 100, segment: 8);
        await ExecuteAsync(database, "alter table touchpoint delete where event_id = 'event 5' settings mutations_sync = 2");
        var before = await QueryAsync(database, Sums);
        // As a run that died behind its second statement.
        if (isBrokenOff)
            foreach (var statement in StatementSplitter.Split(files.Single(file => file.Name == Name).Text).Take(2))
                await ExecuteAsync(database, statement);

        await migrations.ApplyAsync(files, Cancelled);

        Assert.Equal(before, await QueryAsync(database, Sums));
        const string bySegment = "select concat(toString(batch_id), ' ', toString(sum(event_count))) from received_count group by batch_id having sum(event_count) != 0 order by batch_id";
        Assert.Equal(["0 1", "7 99", "8 100"], await QueryAsync(database, bySegment));
        await StoreAsync(database, first: 200, segment: 8);
        Assert.Equal(["0 1", "7 99", "8 200"], await QueryAsync(database, bySegment));
    }

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
