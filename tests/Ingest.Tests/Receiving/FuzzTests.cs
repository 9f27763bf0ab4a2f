using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

/// <summary>Whatever is sent, the answer is 200 with counts that add up, or 400; never an unhandled fault.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Bodies = 2_000;
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("bytes")]
    [InlineData("mutations")]
    [InlineData("events")]
    public async Task AnyBody_IsTakenOrRefused_NeverAFault(string kind)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        var bodies = (kind switch
        {
            "bytes" => RandomBytes(),
            "mutations" => MutatedBatches(),
            _ => RandomEvents().Select(events => Encoding.UTF8.GetBytes(Some.Batch(events))),
        }).Sample(Bodies, 30);

        long accepted = 0;
        foreach (var body in bodies)
        {
            var (status, answer) = await server.PostAsync("/v1/batch", new ByteArrayContent(body));
            var shown = Convert.ToBase64String(body);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{status} for {shown}");
            if (status != HttpStatusCode.OK)
            {
                Assert.NotEmpty(answer.GetProperty("error").GetProperty("code").GetString()!);
                continue;
            }

            accepted += answer.GetProperty("accepted").GetInt64();
            Assert.Equal(answer.GetProperty("rejected").GetInt32(), answer.GetProperty("errors").GetArrayLength());
        }

        // Every accepted event can be read back, every line of the dead letters is JSON.
        Assert.Equal(accepted, RowReader.ReadDirectory(_directory.Spool).Count);
        _directory.ReadDeadLetters();
        if (kind == "events")
            Assert.InRange(accepted, 1, long.MaxValue);
    }

    [Fact]
    public async Task Counts_AddUpToWhatWasSent()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        foreach (var events in RandomEvents().Sample(500, 30))
        {
            var (status, answer) = await server.PostAsync("/v1/batch", Some.Batch(events));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(
                events.Length,
                answer.GetProperty("accepted").GetInt32() + answer.GetProperty("rejected").GetInt32() + answer.GetProperty("duplicates").GetInt32());
        }
    }

    private static Gen<byte[]> RandomBytes() => ArbMap.Default.GeneratorFor<byte[]>();

    private static Gen<byte[]> MutatedBatches() =>
        from events in RandomEvents()
        let body = Encoding.UTF8.GetBytes(Some.Batch(events))
        from flips in Gen.Choose(1, 4)
        from places in Gen.Choose(0, Math.Max(0, body.Length - 1)).ListOf(flips)
        from values in Gen.Choose(0, 255).ListOf(flips)
        select Mutated(body, places, values);

    private static byte[] Mutated(byte[] body, List<int> places, List<int> values)
    {
        var copy = body.ToArray();
        for (var i = 0; i < places.Count; i++)
            copy[places[i]] = (byte)values[i];
        return copy;
    }

    private static Gen<string[]> RandomEvents()
    {
        var names = Gen.Elements(
            "type", "event", "userId", "anonymousId", "messageId", "previousId", "groupId", "timestamp", "originalTimestamp",
            "sentAt", "properties", "traits", "context", "name", "category", "revenue", "currency", "campaign", "page", "address", "score");
        var texts = Gen.Elements(
            "\"track\"", "\"page\"", "\"identify\"", "\"alias\"", "\"u1\"", "\"Order Completed\"", "\"\"", "\"null\"", "\"\\ud83d\"", "\"\\ud83d\\ude00\"",
            "\"\\u0000\"", "\"2026-01-02T03:04:05Z\"", "\"2026-99-02\"", "\"EUR\"", "\"12.5\"", "null", "true", "0", "-1", "1e999", "1e-400", "12.50",
            "99999999999999999999", "\"é✓\"", "\"\\\"\\\\\\n\"");
        var value = Gen.Sized(size => Value(Math.Min(size, 4), names, texts));
        var member = from name in names from content in value select $"\"{name}\":{content}";
        var good = from id in Gen.Choose(0, 50) select $"\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\",\"messageId\":\"{id}\"";
        var item = from start in Gen.OneOf(good, Gen.Constant("\"a\":1")) from rest in member.ListOf() select $"{{{string.Join(',', rest.Prepend(start))}}}";
        return Gen.OneOf(item, value).ArrayOf();
    }

    private static Gen<string> Value(int depth, Gen<string> names, Gen<string> texts)
    {
        if (depth == 0)
            return texts;
        var inner = Value(depth - 1, names, texts);
        var member = from name in names from content in inner select $"\"{name}\":{content}";
        return Gen.OneOf(
            texts,
            from members in member.ListOf() select $"{{{string.Join(',', members)}}}",
            from items in inner.ListOf() select $"[{string.Join(',', items)}]");
    }
}
