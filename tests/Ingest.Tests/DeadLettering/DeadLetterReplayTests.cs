using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.DeadLettering;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.DeadLettering;

/// <summary>Replays through the real ingest path: what is asserted is what lies in the spool and in the dead letters.</summary>
public sealed class DeadLetterReplayTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Event_RefusedForALimit_IsTakenWhenTheLimitIsRaised_AsReceivedWhenItWas()
    {
        var large = $$$"""{"type":"track","event":"Large","userId":"u1","properties":{"text":"{{{new string('x', 3_000)}}}"}}""";
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using (var strict = await IngestServer.StartAsync(_directory.Path, configure: s => s["Ingest:MaxEventBytes"] = "2000"))
            await strict.PostAsync("/v1/batch", Some.Batch(large, Some.Track("fine")));
        var received = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using var server = await IngestServer.StartAsync(_directory.Path);

        var first = await ReplayAsync(server);
        var second = await ReplayAsync(server);
        var again = await ReplayAsync(server, again: true);

        Assert.Equal((1, 1, 0, 0, 0), Outcome(first));
        Assert.Equal((1, 0, 0, 0, 1), Outcome(second));
        Assert.Equal((1, 0, 1, 0, 0), Outcome(again)); // it has no messageId of its own, and is known all the same
        var row = Assert.Single(RowReader.ReadDirectory(_directory.Spool), row => Equals(row["event"], "Large"));
        Assert.Equal(("web", "shop", (int)TimeBasis.Received), (row["source"], row["key_id"], row["time_basis"]));
        Assert.InRange((long)row["occurred_at"]!, before, received);
        Assert.True((long)row["received_at"]! > received); // accepted by the replay
    }

    [Fact]
    public async Task Event_RefusedAgain_StaysWithALinkToTheFirst_AndIsNotReplayedTwice()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        await server.PostAsync("/v1/batch", Some.Batch("""{"type":"track","messageId":"m1","userId":"u1"}"""));

        var first = await ReplayAsync(server);
        var second = await ReplayAsync(server);
        var again = await ReplayAsync(server, again: true);

        Assert.Equal((1, 0, 0, 1, 0), Outcome(first));
        Assert.Equal((1, 0, 0, 0, 1), Outcome(second));
        Assert.Equal((1, 0, 0, 1, 0), Outcome(again));
        var letters = _directory.ReadDeadLetters();
        Assert.Equal(3, letters.Count);
        var id = DeadLetter.Parse(Encoding.UTF8.GetBytes(letters[0].GetRawText()))!.Id;
        Assert.Equal([id, id], letters.Skip(1).Select(letter => letter.GetProperty("replay_of").GetString()));
        Assert.Equal(letters[0].GetProperty("time").GetString(), letters[1].GetProperty("received_at").GetString());
    }

    [Fact]
    public async Task Event_RefusedForItsDepth_IsTakenWhenMoreIsAllowed_AndKnownAgain()
    {
        await using (var strict = await IngestServer.StartAsync(_directory.Path))
            await strict.PostAsync("/v1/batch", Some.Batch(Nested(400)));
        await using var server = await IngestServer.StartAsync(_directory.Path, configure: s => s["Ingest:MaxEventDepth"] = "500");

        Assert.Equal((1, 1, 0, 0, 0), Outcome(await ReplayAsync(server)));
        Assert.Equal((1, 0, 1, 0, 0), Outcome(await ReplayAsync(server, again: true))); // by the id that the replay gave it
    }

    [Theory]
    [InlineData("/v1/track", "", "", 1_000)]
    [InlineData("/v1/batch", """{"context":{"a":1},"batch":[""", "]}", 998)]
    public async Task Event_AsDeepAsABodyMayBe_IsListed_AndCanBeReplayed(string path, string before, string after, int depth)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        Assert.Equal(1, (await server.PostAsync(path, before + Nested(depth) + after)).Answer.GetProperty("rejected").GetInt32());

        Assert.Equal((1, 0, 0, 1, 0), Outcome(await ReplayAsync(server)));
        var files = new DeadLetterFiles(_directory.Path);
        Assert.Equal(2, await files.ReadAsync(new(), TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, files.Unreadable);
    }

    [Fact]
    public async Task Request_AroundTheEvent_IsAsItWas()
    {
        var received = new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
        var line = new ByteBuffer();
        DeadLetterLine.Write(
            line, received, new("app", "app", Trusted: true), new(0, RejectReason.EventTooLarge, "too large"),
            """{"event":"Done","userId":"u1","messageId":"m1","timestamp":"2026-01-10T10:00:00Z"}"""u8, EventType.Track,
            received.AddHours(-1).ToUnixTimeMilliseconds(), """{"source":"kiosk","userAgent":"Googlebot/2.1"}"""u8);
        Append(line);
        await using var server = await IngestServer.StartAsync(_directory.Path);

        Assert.Equal((1, 1, 0, 0, 0), Outcome(await ReplayAsync(server)));

        var row = Assert.Single(RowReader.ReadDirectory(_directory.Spool));
        Assert.Equal(("track", "kiosk", "app", true), (row["type"], row["source"], row["key_id"], row["is_bot"]));
        // Corrected by received − sentAt of then, not of now.
        Assert.Equal((Some.Ms("2026-01-10T11:00:00Z"), (int)TimeBasis.Corrected), (row["occurred_at"], row["time_basis"]));
    }

    [Fact]
    public async Task Row_ThatClickHouseRefused_IsTakenAgain_ThoughItsIdIsKnown()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1")));
        Append("""{"time":"2026-01-10T12:00:00Z","received_at":"2026-01-09T12:00:00Z","key_id":"shop","source":"web","reason":"refused_by_clickhouse","message":"","batch_id":1,"batch_seq":0,"columns":"","row_base64":"","event":{"messageId":"m1","type":"track","event":"Thing Done","userId":"u1"}}""");

        Assert.Equal((1, 1, 0, 0, 0), Outcome(await ReplayAsync(server)));

        var row = RowReader.ReadDirectory(_directory.Spool)[^1];
        Assert.StartsWith("m1~", (string)row["event_id"]!, StringComparison.Ordinal);
        Assert.Equal(Some.Ms("2026-01-09T12:00:00Z"), row["occurred_at"]);
    }

    [Fact]
    public async Task Filter_MeansOnlyWhatItNames_AndTornLinesArePassedOver()
    {
        Append("""{"time":"2026-01-10T12:00:00Z","key_id":"a","source":"web","index":0,"reason":"too_deep","message":"","event":{"type":"track","event":"A","userId":"u1","messageId":"a"}}""");
        Append("""{"time":"2026-01-11T12:00:00Z","key_id":"b","source":"app","index":0,"reason":"too_deep","message":"","event":{"type":"track","event":"B","userId":"u1","messageId":"b"}}""");
        Append("""{"time":"2026-01-11T13:00:00Z","ke""");
        await using var server = await IngestServer.StartAsync(_directory.Path);

        Assert.Equal(0, (await ReplayAsync(server, new(Reason: "missing_id"))).Found);
        Assert.Equal(0, (await ReplayAsync(server, new(Until: new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero)))).Found);
        Assert.Equal((1, 1, 0, 0, 0), Outcome(await ReplayAsync(server, new(Source: "app"))));
        Assert.Equal((1, 1, 0, 0, 0), Outcome(await ReplayAsync(server, new(KeyId: "a", Since: new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero)))));
        Assert.Equal(["B", "A"], RowReader.ReadDirectory(_directory.Spool).Select(row => row["event"]));
    }

    [Fact]
    public async Task Replay_OverHttp_NeedsATrustedKey()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        await server.PostAsync("/v1/batch", Some.Batch("""{"type":"track","messageId":"m1","userId":"u1"}"""));

        var (refused, _) = await server.PostAsync("/v1/deadletters/replay", """{"filter":{},"again":false}""");
        var (_, answer) = await server.PostAsync("/v1/deadletters/replay", """{"filter":{},"again":false}""", IngestServer.TrustedKey);

        Assert.Equal(HttpStatusCode.Unauthorized, refused);
        Assert.Equal(1, answer.Deserialize<ReplaySummary>(JsonSerializerOptions.Web)!.Refused);
    }

    [Fact]
    public async Task Replay_OverHttp_AtAnAddressThatOthersReachToo_IsDoneForThisMachine()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(own => own.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(own));
        Assert.SkipWhen(address is null, "This machine has no IPv4 address but the loopback address.");
        await using var server = await IngestServer.StartAsync(
            _directory.Path, configure: s => s["Ingest:Keys:1:LoopbackOnly"] = "true", host: address.ToString());

        var (replayed, _) = await server.PostAsync("/v1/deadletters/replay", """{"filter":{},"again":false}""", IngestServer.TrustedKey);
        var (taken, _) = await server.PostAsync("/v1/batch", Some.Batch(Some.Track("m1")), IngestServer.TrustedKey);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (replayed, taken));
    }

    // The event itself is the first level, its properties are the second.
    private static string Nested(int depth) =>
        $$$"""{"type":"track","event":"Deep","userId":"u1","properties":{"a":{{{new string('[', depth - 2)}}}{{{new string(']', depth - 2)}}}}}""";

    private static Task<ReplaySummary> ReplayAsync(IngestServer server, DeadLetterFilter? filter = null, bool again = false) =>
        server.Services.GetRequiredService<DeadLetterReplay>().RunAsync(filter ?? new(), again, TestContext.Current.CancellationToken);

    private static (long Found, long Accepted, long Duplicates, long Refused, long Skipped) Outcome(ReplaySummary summary) =>
        (summary.Found, summary.Accepted, summary.Duplicates, summary.Refused, summary.Skipped);

    private void Append(ByteBuffer line) => Append(Encoding.UTF8.GetString(line.Written).TrimEnd('\n'));

    private void Append(string line)
    {
        Directory.CreateDirectory(_directory.DeadLetters);
        File.AppendAllText(Path.Combine(_directory.DeadLetters, "2026-01-10.ndjson"), line + "\n");
    }
}
