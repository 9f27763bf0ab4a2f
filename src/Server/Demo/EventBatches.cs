using System.Buffers;
using System.Globalization;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Cuts a stream of touches into request bodies within the limits of the ingest interface.</summary>
internal static class EventBatches
{
    public const int MostEvents = 500;
    public const int MostBytes = 480_000;

    /// <summary>The whole history; the same arguments give the same bodies to the byte.</summary>
    public static IEnumerable<EventBatch> Of(History history, DemoOptions options) =>
        Of(new World(history, options).Touches(), IdPrefix(history, options));

    /// <summary>First part of the message ids of a history: another seed or end makes another history.</summary>
    public static string IdPrefix(History history, DemoOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $"demo-{options.Seed}-{history.End / 1000}");

    public static IEnumerable<EventBatch> Of(IEnumerable<Touch> touches, string idPrefix)
    {
        var body = new ArrayBufferWriter<byte>(MostBytes);
        using var writer = new EventWriter(body, idPrefix);
        var number = 0;
        var events = 0;
        long sentAt = 0;
        foreach (var touch in touches)
        {
            body.Write(events == 0 ? "{\"batch\":["u8 : ","u8);
            writer.Write(touch);
            events++;
            sentAt = touch.SentAt;
            // No event comes near 4 KB.
            if (events == MostEvents || body.WrittenCount > MostBytes - 4_096)
            {
                yield return Cut();
            }
        }

        if (events > 0)
            yield return Cut();

        EventBatch Cut()
        {
            body.Write("]}"u8);
            var batch = new EventBatch(number++, events, sentAt, body.WrittenSpan);
            body.ResetWrittenCount();
            events = 0;
            return batch;
        }
    }
}
