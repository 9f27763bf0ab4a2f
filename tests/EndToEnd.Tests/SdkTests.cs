using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>SDKs that nobody here wrote, unchanged from npm, send to a running server.</summary>
public sealed class SdkTests
{
    private const int EventCount = 5_000;

    [Theory]
    [InlineData("segment.mjs")]
    [InlineData("rudder.mjs")]
    public async Task Sdk_SendsEvents_EachCanBeQueriedExactlyOnce(string script)
    {
        var node = Tool.Need("node");
        var sdks = await Sdks.InstallAsync();
        using var data = await DataDirectory.PreparedAsync();
        await using var server = await ServerProcess.StartAsync(data.Path, "serve");
        using var client = new Client(server.Url);
        var sent = await Sdks.SendAsync(node, sdks, script, server.Url, EventCount);
        await client.AssertEachOnceAsync(sent, EventCount);
    }

    /// <summary>
    /// The key may send 50 events a second, so a batch of 200 is paid for in four seconds, and whoever comes earlier gets 429.
    /// </summary>
    [Theory]
    [InlineData("segment.mjs")]
    [InlineData("rudder.mjs")]
    public async Task Sdk_ThatIsTooFast_WaitsAndDeliversEachOnce(string script)
    {
        const int count = 1_000;
        var node = Tool.Need("node");
        var sdks = await Sdks.InstallAsync();
        using var data = await DataDirectory.PreparedAsync();
        await using var server = await ServerProcess.StartAsync(
            new ServerLaunch(data.Path, "serve") { Environment = KeySettings.Rate(eventsPerSecond: 50, burst: 1) });
        using var client = new Client(server.Url);
        var start = DateTime.UtcNow;
        var sent = await Sdks.SendAsync(node, sdks, script, server.Url, count);
        var took = DateTime.UtcNow - start;

        await client.AssertEachOnceAsync(sent, count);
        var refused = await client.RefusedAsync("rate_limited");
        TestContext.Current.TestOutputHelper?.WriteLine($"{script}: {refused} times 429, all delivered after {took.TotalSeconds:0.0} s");
        Assert.True(refused > 0, "The server never answered with 429.");
        // What went through is paid for, by waiting before or after: batches that came before any was read had a turn for one event each.
        var debt = await RetryAfterAsync(server);
        Assert.True(took + debt > TimeSpan.FromSeconds(15), $"{count} events went through in {took}, and the key has to wait for {debt} then.");
    }

    /// <summary>How long the key has to wait for its next event; zero if not at all.</summary>
    private static async Task<TimeSpan> RetryAfterAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Url}/v1/track");
        request.Headers.Add("X-Api-Key", TestKeys.Write);
        request.Content = new StringContent("""{"event":"One More","userId":"u1"}""");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
    }
}
