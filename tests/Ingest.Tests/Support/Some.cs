using System.Text;
using LifecycleMetrics.Ingest.Columns;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>Things tests need one of.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static long Ms(string instant) => DateTimeOffset.Parse(instant).ToUnixTimeMilliseconds();

    public static string Track(string id, string user = "u1") =>
        $$$"""{"type":"track","event":"Thing Done","messageId":"{{{id}}}","userId":"{{{user}}}"}""";

    public static string Batch(params IEnumerable<string> events) => $$"""{"batch":[{{string.Join(',', events)}}]}""";

    /// <summary>The options as they are checked at start.</summary>
    public static ValidateOptionsResult Checked(IngestOptions options) =>
        new IngestOptionsValidator(Options.Create(new HostOptions())).Validate(null, options);

    /// <summary>The batch of one request body, as it would go to the spool at <see cref="Now"/>.</summary>
    public static EventBatch Validated(string body, IngestOptions? options = null, IngestSource? source = null) =>
        Validated(Encoding.UTF8.GetBytes(body), options, source);

    public static EventBatch Validated(byte[] body, IngestOptions? options = null, IngestSource? source = null)
    {
        options ??= new IngestOptions();
        var workspace = new IngestWorkspace(options, new TrafficRules(options.Traffic, options.BotUserAgents));
        workspace.Body.Write(body);
        workspace.Read(isBatch: true);
        workspace.Validate(EventType.Unknown, source ?? new IngestSource("k1", "web"), Now, client: null);
        return workspace.Batch;
    }

    /// <summary>The row of one event; fails if it is refused.</summary>
    public static Dictionary<string, object?> Row(string json, IngestOptions? options = null, IngestSource? source = null)
    {
        var batch = Validated(Batch(json), options, source);
        Assert.Empty(batch.Errors);
        return Assert.Single(Rows(batch));
    }

    /// <summary>The rows of a batch, as its frame would bring them to ClickHouse.</summary>
    public static List<Dictionary<string, object?>> Rows(EventBatch batch)
    {
        var frame = new ByteBuffer();
        var tail = new ByteBuffer();
        Frame.Write(frame, tail, batch, [], firstSequence: 0);
        frame.Write(batch.Body.Written);
        frame.Write(tail.Written);
        var header = new SegmentHeader(1, TouchpointColumns.Names, 0);
        return RowReader.Read(new Frame(frame.Written), new SpoolSegment(header, "", null!));
    }

    /// <summary>The reason code of one event; null if it is accepted.</summary>
    public static string? Reason(string json, IngestOptions? options = null)
    {
        var batch = Validated(Batch(json), options);
        Assert.Equal(1, batch.Errors.Count + batch.RowCount);
        return batch.Errors.SingleOrDefault()?.Reason;
    }
}
