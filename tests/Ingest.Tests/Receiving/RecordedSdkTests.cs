using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

/// <summary>Bodies as unchanged SDKs send them, with their ways of naming content and key.</summary>
public sealed class RecordedSdkTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task SegmentNode_JsonWithKeyInHeaderAndBody()
    {
        var rows = await TakeAsync("segment-node-batch.json", content => content, "application/json", basic: true);
        Assert.Equal(["identify", "track", "track", "page", "screen", "group", "alias"], rows.Select(row => row["type"]));
        Assert.Equal("Unïcode ✓", rows[2]["event"]);
        Assert.Equal((1250L, "EUR", "o-1", "spring"), (rows[1]["revenue_minor"], rows[1]["currency"], rows[1]["order_id"], rows[1]["campaign"]));
        Assert.Equal("anon-1", rows[6]["previous_id"]);
        Assert.Equal("g1", rows[5]["account_id"]);
    }

    [Fact]
    public async Task RudderNode_GzipUnderAFormContentType_KeepsItsBackDatedTimestamp()
    {
        var rows = await TakeAsync("rudder-node-batch.json", Gzip, "application/x-www-form-urlencoded", basic: true);
        Assert.Equal(["track", "track", "page", "screen", "group", "alias"], rows.Select(row => row["type"]));
        Assert.Equal(Some.Ms("2026-01-02T03:04:05Z"), rows[0]["occurred_at"]);
        Assert.Equal(1, rows[0]["time_basis"]);
        Assert.Equal("a:anon-1", rows[1]["subject_key"]);
        Assert.Contains("\"name\":\"Main\"", (string?)rows[3]["properties"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SegmentBrowser_TextWithKeyInBodyOnly()
    {
        var rows = await TakeAsync("segment-browser-batch.json", content => content, "text/plain", basic: false);
        Assert.Equal(["identify", "track", "page", "screen"], rows.Take(4).Select(row => row["type"]));
        Assert.All(rows, row => Assert.Equal(("spring", "google"), (row["campaign"], row["campaign_source"])));
    }

    [Fact]
    public async Task SegmentBrowser_SinglesOnTheirShortPaths()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var requests = JsonNode.Parse(await ReadAsync("segment-browser-single.json"))!.AsArray();
        foreach (var request in requests)
        {
            using var content = new StringContent(request!["body"]!.ToJsonString(), Encoding.UTF8, "text/plain");
            var (status, answer) = await server.PostAsync((string)request["path"]!, content);
            Assert.Equal((HttpStatusCode.OK, 1), (status, answer.GetProperty("accepted").GetInt32()));
        }

        Assert.Equal(requests.Count, RowReader.ReadDirectory(_directory.Spool).Count);
    }

    private static async Task<string> ReadAsync(string name) => (await File.ReadAllTextAsync(
        Path.Combine(AppContext.BaseDirectory, "Receiving", "Sdks", name), TestContext.Current.CancellationToken))
        .Replace("testWriteKey123", IngestServer.Key, StringComparison.Ordinal)
        .Replace("wkBrowser", IngestServer.Key, StringComparison.Ordinal);

    private static byte[] Gzip(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionMode.Compress))
            gzip.Write(bytes);
        return to.ToArray();
    }

    private async Task<List<Dictionary<string, object?>>> TakeAsync(
        string name, Func<byte[], byte[]> encode, string contentType, bool basic)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var body = await ReadAsync(name);
        var sent = encode(Encoding.UTF8.GetBytes(body));
        using var content = new ByteArrayContent(sent);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (sent[0] == 0x1F)
            content.Headers.ContentEncoding.Add("gzip");
        var (status, answer) = await server.PostAsync("/v1/batch", content, basic ? IngestServer.Key : null);
        Assert.Equal(HttpStatusCode.OK, status);
        var events = JsonDocument.Parse(body).RootElement.GetProperty("batch").GetArrayLength();
        Assert.Equal((events, 0), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        return RowReader.ReadDirectory(_directory.Spool);
    }
}
