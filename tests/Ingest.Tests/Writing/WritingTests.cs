using System.Net;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.DeadLettering;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Writing;

/// <summary>From HTTP to the table, with the real engine. Rows are counted without FINAL: a row stored twice shows.</summary>
[Collection(EngineTests.Name)]
public sealed class WritingTests(EngineFixture engine) : IAsyncLifetime
{
    private const string Rows = "select count() from touchpoint";
    private readonly TempDirectory _directory = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await engine.CreateDatabaseAsync(views: false);
        // What is stored twice must stay visible, and not be merged away behind the test's back.
        await _database.Writer.ExecuteAsync("system stop merges touchpoint");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Event_IsStored_WithEveryColumn()
    {
        await using var server = await StartAsync();
        await server.PostAsync(
            "/v1/track",
            """
            {"event":"Order Completed","messageId":"m-1","userId":"u1","anonymousId":"a1","timestamp":"2026-01-02T03:04:05.678Z",
             "properties":{"order_id":"o-1","revenue":12.34,"currency":"eur","cost":4.5,"channel":"email","score":9.5},
             "context":{"campaign":{"name":"spring","source":"google","medium":"cpc"},"country":"fr","is_test":true}}
            """);
        await _database.Writer.BecomesAsync(
            """
            select count() from touchpoint
            where event_id = 'm-1' and type = 'track' and event = 'Order Completed' and subject_key = 'u:u1' and user_id = 'u1'
                and anonymous_id = 'a1' and previous_id = '' and account_id = ''
                and occurred_at = toDateTime64('2026-01-02 03:04:05.678', 3, 'UTC') and sent_at is null and time_basis = 'explicit'
                and abs(dateDiff('second', received_at, now64(3))) < 60 and source = 'web' and channel = 'email'
                and campaign = 'spring' and campaign_source = 'google' and campaign_medium = 'cpc' and referrer = '' and country = 'FR'
                and order_id = 'o-1' and revenue_minor = 1234 and currency = 'EUR' and cost_minor = 450 and score = 9.5
                and JSONExtractFloat(properties, 'revenue') = 12.34 and traits = '{}' and JSONExtractBool(context, 'is_test')
                and not is_bot and not is_internal and is_test and key_id = 'shop' and batch_id > 0 and batch_seq = 0
            """,
            1);
        await _database.Writer.BecomesAsync("select count() from identity_link where alias_key = 'a:a1' and subject_key = 'u:u1'", 1);
    }

