using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

public sealed class IngestEndpointTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("track")]
    [InlineData("t")]
    [InlineData("identify")]
    [InlineData("i")]
    [InlineData("page")]
    [InlineData("p")]
    [InlineData("screen")]
    [InlineData("s")]
    [InlineData("group")]
    [InlineData("g")]
    [InlineData("alias")]
    [InlineData("a")]
    public async Task Single_IsTakenAsTheCallOfItsPath(string path)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (status, answer) = await server.PostAsync(
            $"/v1/{path}", """{"event":"x","userId":"u","groupId":"g","previousId":"p","messageId":"m"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, 1, 0, 0), Counts(answer));
        Assert.StartsWith(path, (string?)Assert.Single(RowReader.ReadDirectory(_directory.Spool))["type"]);
    }

    [Fact]
    public async Task ZlibHeaderThatAsksForADictionary_Is400()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        using var content = new ByteArrayContent([0x78, 0x20, 0, 0, 0, 0, 0, 0]);
        content.Headers.ContentEncoding.Add("deflate");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = content };
        request.Headers.Add("X-Api-Key", IngestServer.Key);

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid_encoding", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/batch")]
    [InlineData("/v1/b")]
    public async Task Batch_TakesTheGoodAndNamesTheBad(string path)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (status, answer) = await server.PostAsync(
            path, Some.Batch(Some.Track("1"), """{"type":"track","userId":"u",  "n":1}""", Some.Track("2"), Some.Track("1")));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, 2, 1, 1), Counts(answer));
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((1, "missing_event"), (error.GetProperty("index").GetInt32(), error.GetProperty("reason").GetString()));
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(["1", "2"], RowReader.ReadDirectory(_directory.Spool).Select(row => row["event_id"]));
        var dead = Assert.Single(_directory.ReadDeadLetters());
        Assert.Equal(("missing_event", "shop"), (dead.GetProperty("reason").GetString(), dead.GetProperty("key_id").GetString()));
        Assert.Equal("""{"type":"track","userId":"u",  "n":1}""", dead.GetProperty("event").GetRawText());
    }

    [Fact]
    public async Task TwoBatchesInOneBody_AreBothTaken()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (status, answer) = await server.PostAsync("/v1/batch", $$"""{"batch":[{{Some.Track("a")}}],"batch":[{{Some.Track("b")}},{}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task Single_ThatIsInvalid_IsAnsweredWithCounts()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (status, answer) = await server.PostAsync("/v1/track", """{"event":"x"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, 0, 1, 0), Counts(answer));
    }

    [Fact]
    public async Task Resend_IsCountedAsDuplicate_AlsoAfterARestart()
    {
        var body = Some.Batch(Some.Track("1"), Some.Track("2"));
        await using (var server = await IngestServer.StartAsync(_directory.Path))
        {
            Assert.Equal((true, 2, 0, 0), Counts((await server.PostAsync("/v1/batch", body)).Answer));
            Assert.Equal((true, 0, 0, 2), Counts((await server.PostAsync("/v1/batch", body)).Answer));
            await server.StopAsync();
        }

        await using var second = await IngestServer.StartAsync(_directory.Path);
        Assert.Equal((true, 1, 0, 2), Counts((await second.PostAsync("/v1/batch", Some.Batch(Some.Track("1"), Some.Track("2"), Some.Track("3")))).Answer));
        Assert.Equal(["1", "2", "3"], RowReader.ReadDirectory(_directory.Spool).Select(row => row["event_id"]));
    }

    [Fact]
    public async Task SameEvent_SentAtTheSameTime_IsTakenOnce()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var body = Some.Batch(Enumerable.Range(0, 50).Select(i => Some.Track($"m{i}")));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.PostAsync("/v1/batch", body)));
        Assert.Equal(50, answers.Sum(answer => answer.Answer.GetProperty("accepted").GetInt32()));
        Assert.Equal(750, answers.Sum(answer => answer.Answer.GetProperty("duplicates").GetInt32()));
        Assert.Equal(50, RowReader.ReadDirectory(_directory.Spool).Count);
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("{", "invalid_json")]
    [InlineData("""{"batch":[]} trailing""", "invalid_json")]
    [InlineData("""{"batch":[{"a":01}]}""", "invalid_json")]
    [InlineData("[]", "invalid_body")]
    [InlineData("{}", "invalid_body")]
    [InlineData("""{"batch":{}}""", "invalid_body")]
    [InlineData("""{"batch":[],"context":[]}""", "invalid_body")]
    public async Task BrokenBody_Is400(string body, string code)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (status, answer) = await server.PostAsync("/v1/batch", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task BatchOverTheLimits_Is400()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var many = await server.PostAsync("/v1/batch", Some.Batch(Enumerable.Repeat("{}", 2_501)));
        Assert.Equal((HttpStatusCode.BadRequest, "too_many_events"), (many.Status, Code(many.Answer)));
        var large = await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")) + new string(' ', 500 * 1024));
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (large.Status, Code(large.Answer)));
        var inflated = await server.PostAsync("/v1/batch", Compressed("gzip", Some.Batch(Some.Track("1")) + new string(' ', 500 * 1024)));
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (inflated.Status, Code(inflated.Answer)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BodyWithinItsLimit_IsTaken_ThoughKestrelWouldNotByItself(bool inChunks)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: s => s["Ingest:MaxBatchBytes"] = "32000000");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent(Some.Batch(Some.Track("1")) + new string('\n', 31_000_000)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.Key);
        request.Headers.TransferEncodingChunked = inChunks;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    public async Task CompressedBody_IsRead(string encoding)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var (_, answer) = await server.PostAsync("/v1/batch", Compressed(encoding, Some.Batch(Some.Track("1"))));
        Assert.Equal((true, 1, 0, 0), Counts(answer));
    }

    [Theory]
    [InlineData("gzip", "invalid_encoding")]
    [InlineData("br", "invalid_encoding")]
    [InlineData("deflate", "invalid_encoding")]
    [InlineData("zstd", "unsupported_encoding")]
    [InlineData("gzip, gzip", "unsupported_encoding")]
    public async Task BodyNotInItsEncoding_Is400(string encoding, string code)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var content = new ByteArrayContent([0xFE, .. "this is not compressed"u8]);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        var (status, answer) = await server.PostAsync("/v1/batch", content);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, Code(answer)));
    }

    [Theory]
    [InlineData("Authorization", "Basic key:")]
    [InlineData("Authorization", "Basic :key")]
    [InlineData("Authorization", "Bearer key")]
    [InlineData("X-Api-Key", "key")]
    [InlineData("", "body")]
    public async Task Key_IsReadFromAnyPlace(string header, string value)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var body = value == "body" ? $$"""{"event":"x","userId":"u","writeKey":"{{IngestServer.Key}}"}""" : """{"event":"x","userId":"u"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent(body) };
        value = value.Replace("key", IngestServer.Key);
        if (value.StartsWith("Basic ", StringComparison.Ordinal))
            value = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(value[6..]));
        if (header.Length > 0)
            request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task WrongOrMissingKey_Is401()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var missing = await server.PostAsync("/v1/track", """{"event":"x","userId":"u"}""", key: null);
        Assert.Equal((HttpStatusCode.Unauthorized, "missing_key"), (missing.Status, Code(missing.Answer)));
        var wrong = await server.PostAsync("/v1/track", """{"event":"x","userId":"u"}""", key: "lm_write_shop_guess");
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_key"), (wrong.Status, Code(wrong.Answer)));
        var inBody = await server.PostAsync("/v1/track", """{"event":"x","userId":"u","writeKey":"lm_write_shop_guess"}""", key: null);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_key"), (inBody.Status, Code(inBody.Answer)));
        Assert.Empty(RowReader.ReadDirectory(_directory.Spool));
        Assert.Empty(_directory.ReadDeadLetters());
    }

    [Fact]
    public async Task FullSpool_Is429WithWholeSeconds()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:Spool:SegmentBytes"] = "65536";
            settings["Ingest:Spool:MaxBytes"] = "131072";
            settings["Ingest:Spool:RetryAfter"] = "00:00:01.500";
        });
        HttpStatusCode status;
        var sent = 0;
        do
        {
            (status, _) = await server.PostAsync("/v1/batch", Some.Batch(Enumerable.Range(0, 100).Select(i => Some.Track($"{sent}-{i}"))));
            sent++;
        }
        while (status == HttpStatusCode.OK && sent < 100);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new StringContent(Some.Batch(Some.Track("late"))) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.Key);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("2", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal((sent - 1) * 100, RowReader.ReadDirectory(_directory.Spool).Count);
    }

    [Theory]
    [InlineData("/v1/batch")]
    [InlineData("/v1/costs")]
    public async Task BodyThatStops_Is429_BecauseSdksDropTheEventsOn408(string path)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        using var refusals = new Refusals(server);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {IngestServer.Key}\r\nContent-Length: 1000\r\n\r\n{{"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 429 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([("slow_body", "shop")], refusals.Counted);
    }

    [Fact]
    public async Task SenderThatGoesAway_LeavesTheServerWell()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        for (var i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {IngestServer.Key}\r\nContent-Length: 1000\r\n\r\n{{"),
                TestContext.Current.CancellationToken);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        Assert.Equal((true, 1, 0, 0), Counts((await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1")))).Answer));
    }

    [Fact]
    public async Task SecondServer_OnTheSameDirectory_DoesNotStart()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var e = await Assert.ThrowsAsync<IOException>(() => IngestServer.StartAsync(_directory.Path));
        Assert.Contains("in use by another server", e.Message, StringComparison.Ordinal);
    }

    private static (bool, int, int, int) Counts(JsonElement answer) => (
        answer.GetProperty("success").GetBoolean(),
        answer.GetProperty("accepted").GetInt32(),
        answer.GetProperty("rejected").GetInt32(),
        answer.GetProperty("duplicates").GetInt32());

    private static string? Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetString();

    private static ByteArrayContent Compressed(string encoding, string text)
    {
        using var to = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(to, CompressionMode.Compress, leaveOpen: true),
            "br" => new BrotliStream(to, CompressionMode.Compress, leaveOpen: true),
            "deflate" => new ZLibStream(to, CompressionMode.Compress, leaveOpen: true),
            _ => new DeflateStream(to, CompressionMode.Compress, leaveOpen: true),
        })
            stream.Write(Encoding.UTF8.GetBytes(text));
        var content = new ByteArrayContent(to.ToArray());
        content.Headers.ContentEncoding.Add(encoding.Split(' ')[^1]);
        return content;
    }
}
