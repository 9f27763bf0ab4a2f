using System.Net;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Ingest.Tests.Writing;

[Collection(EngineTests.Name)]
public sealed class CostTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await engine.CreateDatabaseAsync(views: false);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("""[{"date":"2026-01-31","channel":"paid_search","campaign":"spring","cost":12.345,"currency":"EUR"}]""", IngestServer.Key, "web", 1235)]
    [InlineData("""[{"date":"2026-01-31","source":"web","channel":"paid_search","campaign":"spring","cost":1,"currency":"EUR"}]""", IngestServer.Key, "web", 100)]
    [InlineData("""{"costs":[{"date":"2026-01-31","source":"ads","channel":"paid_search","campaign":"spring","cost":12,"currency":"jpy"}]}""", IngestServer.TrustedKey, "ads", 12)]
    public async Task Costs_AreStored_WhenTheAnswerComes(string body, string key, string source, long minor)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await server.PostAsync("/v1/costs", body, key);
        Assert.Equal((HttpStatusCode.OK, 1), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal(1, await _database.Writer.CountAsync(
            $"select count() from campaign_cost where cost_date = '2026-01-31' and source = '{source}' and channel = 'paid_search' and campaign = 'spring' and cost_minor = {minor}"));
    }

    [Fact]
    public async Task ForeignSource_OfAKeyThatIsNotTrusted_Is400_AndNothingIsStored()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        const string own = """{"date":"2026-01-31","channel":"c","campaign":"x","cost":1,"currency":"EUR"}""";
        var (status, answer) = await server.PostAsync("/v1/costs", $"[{own},{own.Replace("{", """{"source":"ads",""", StringComparison.Ordinal)}]");
        Assert.Equal((HttpStatusCode.BadRequest, "source_refused"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
        (status, answer) = await PostCsvAsync(server, "date,source,channel,campaign,cost\n2026-01-31,,c,x,1\n2026-01-31,ads,c,x,1\n");
        Assert.Equal((HttpStatusCode.BadRequest, "source_refused"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(0, await _database.Writer.CountAsync("select count() from campaign_cost"));
    }

    [Fact]
    public async Task Costs_CountAgainstTheRateOfTheirKey()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer, settings =>
        {
            settings["Ingest:Keys:0:MaxEventsPerSecond"] = "1";
            settings["Ingest:Keys:0:BurstEvents"] = "5";
        });
        const string body = """[{"date":"2026-01-31","channel":"c","campaign":"x","cost":1,"currency":"EUR"},7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]""";
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/costs", body)).Status);
        var (status, answer) = await server.PostAsync("/v1/costs", body);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/costs", body, IngestServer.TrustedKey)).Status);
    }

    [Fact]
    public async Task SameDayAgain_ReplacesTheAmount()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        foreach (var cost in (int[])[10, 20, 20])
            await server.PostAsync("/v1/costs", $$"""[{"date":"2026-01-31","channel":"c","campaign":"x","cost":{{cost}},"currency":"EUR"}]""");
        Assert.Equal(2000, await _database.Writer.CountAsync("select sum(cost_minor) from campaign_cost final"));
    }

    [Fact]
    public async Task GoodCosts_AreTaken_AndTheBadNamed()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (_, answer) = await server.PostAsync(
            "/v1/costs",
            """
            [{"date":"2026-01-31","channel":"c","campaign":"x","cost":1,"currency":"EUR"}, 7, {"date":"31.1.2026","cost":1},
             {"date":"2026-01-31","cost":"1"}, {"date":"2026-01-31","cost":1,"currency":"EURO"}, {"date":"2026-01-31","cost":1,"channel":5}]
            """);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(
            ["not_an_object", "date_invalid", "cost_invalid", "currency_unknown", "text_invalid"],
            answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Csv_IsStored_AndBadLinesAreNamedByTheirNumber()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await PostCsvAsync(server, "\uFEFF" + """
            Date,source,channel,campaign,cost,currency
            2026-01-31,,paid_search,spring,12.345,EUR
            2026-01-31,ads,"paid, social","the ""big"" one",1e2,jpy

            31.01.2026,,c,x,1,EUR
            2026-01-31,,c,x,"1,5",EUR
            2026-01-31,,c,x,1
            2026-01-31,,c,"x"y,1,EUR
            2026-01-31,,c,"two
            lines",2,
            2026-01-31,,c,"never closed,1,EUR
            2026-02-01,,c,after,3,EURO
            2026-02-01,,c,after,4,EUR
            """.ReplaceLineEndings("\r\n"), IngestServer.TrustedKey);

        Assert.Equal((HttpStatusCode.OK, 4, 6), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal(
            [
                (2, 5, "date_invalid"), (3, 6, "cost_invalid"), (4, 7, "columns_invalid"), (5, 8, "quote_invalid"),
                (7, 11, "quote_open"), (8, 12, "currency_unknown"),
            ],
            answer.GetProperty("errors").EnumerateArray().Select(error =>
                (error.GetProperty("index").GetInt32(), error.GetProperty("line").GetInt32(), error.GetProperty("reason").GetString())));
        await using var connection = await _database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var stored = await Dapper.SqlMapper.QueryAsync<string>(
            connection,
            "select concat(toString(cost_date), '|', source, '|', channel, '|', campaign, '|', toString(cost_minor), '|', currency) from campaign_cost order by all");
        Assert.Equal(
            [
                "2026-01-31|ads|paid, social|the \"big\" one|100|JPY",
                "2026-01-31|import|c|two\nlines|200|USD",
                "2026-01-31|import|paid_search|spring|1235|EUR",
                "2026-02-01|import|c|after|400|EUR",
            ],
            stored);
    }

    [Theory]
    [InlineData("", "invalid_header")]
    [InlineData("2026-01-31,web,c,x,1,EUR", "invalid_header")]
    [InlineData("date,channel,campaign,cost,curency\n", "invalid_header")]
    [InlineData("date,channel,campaign\n", "invalid_header")]
    [InlineData("date,date,channel,campaign,cost\n", "invalid_header")]
    [InlineData("date;channel;campaign;cost\n", "invalid_header")]
    public async Task CsvWithoutItsHeader_Is400(string body, string code)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await PostCsvAsync(server, body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task CsvOverTheLimitOrNotUtf8_Is400()
    {
        await using var server = await IngestServer.StartAsync(
            _directory.Path, _database.Writer, settings => settings["Ingest:MaxBatchEvents"] = "2");
        var lines = string.Concat(Enumerable.Repeat("2026-01-31,c,x,1\n", 3));
        var (_, answer) = await PostCsvAsync(server, "date,channel,campaign,cost\n" + lines);
        Assert.Equal("too_many_events", answer.GetProperty("error").GetProperty("code").GetString());

        using var latin = new ByteArrayContent([.. "date,channel,campaign,cost\n2026-01-31,c,M"u8, 0xFC, .. "sli,1"u8]);
        latin.Headers.ContentType = new("text/csv");
        Assert.Equal("invalid_utf8", (await server.PostAsync("/v1/costs", latin)).Answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, await _database.Writer.CountAsync("select count() from campaign_cost"));
    }

    [Fact]
    public async Task HalfASurrogatePair_InANameOrAText_SpoilsNothing()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await server.PostAsync(
            "/v1/costs", """[{"\ud800":1},{"\ud83d":1,"date":"2026-01-31","channel":"c","campaign":"cut \ud83d","cost":1,"currency":"EUR"}]""");
        Assert.Equal(
            (HttpStatusCode.OK, 1, 1), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal(1, await _database.Writer.CountAsync("select count() from campaign_cost where campaign = 'cut \uFFFD'"));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostCsvAsync(IngestServer server, string body, string key = IngestServer.Key)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/csv");
        return await server.PostAsync("/v1/costs", content, key);
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("7", "invalid_body")]
    public async Task BrokenBody_Is400(string body, string code)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await server.PostAsync("/v1/costs", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ClickHouseDown_Is429_AndAWrongKey401()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        const string cost = """[{"date":"2026-01-31","channel":"c","campaign":"x","cost":1,"currency":"EUR"}]""";
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.PostAsync("/v1/costs", cost)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync("/v1/costs", cost, "wrong")).Status);
    }
}