    [Fact]
    public async Task ManyRequests_AreStoredOnce_AndTheSpoolIsEmptyAfterStop()
    {
        await using (var server = await StartAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.PostAsync("/v1/batch", Batch(i, 50))));
            await server.StopAsync();
        }

        Assert.Equal(2_000, await _database.Writer.CountAsync(Rows));
        Assert.Equal(2_000, await _database.Writer.CountAsync("select uniqExact(batch_id, batch_seq) from touchpoint"));
        Assert.Empty(Directory.GetFiles(_directory.Spool, "*.segment"));
    }

    [Fact]
    public async Task EventsThatComeSoonAfterAnInsert_WaitAndShareTheNext()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer, settings =>
        {
            settings["Ingest:Writer:InsertShare"] = "0.001";
            settings["Ingest:Writer:MaxDelay"] = "00:00:03";
        });
        await server.PostAsync("/v1/batch", Batch(0, 10));
        await _database.Writer.BecomesAsync(Rows, 10);

        for (var number = 1; number <= 5; number++)
            await server.PostAsync("/v1/batch", Batch(number, 10));
        await _database.Writer.BecomesAsync(Rows, 60);

        Assert.Equal(2, await _database.Writer.CountAsync("select uniqExact(inserted_at) from touchpoint"));
        var waited = await _database.Writer.CountAsync("select max(dateDiff('millisecond', received_at, inserted_at)) from touchpoint");
        Assert.True(waited >= 3_000, $"The first of them waited {waited} ms.");
    }

    [Fact]
    public async Task EventsTakenWhileClickHouseIsDown_AreStoredWhenItIsBack()
    {
        var (source, network) = Lossy();
        network.IsDown = true;
        await using var server = await StartAsync(source);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/batch", Batch(0, 10))).Status);
        Assert.False(server.Services.GetRequiredService<IngestReadiness>().IsWriting);
        network.IsDown = false;
        await _database.Writer.BecomesAsync(Rows, 10);
        Assert.True(server.Services.GetRequiredService<IngestReadiness>().IsWriting);
    }

    [Fact]
    public async Task EventsLeftInTheSpool_AreStoredByTheNextStart()
    {
        await using (var server = await IngestServer.StartAsync(_directory.Path))
            await server.PostAsync("/v1/batch", Batch(0, 10));
        await using var next = await StartAsync();
        await next.PostAsync("/v1/batch", Batch(1, 10));
        await _database.Writer.BecomesAsync(Rows, 20);
    }

    [Fact]
    public async Task AnswerLostAfterCommit_StoresNothingTwice()
    {
        var (source, network) = Lossy();
        await using var server = await StartAsync(source);
        network.AnswersToLose = 3;
        await server.PostAsync("/v1/batch", Batch(0, 10));
        await server.PostAsync("/v1/batch", Batch(1, 10));
        await _database.Writer.BecomesAsync(Rows, 20);
        await server.StopAsync();
        Assert.Equal(20, await _database.Writer.CountAsync(Rows));
        Assert.Equal(0, network.AnswersToLose);
    }

    [Theory]
    [InlineData("touchpoint", "event_id like '1-%'")]
    [InlineData("received_count", "1")]
    public async Task RowsLostBehindTheirToken_AreSentUnderANewOne_AndCountOnce(string table, string lost)
    {
        var (source, network) = Lossy();
        await using var server = await StartAsync(source);
        // As when ClickHouse is killed between the two: the record of tokens is there, the rows are not.
        network.AfterLoss = () => _database.Writer.ExecuteAsync($"alter table {table} delete where {lost} settings mutations_sync = 2");
        await _database.Writer.ExecuteAsync("system start merges touchpoint");
        await server.PostAsync("/v1/batch", Batch(0, 10));
        await UntilAsync(server, readiness => readiness is { IsWriting: true, SpoolBytes: 0 });
        network.AnswersToLose = 1;
        await server.PostAsync("/v1/batch", Batch(1, 10));
        await server.StopAsync();
        Assert.Equal(0, network.AnswersToLose);
        Assert.Equal(20, await _database.Writer.CountAsync("select uniqExact(event_id) from touchpoint"));
        Assert.Equal(20, await _database.Writer.CountAsync("select sum(event_count) from received_count"));
    }

    [Theory]
    [InlineData(false, "false")]
    [InlineData(true, "false")]
    [InlineData(true, "batch_seq >= 15")]
    [InlineData(true, "batch_seq in (11, 13)")]
    public async Task CrashWithABlockOnItsWay_StoresNothingTwice_AndNothingLess(bool isPositionLost, string lost)
    {
        var (source, network) = Lossy();
        await using (var server = await StartAsync(source, drain: "00:00:00.100"))
        {
            await server.PostAsync("/v1/batch", Batch(0, 10));
            await UntilAsync(server, readiness => readiness is { IsWriting: true, SpoolBytes: 0 });
            network.AnswersHang = true;
            await server.PostAsync("/v1/batch", Batch(1, 10));
            await _database.Writer.BecomesAsync(Rows, 20);
            await server.PostAsync("/v1/batch", Batch(2, 10));
            await server.StopAsync();
        }

        // As when a block is stored in halves, or in one of its partitions only.
        await _database.Writer.ExecuteAsync("system start merges touchpoint");
        await _database.Writer.ExecuteAsync($"alter table touchpoint delete where {lost} settings mutations_sync = 2");
        Assert.NotEmpty(Directory.GetFiles(_directory.Spool, "*.segment"));
        if (isPositionLost)
            File.Delete(Path.Combine(_directory.Spool, "position"));
        await using var next = await StartAsync();
        await _database.Writer.BecomesAsync(Rows, 30);
        await next.StopAsync();
        Assert.Equal(30, await _database.Writer.CountAsync(Rows));
        Assert.Equal(30, await _database.Writer.CountAsync("select sum(event_count) from received_count"));
        Assert.Empty(Directory.GetFiles(_directory.Spool, "*.segment"));
    }

    [Fact]
    public async Task RowThatClickHouseRefuses_GoesToTheDeadLetters_AndTheOthersAreStored()
    {
        await _database.Writer.ExecuteAsync("alter table touchpoint add constraint no_poison check event_id not like 'poison%'");
        await using var server = await StartAsync();
        await server.PostAsync("/v1/batch", Some.Batch(Enumerable.Range(0, 100).Select(i => Some.Track(i is 17 or 18 or 99 ? $"poison{i}" : $"m{i}"))));
        await server.PostAsync("/v1/batch", Batch(1, 10));
        await _database.Writer.BecomesAsync(Rows, 107);
        var dead = _directory.ReadDeadLetters();
        Assert.Equal(3, dead.Count);
        Assert.All(dead, letter => Assert.Equal("refused_by_clickhouse", letter.GetProperty("reason").GetString()));
        Assert.All(dead, letter => Assert.StartsWith("poison", letter.GetProperty("row").GetProperty("event_id").GetString()));
        Assert.All(dead, letter => Assert.Equal(("shop", "web"), (letter.GetProperty("key_id").GetString(), letter.GetProperty("source").GetString())));
        Assert.Equal(["poison17", "poison18", "poison99"], dead.Select(letter => letter.GetProperty("event").GetProperty("messageId").GetString()));

        await _database.Writer.ExecuteAsync("alter table touchpoint drop constraint no_poison");
        var replayed = await server.Services.GetRequiredService<DeadLetterReplay>().RunAsync(new(), again: false, TestContext.Current.CancellationToken);
        Assert.Equal((3, 3), (replayed.Found, replayed.Accepted));
        await _database.Writer.BecomesAsync(Rows, 110);
        Assert.Equal(3, await _database.Writer.CountAsync("select count() from touchpoint where event_id like 'poison%' and event = 'Thing Done' and user_id = 'u1' and time_basis = 'received'"));
    }

    [Fact]
    public async Task SchemaFault_LosesNoRow()
    {
        await _database.Writer.ExecuteAsync("rename table touchpoint to hidden");
        await using var server = await StartAsync();
        await server.PostAsync("/v1/batch", Batch(0, 10));
        await _database.Writer.ExecuteAsync("rename table hidden to touchpoint");
        await _database.Writer.BecomesAsync(Rows, 10);
        Assert.Empty(_directory.ReadDeadLetters());
    }

    [Fact]
    public async Task Resend_IsRecognised_ByWhatClickHouseHolds()
    {
        await using (var server = await StartAsync())
        {
            await server.PostAsync("/v1/batch", Batch(0, 10));
            await server.StopAsync();
        }

        Directory.Delete(_directory.Spool, recursive: true);
        await using var next = await StartAsync();
        await UntilAsync(next, readiness => readiness.IsWriting);
        var (_, answer) = await next.PostAsync("/v1/batch", Batch(0, 10));
        Assert.Equal(10, answer.GetProperty("duplicates").GetInt32());
        Assert.Equal(10, await _database.Writer.CountAsync(Rows));
    }

    [Fact]
    public async Task Resend_TakenWhileClickHouseIsDown_IsLeftOut()
    {
        await using (var server = await StartAsync())
        {
            await server.PostAsync("/v1/batch", Batch(0, 10));
            await server.StopAsync();
        }

        Directory.Delete(_directory.Spool, recursive: true);
        var (source, network) = Lossy();
        network.IsDown = true;
        await using var next = await StartAsync(source);
        var (_, answer) = await next.PostAsync("/v1/batch", Some.Batch(Some.Track("0-0"), Some.Track("new"), Some.Track("0-9")));
        Assert.Equal(3, answer.GetProperty("accepted").GetInt32());
        network.IsDown = false;
        await _database.Writer.BecomesAsync("select count() from touchpoint where event_id = 'new'", 1);
        await next.StopAsync();
        Assert.Equal(11, await _database.Writer.CountAsync(Rows));
    }

    [Fact]
    public async Task SpoolRemovedFromUnderTheServer_TakesNoMore_AndLosesNothingItTook()
    {
        var (source, network) = Lossy();
        network.IsDown = true;
        await using var server = await StartAsync(source);
        await server.PostAsync("/v1/batch", Batch(0, 10));
        // In one step: deleting it file by file would meet a segment that is just being made ahead.
        Directory.Move(_directory.Spool, _directory.Spool + "-away");

        var taken = 10;
        var number = 0;
        while ((await server.PostAsync("/v1/batch", Batch(++number, 10))).Status is var status && status != HttpStatusCode.TooManyRequests)
        {
            Assert.Equal(HttpStatusCode.OK, status);
            taken += 10;
        }

        var readiness = server.Services.GetRequiredService<IngestReadiness>();
        Assert.False(readiness.HasRoom);
        Assert.True(readiness.IsSpoolGone);

        network.IsDown = false;
        await _database.Writer.BecomesAsync(Rows, taken);
        await server.StopAsync();
        Assert.Equal(taken, await _database.Writer.CountAsync(Rows));
    }

    [Fact]
    public async Task InProcess_TakesTheSamePath()
    {
        await using var server = await StartAsync();
        var ingest = server.Services.GetRequiredService<IIngest>();
        var body = System.Text.Encoding.UTF8.GetBytes(Some.Batch(Some.Track("1"), Some.Track("1"), "{}"));
        var receipt = await ingest.IngestAsync(body, new IngestSource("import", "crm", Trusted: true), TestContext.Current.CancellationToken);
        Assert.Equal((1, 1, 1), (receipt.Accepted, receipt.Rejected, receipt.Duplicates));
        await _database.Writer.BecomesAsync("select count() from touchpoint where source = 'crm' and key_id = 'import'", 1);
        var e = await Assert.ThrowsAsync<IngestFormatException>(() => ingest.IngestAsync("{"u8.ToArray(), new IngestSource("i", "s"), default));
        Assert.Equal("invalid_json", e.Code);
    }

    private static string Batch(int number, int events) =>
        Some.Batch(Enumerable.Range(0, events).Select(i => Some.Track($"{number}-{i}", $"u{i}")));

    private static async Task UntilAsync(IngestServer server, Func<IngestReadiness, bool> condition)
    {
        var readiness = server.Services.GetRequiredService<IngestReadiness>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition(readiness))
            await Task.Delay(20, timeout.Token);
    }

    private Task<IngestServer> StartAsync(ClickHouseDataSource? source = null, string drain = "00:00:20") =>
        IngestServer.StartAsync(_directory.Path, source ?? _database.Writer, settings =>
        {
            settings["Ingest:Writer:DrainTimeout"] = drain;
            settings["Ingest:Writer:MinBackOff"] = "00:00:00.020";
            settings["Ingest:Writer:MaxBackOff"] = "00:00:00.200";
        });

    private (ClickHouseDataSource Source, LossyHandler Network) Lossy()
    {
        var network = new LossyHandler();
        return (new ClickHouseDataSource(_database.ConnectionString(StorageUser.Writer), network), network);
    }
}
