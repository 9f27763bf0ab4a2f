using Dapper;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LifecycleMetrics.Ingest.Tests.Outcomes;

/// <summary>Counts of what became of events, in the real ClickHouse: each event once, whatever happens.</summary>
[Collection(EngineTests.Name)]
public sealed class OutcomeTests(EngineFixture engine) : IAsyncLifetime
{
    private const string Sum = "select sum(event_count) from ingest_outcome final";
    private readonly TempDirectory _directory = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await engine.CreateDatabaseAsync(views: false);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Counts_OfRequestsAndImports_AreByKeySourceAndReason()
    {
        await using var server = await StartAsync();
        await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1"), Some.Track("m1"), """{"type":"track","userId":"u1"}"""));
        using var file = new StringContent(Some.Track("m2") + "\n{broken\n" + Some.Track("m1") + "\n");
        await server.PostAsync("/v1/import", file);

        await _database.Writer.BecomesAsync(Sum, 6);
        await _database.Writer.BecomesAsync($"{Sum} where outcome = 'accepted' and key_id = 'shop' and source = 'web'", 2);
        await _database.Writer.BecomesAsync($"{Sum} where outcome = 'duplicate' and reason = ''", 2);
        await _database.Writer.BecomesAsync($"{Sum} where outcome = 'rejected' and reason = 'missing_event'", 1);
        await _database.Writer.BecomesAsync($"{Sum} where outcome = 'rejected' and reason = 'invalid_json'", 1);
    }

    [Fact]
    public async Task Counts_OfATrustedKey_AreByTheSourceAnEventNames_AcceptedOrNot()
    {
        await using var server = await StartAsync();
        const string ofCrm = """{"type":"track","event":"Thing Done","messageId":"c1","userId":"u1","context":{"source":"crm"}}""";
        const string nameless = """{"type":"track","userId":"u1","context":{"source":"crm"}}""";
        await server.PostAsync("/v1/batch", Some.Batch(ofCrm, ofCrm, nameless, Some.Track("m1"), "7"), IngestServer.TrustedKey);
        // Any other key's events stay under its own source.
        await server.PostAsync("/v1/batch", Some.Batch(ofCrm.Replace("c1", "c2", StringComparison.Ordinal)));

        await _database.Writer.BecomesAsync(Sum, 6);
        await using var connection = await _database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var counts = await connection.QueryAsync<string>(
            "select concatWithSeparator(' ', key_id, source, outcome, reason, event_count) as c from ingest_outcome final order by c");
        Assert.Equal(
            [
                "import crm accepted  1", "import crm duplicate  1", "import crm rejected missing_event 1",
                "import import accepted  1", "import import rejected not_an_object 1", "shop web accepted  1",
            ],
            counts);
    }

    [Fact]
    public async Task Counts_AcrossRestarts_AreAddedUp_AndThoseAtStopAreNotLost()
    {
        for (var run = 0; run < 3; run++)
        {
            await using var server = await StartAsync(interval: "00:10:00"); // only the stop writes
            await server.PostAsync("/v1/batch", Some.Batch(Enumerable.Range(0, 5).Select(n => Some.Track($"m{run}-{n}"))));
            await server.StopAsync();
        }

        Assert.Equal(15, await _database.Writer.CountAsync(Sum));
    }

    [Fact]
    public async Task Counts_WhileClickHouseIsAway_AreKept_AndWrittenOnceByTheNextRun()
    {
        await _database.Writer.ExecuteAsync("rename table ingest_outcome to hidden");
        await using (var server = await StartAsync())
        {
            await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1"), Some.Track("m2")));
            await server.StopAsync();
        }

        Assert.True(File.Exists(Path.Combine(_directory.Path, "ingest-outcomes.json")));
        await _database.Writer.ExecuteAsync("rename table hidden to ingest_outcome");
        await using var next = await StartAsync();
        await next.PostAsync("/v1/batch", Some.Batch(Some.Track("m3")));
        await _database.Writer.BecomesAsync(Sum, 3);
        await next.StopAsync();
        Assert.Equal(3, await _database.Writer.CountAsync(Sum));
        Assert.False(File.Exists(Path.Combine(_directory.Path, "ingest-outcomes.json")));
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("[{}]")]
    public async Task Counts_OfAnEarlierRun_ThatCannotBeRead_StopNothing(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "ingest-outcomes.json"), text, TestContext.Current.CancellationToken);
        await using var server = await StartAsync();
        await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1")));

        await _database.Writer.BecomesAsync(Sum, 1);
        Assert.False(server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Counts_ThatCanBeKeptNowhere_StopNothing()
    {
        await _database.Writer.ExecuteAsync("rename table ingest_outcome to hidden");
        Directory.CreateDirectory(Path.Combine(_directory.Path, "ingest-outcomes.json.new")); // no file can be written there
        await using var server = await StartAsync(interval: "00:10:00"); // only the stop writes
        await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1")));
        await server.StopAsync();
    }

    private Task<IngestServer> StartAsync(string interval = "00:00:00.020") =>
        IngestServer.StartAsync(_directory.Path, _database.Writer, settings => settings["Ingest:OutcomeInterval"] = interval);
}
