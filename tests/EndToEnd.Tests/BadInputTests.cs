using System.Net;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>Bad input gets a clear answer, and nothing else is affected.</summary>
public sealed class BadInputTests(BadInputTests.Server server) : IClassFixture<BadInputTests.Server>
{
    private const string Good = """{"userId":"ana","event":"Product Viewed","messageId":"MESSAGE"}""";

    [Fact]
    public async Task BrokenJson_Is400AndSaysWhere()
    {
        var (status, body) = await server.Client.PostAsync("/v1/batch", """{"batch":[{"userId":"ana" "event":"x"}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("json", body.GetRawText(), StringComparison.OrdinalIgnoreCase);
        await AssertStillServesAsync("after-broken-json");
    }

    [Theory]
    [InlineData("no-such-key")]
    [InlineData("lm_write_e2e_wrong-secret")]
    [InlineData(TestKeys.Read)]
    public async Task UnknownOrWrongKey_Is401AndTakesNothing(string key)
    {
        var (status, _) = await server.Client.PostAsync("/v1/track", Good.Replace("MESSAGE", $"key-{key}", StringComparison.Ordinal), key);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        await AssertStillServesAsync($"after-{key}");
        Assert.Equal(0, await server.Client.CountAsync("Touchpoints", $"EventId eq 'key-{key}'"));
    }

    [Fact]
    public async Task UnknownReadKey_Is401WithABasicChallenge()
    {
        using var stranger = new Client(server.Url, readKey: "lm_read_e2e_wrong");

        var (status, body) = await stranger.GetAsync("/odata/Customers");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain("wrong", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventOverTheLimit_IsRejectedWithAReason()
    {
        var large = Good.Replace("MESSAGE", "too-large", StringComparison.Ordinal)
            .Replace("\"userId\"", $"\"properties\":{{\"text\":\"{new string('x', 40_000)}\"}},\"userId\"", StringComparison.Ordinal);

        var (status, body) = await server.Client.PostAsync("/v1/batch", $$"""{"batch":[{{large}},{{Good.Replace("MESSAGE", "beside-large", StringComparison.Ordinal)}}]}""".Replace("\"userId\"", "\"type\":\"track\",\"userId\"", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((1, 1), (body.GetProperty("accepted").GetInt32(), body.GetProperty("rejected").GetInt32()));
        Assert.Equal("event_too_large", body.GetProperty("errors")[0].GetProperty("reason").GetString());
        await server.Client.WaitForCountAsync("Touchpoints", "EventId eq 'beside-large'", 1);
    }

    [Fact]
    public async Task BatchOfGoodAndBad_TakesTheGoodAndNamesTheBad()
    {
        var (status, body) = await server.Client.PostAsync("/v1/batch", """
            {"batch":[
              {"type":"track","userId":"ana","event":"Product Viewed","messageId":"mixed-1"},
              {"type":"track","event":"Product Viewed","messageId":"mixed-2"},
              {"type":"track","userId":"null","event":"Product Viewed","messageId":"mixed-3"},
              {"type":"track","userId":"ana","messageId":"mixed-4"},
              {"type":"nonsense","userId":"ana","messageId":"mixed-5"},
              {"type":"page","anonymousId":"a1","messageId":"mixed-6"}
            ]}
            """);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 4, 0), (body.GetProperty("accepted").GetInt32(), body.GetProperty("rejected").GetInt32(), body.GetProperty("duplicates").GetInt32()));
        Assert.Equal([1, 2, 3, 4], body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("index").GetInt32()));
        await server.Client.WaitForCountAsync("Touchpoints", "startswith(EventId,'mixed-')", 2);
    }

    [Fact]
    public async Task SameMessageAgain_IsADuplicateAndStaysOne()
    {
        var first = await server.Client.PostAsync("/v1/track", Good.Replace("MESSAGE", "twice", StringComparison.Ordinal));
        var second = await server.Client.PostAsync("/v1/track", Good.Replace("MESSAGE", "twice", StringComparison.Ordinal));

        Assert.Equal(1, first.Body.GetProperty("accepted").GetInt32());
        Assert.Equal((0, 1), (second.Body.GetProperty("accepted").GetInt32(), second.Body.GetProperty("duplicates").GetInt32()));
        await server.Client.WaitForCountAsync("Touchpoints", "EventId eq 'twice'", 1);
    }

    [Theory]
    [InlineData("Customers?$filter=Nonsense eq 1", HttpStatusCode.BadRequest, "Nonsense")]
    [InlineData("Customers?$filter=", HttpStatusCode.BadRequest, "$filter")]
    [InlineData("Customers?$orderby=OrderCont", HttpStatusCode.BadRequest, "OrderCount")]
    [InlineData("Customers?$nonsense=1", HttpStatusCode.BadRequest, "nonsense")]
    [InlineData("Nonsense", HttpStatusCode.NotFound, "Nonsense")]
    public async Task UnknownInOData_IsAnErrorThatNamesIt(string query, HttpStatusCode expected, string named)
    {
        var (status, body) = await server.Client.GetAsync($"/odata/{query}");

        Assert.Equal(expected, status);
        Assert.Contains(named, body, StringComparison.Ordinal);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
    }

    private async Task AssertStillServesAsync(string messageId)
    {
        var (status, body) = await server.Client.PostAsync("/v1/track", Good.Replace("MESSAGE", messageId, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, body.GetProperty("accepted").GetInt32());
        await server.Client.WaitForCountAsync("Touchpoints", $"EventId eq '{messageId}'", 1);
    }

    /// <summary>One server for all of these tests: each must leave it as it was.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private readonly DataDirectory _data = new();
        private ServerProcess? _process;
        private Client? _client;

        internal Client Client => _client!;

        internal string Url => _process!.Url;

        public async ValueTask InitializeAsync()
        {
            await _data.PrepareAsync();
            _process = await ServerProcess.StartAsync(_data.Path, "serve");
            _client = new Client(_process.Url);
        }

        public async ValueTask DisposeAsync()
        {
            _client?.Dispose();
            if (_process is not null) await _process.DisposeAsync();
            _data.Dispose();
        }
    }
}
