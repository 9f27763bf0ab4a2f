using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

/// <summary>
/// Whatever is sent, the answer is 200 with counts that add up, or 400, or a refused key; never an unhandled fault. 17,000 requests to all
/// paths; the ones that fail are shown whole.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const int Requests = 2_000;
    private const int MaxBodyDepth = 1_000;

    private static readonly string[] Paths =
    [
        "batch", "b", "track", "t", "identify", "i", "page", "p", "screen", "s", "group", "g", "alias", "a",
    ];

    private readonly TempDirectory _directory = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 });
    private long _accepted;
    private long _rejected;
    private long _malformed;

    public void Dispose()
    {
        _client.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("mutations")]
    [InlineData("events")]
    [InlineData("truncated")]
    [InlineData("compressed")]
    [InlineData("encodings")]
    [InlineData("nesting")]
    [InlineData("headers")]
    public async Task AnyRequest_IsTakenOrRefused_AndAccountedFor(string kind)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        foreach (var request in RequestsOf(kind).Sample(Requests, 30))
            await SendAsync(server, request);

        // Every accepted event can be read back, every refused one is a line of the dead letters.
        Assert.Equal(_accepted, RowReader.ReadDirectory(_directory.Spool).Count);
        Assert.Equal(_rejected, _directory.ReadDeadLetters().Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{Requests} requests: {_accepted} events accepted, {_rejected} rejected, {_malformed} requests refused whole"));
        if (kind is not ("bytes" or "truncated"))
            Assert.InRange(_accepted, 1, long.MaxValue);
        if (kind is not "events")
            Assert.InRange(_malformed, 1, long.MaxValue);
    }

    /// <summary>Costs go to ClickHouse at once; here it is away, so a body that is right is answered with 429.</summary>
    [Fact]
    public async Task AnyCosts_AreRefusedOrWait_NeverAFault()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var counts = new Dictionary<HttpStatusCode, int>();
        foreach (var body in FuzzBodies.Costs().Sample(1_000, 30))
        {
            using var content = new ByteArrayContent(body);
            var (status, answer) = await server.PostAsync("/v1/costs", content);
            Assert.True(
                status is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests
                    || (status == HttpStatusCode.OK && answer.GetProperty("accepted").GetInt32() == 0),
                $"{status} {answer} for {Convert.ToBase64String(body)}");
            counts[status] = counts.GetValueOrDefault(status) + 1;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests], counts.Keys.Order());
    }

    private static Gen<Sent> RequestsOf(string kind) => kind switch
    {
        "bytes" => On(ArbMap.Default.GeneratorFor<byte[]>()),
        "mutations" => On(from body in FuzzBodies.Batches() from changed in FuzzBodies.Mutated(body) select changed),
        "events" => On(FuzzBodies.Batches(), Gen.Elements("batch", "b")),
        "truncated" => On(from body in FuzzBodies.Batches() from length in Gen.Choose(0, body.Length - 1) select body[..length]),
        "compressed" =>
            from encoding in Gen.Elements("gzip", "deflate", "br")
            from path in Gen.Elements(Paths)
            from whole in FuzzBodies.Batches()
            let compressed = FuzzBodies.Compressed(whole, encoding)
            from damaged in Gen.OneOf(Gen.Constant(compressed), FuzzBodies.Mutated(compressed), FuzzBodies.CutOrContinued(compressed))
            select new Sent(path, damaged, [("Content-Encoding", encoding)]),
        "encodings" =>
            from label in Gen.Elements("gzip", "deflate", "br", "zstd", "identity", "gzip, br", "", "x-gzip", "GZIP", "\u00e9", "compress;q=1")
            from path in Gen.Elements(Paths)
            from whole in FuzzBodies.Batches()
            from body in FuzzBodies.InSomeCharset(whole)
            select new Sent(path, body, [("Content-Encoding", label)]),
        "nesting" => On(FuzzBodies.Nested()),
        _ =>
            from path in Gen.Elements(Paths)
            from body in FuzzBodies.Batches()
            from count in Gen.Choose(0, 3)
            from headers in FuzzBodies.HeaderNoise().ListOf(count)
            select new Sent(path, body, [.. headers]),
    };

    private static Gen<Sent> On(Gen<byte[]> bodies, Gen<string>? paths = null) =>
        from path in paths ?? Gen.Elements(Paths)
        from body in bodies
        select new Sent(path, body, []);

    private async Task SendAsync(IngestServer server, Sent sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Client.BaseAddress!, $"/v1/{sent.Path}")) { Content = new ByteArrayContent(sent.Body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(IngestServer.Key + ":")));
        foreach (var (name, value) in sent.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var events = EventsOf(sent);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            _malformed++;
            var mayRefuseKey = sent.Headers.Any(header => header.Name is "Authorization" or "X-Api-Key" or "Origin");
            var isKeyRefused = mayRefuseKey && (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest || isKeyRefused, $"{response.StatusCode} {text} for {sent}");
            Assert.True(events is null || mayRefuseKey || text.Length == 0, $"{text} for a body that is right: {sent}");
            // Kestrel itself refuses a header that is no UTF-8, and says nothing.
            if (text.Length == 0)
                Assert.Contains(sent.Headers, header => !Ascii.IsValid(header.Value));
            else
                Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString()!);
            return;
        }

        var answer = JsonDocument.Parse(text).RootElement;
        var (accepted, rejected, duplicates) = (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32(), answer.GetProperty("duplicates").GetInt32());
        Assert.True(events == accepted + rejected + duplicates, $"{events} events sent, {text} for {sent}");
        Assert.Equal(rejected, answer.GetProperty("errors").GetArrayLength());
        _accepted += accepted;
        _rejected += rejected;
    }

    // What the request says, by the runtime's own parser; null if it can't be used as a whole.
    private static int? EventsOf(Sent sent)
    {
        try
        {
            var encoding = sent.Headers.FirstOrDefault(header => header.Name == "Content-Encoding").Value ?? "";
            var body = FuzzBodies.Decompressed(sent.Body, encoding);
            // A byte order mark is taken for what it is.
            var json = body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? body.AsMemory(Encoding.UTF8.Preamble.Length) : body;
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxBodyDepth });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            if (sent.Path is not ("batch" or "b"))
                return 1;
            var isUsable = root.TryGetProperty("batch", out var batch) && batch.ValueKind == JsonValueKind.Array
                && (!root.TryGetProperty("context", out var context) || context.ValueKind == JsonValueKind.Object);
            return isUsable ? batch.GetArrayLength() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or NotSupportedException or IOException)
        {
            return null;
        }
    }

    private sealed record Sent(string Path, byte[] Body, (string Name, string Value)[] Headers)
    {
        public override string ToString() => $"/v1/{Path} {string.Join("; ", Headers)} {Convert.ToBase64String(Body)}";
    }
}
