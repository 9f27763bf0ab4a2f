using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>
/// A request of track calls, 385 bytes each, as bytes ready to send. Before each send the ids are written over in place,
/// so that every event is new and a request costs the sender next to nothing.
/// </summary>
internal sealed class EventBody
{
    public const int EventBytes = 385;
    private const int Users = 200_000;
    private const int DigitCount = 12;
    private const string Digits = "000000000000";

    private readonly List<int> _messageIds = [];
    private readonly List<int> _userIds = [];
    private readonly byte[] _request;

    /// <param name="host">Host and port for the header.</param>
    /// <param name="events">Events a request; 1 sends to <c>/v1/track</c>, more to <c>/v1/batch</c>.</param>
    /// <param name="run">Five characters that tell the ids of this run from others.</param>
    public EventBody(string host, int events, string run)
    {
        Events = events;
        var body = new StringBuilder();
        if (events > 1)
            body.Append("{\"batch\":[");
        for (var i = 0; i < events; i++)
            body.Append(i > 0 ? "," : "").Append(Event(run, i));
        if (events > 1)
            body.Append("],\"sentAt\":\"").Append(Now()).Append("\"}");

        var head = $"POST /v1/{(events > 1 ? "batch" : "track")} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic "
            + Convert.ToBase64String(Encoding.ASCII.GetBytes(Support.ServerUnderTest.Key + ":"))
            + $"\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        _request = Encoding.ASCII.GetBytes(head + body);
        Find($"\"messageId\":\"{run}-", _messageIds);
        Find("\"userId\":\"user-", _userIds);
    }

    public int Events { get; }

    /// <summary>The request with events numbered from <paramref name="first"/>.</summary>
    public ReadOnlySpan<byte> Next(long first)
    {
        for (var i = 0; i < Events; i++)
        {
            Write(_messageIds[i], first + i);
            // Users come in no order, as in life: Knuth's multiplicative hash.
            Write(_userIds[i], (first + i) * 2_654_435_761L % Users);
        }

        return _request;
    }

    private static string Event(string run, int number)
    {
        string[] channels = ["email", "paid search", "organic search", "social", "direct"];
        string[] events = ["Product Viewed", "Product Added", "Checkout Started", "Page Scrolled"];
        var text = $"{{\"type\":\"track\",\"event\":\"{events[number % events.Length]}\",\"messageId\":\"{run}-{Digits}\","
            + $"\"userId\":\"user-{Digits}\",\"timestamp\":\"{Now()}\","
            + $"\"properties\":{{\"product_id\":\"P-{1000 + (number * 7 % 900)}\",\"price\":{10 + (number % 90)}.95,\"channel\":\"{channels[number % channels.Length]}\"}},"
            + "\"context\":{\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\"page\":{\"url\":\"https://shop.example/p\"},\"campaign\":{\"name\":\"autumn\"}}}";
        var padding = EventBytes - text.Length - ",\"pad\":\"\"".Length;
        return text.Replace("\"channel\"", $"\"pad\":\"{new string('x', padding)}\",\"channel\"", StringComparison.Ordinal);
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Find(string marker, List<int> places)
    {
        var bytes = Encoding.ASCII.GetBytes(marker);
        for (var at = 0; _request.AsSpan(at).IndexOf(bytes) is >= 0 and var next;)
        {
            at += next + bytes.Length;
            places.Add(at);
        }
    }

    private void Write(int at, long number)
    {
        for (var i = DigitCount - 1; i >= 0; i--, number /= 10)
            _request[at + i] = (byte)('0' + (number % 10));
    }
}
