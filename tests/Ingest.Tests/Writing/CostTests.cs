using System.Net;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Ingest.Tests.Writing;

[Collection(EngineTests.Name)]
public sealed class CostTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await engine.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("""[{"date":"2026-01-31","channel":"paid_search","campaign":"spring","cost":12.345,"currency":"EUR"}]""", "web", 1235)]
    [InlineData("""{"costs":[{"date":"2026-01-31","source":"ads","channel":"paid_search","campaign":"spring","cost":12,"currency":"jpy"}]}""", "ads", 12)]
    public async Task Costs_AreStored_WhenTheAnswerComes(string body, string source, long minor)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, _database.Writer);
        var (status, answer) = await server.PostAsync("/v1/costs", body);
        Assert.Equal((HttpStatusCode.OK, 1), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal(1, await _database.Writer.CountAsync(
            $"select count() from campaign_cost where cost_date = '2026-01-31' and source = '{source}' and channel = 'paid_search' and campaign = 'spring' and cost_minor = {minor}"));
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
