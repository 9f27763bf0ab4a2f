using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Limits;

/// <summary>The bounds of a sender and of the server, over HTTP.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyAboveItsRate_Is429UntilItHasPaid_AndOthersGoOn(bool keyInHeader)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:Keys:0:MaxEventsPerSecond"] = "10";
            settings["Ingest:Keys:0:BurstEvents"] = "5";
        });
        using var refusals = new Refusals(server);
        Assert.Equal(HttpStatusCode.OK, (await BatchAsync(server, keyInHeader, "a", 20)).Status);
        var (status, code, retryAfter) = await BatchAsync(server, keyInHeader, "b", 20);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited", "2"), (status, code, retryAfter)); // 15 in debt, and one more to come
        Assert.Equal([("rate_limited", "shop")], refusals.Counted);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/batch", Some.Batch(Some.Track("c")), IngestServer.TrustedKey)).Status);

        await Task.Delay(TimeSpan.FromSeconds(int.Parse(retryAfter!, CultureInfo.InvariantCulture)), Cancelled);
        Assert.Equal(HttpStatusCode.OK, (await BatchAsync(server, keyInHeader, "b", 20)).Status);
        Assert.Equal(41, RowReader.ReadDirectory(_directory.Spool).Count);
    }

    [Fact]
    public async Task BodiesOverTheReadingRoom_Are429_UntilOthersAreDone()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:MaxEventBytes"] = "1024";
            settings["Ingest:MaxBatchBytes"] = "10000";
            settings["Ingest:MaxReadingBytes"] = "40000";
        });
        var room = server.Services.GetRequiredService<ReadingRoom>();
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 4; i++)
                slow.Add(await StartRequestAsync(server, $"Authorization: Bearer {IngestServer.Key}\r\n", contentLength: 10_000));
            await UntilAsync(() => room.Taken == 40_000);
            var (status, answer) = await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")));
            Assert.Equal((HttpStatusCode.TooManyRequests, "busy"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }

        await UntilAsync(() => room.Taken == 0);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")))).Status);
        Assert.Equal(0, room.Taken);
    }

    [Fact]
    public async Task SendersWithoutAKey_DoNotShutOutThoseWithOne()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:MaxEventBytes"] = "1024";
            settings["Ingest:MaxBatchBytes"] = "10000";
            settings["Ingest:MaxReadingBytes"] = "40000";
        });
        var room = server.Services.GetRequiredService<ReadingRoom>();
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 10; i++)
                slow.Add(await StartRequestAsync(server, "", contentLength: 10_000));
            await UntilAsync(() => room.Taken == 20_000);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")), key: null)).Status);
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")))).Status);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData(10_000, 1_677, true)]
    [InlineData(10_000, 1_678, false)]
    [InlineData(400_000, 1, true)] // refused for its size, with its context once
    public async Task ContextOfABatch_ThatTakesTooMuchWithItsEvents_Is400_AndNothingIsStored(int context, int events, bool isTaken)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var text = $$"""{"a":"{{new string('x', context - 8)}}"}""";
        var (status, answer) = await server.PostAsync(
            "/v1/batch", $$"""{"context":{{text}},"batch":[{{string.Join(',', Enumerable.Repeat("{}", events))}}]}""");
        if (isTaken)
        {
            Assert.Equal((HttpStatusCode.OK, events), (status, answer.GetProperty("rejected").GetInt32()));
            Assert.Equal(events, _directory.ReadDeadLetters().Count);
            return;
        }

        Assert.Equal((HttpStatusCode.BadRequest, "context_too_large"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
        Assert.Empty(_directory.ReadDeadLetters());
        Assert.Empty(RowReader.ReadDirectory(_directory.Spool));
    }

    [Theory]
    [InlineData(500L, null, 500)]
    [InlineData(500L, "gzip", 10_500)]
    [InlineData(null, null, 10_000)]
    [InlineData(99_999_999L, null, 10_000)] // refused by its length, before it is read
    [InlineData(0L, null, 1)]
    public void ShareOfABody_IsTheMostItCanTake(long? length, string? encoding, long expected)
    {
        var room = new ReadingRoom(new IngestOptions { MaxBatchBytes = 10_000, MaxReadingBytes = 40_000 });
        var request = new DefaultHttpContext().Request;
        request.ContentLength = length;
        if (encoding is not null)
            request.Headers.ContentEncoding = encoding;
        Assert.Equal(expected, room.TryEnter(request, isKnown: true));
    }

    private static async Task<(HttpStatusCode Status, string? Code, string? RetryAfter)> BatchAsync(
        IngestServer server, bool keyInHeader, string name, int events)
    {
        var batch = string.Join(',', Enumerable.Range(0, events).Select(i => Some.Track($"{name}{i}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent($$"""{"batch":[{{batch}}],"writeKey":"{{IngestServer.Key}}"}"""),
        };
        if (keyInHeader)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.Key);
        using var response = await server.Client.SendAsync(request, Cancelled);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled)).RootElement;
        return (
            response.StatusCode,
            answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null,
            response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
    }

    // The body begins and does not go on.
    private static async Task<TcpClient> StartRequestAsync(IngestServer server, string headers, int contentLength)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, Cancelled);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /v1/batch HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {contentLength}\r\n\r\n{{"), Cancelled);
        return client;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition() && DateTime.UtcNow < deadline)
            await Task.Delay(10, Cancelled);
        Assert.True(condition());
    }
}
