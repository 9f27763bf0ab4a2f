using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Writes touches as events of the Segment format.</summary>
internal sealed class EventWriter : IDisposable
{
    private const string BotUserAgent = "Mozilla/5.0 (compatible; DemoBot/1.0; +https://bot.example/)";

    private readonly Utf8JsonWriter _json;
    private readonly string _idPrefix;
    private readonly byte[] _timestamp = new byte[24];

    /// <param name="to">Where the text goes.</param>
    /// <param name="idPrefix">First part of every message id.</param>
    public EventWriter(IBufferWriter<byte> to, string idPrefix)
    {
        _json = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true });
        _idPrefix = idPrefix;
    }

    /// <summary>Writes one event; the text is complete when the call returns.</summary>
    public void Write(in Touch touch)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, TypeOf(touch.Kind));
        WriteIds(touch);
        _json.WriteString("timestamp"u8, Timestamp(touch.At));
        WriteContext(touch);
        if (touch.Kind is TouchKind.Identified or TouchKind.Grouped)
            WriteTraits(touch);
        else if (touch.Kind != TouchKind.Aliased)
            EventProperties.Write(_json, touch);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private static string TypeOf(TouchKind kind) => kind switch
    {
        TouchKind.PageViewed => "page",
        TouchKind.Identified => "identify",
        TouchKind.Grouped => "group",
        TouchKind.Aliased => "alias",
        _ => "track",
    };

    private void WriteIds(in Touch touch)
    {
        var person = touch.Person;
        Span<char> id = stackalloc char[96];
        id.TryWrite(CultureInfo.InvariantCulture, $"{_idPrefix}-{person.Id}-{touch.Ordinal}", out var length);
        _json.WriteString("messageId"u8, id[..length]);
        var device = touch.IsSecondDevice ? person.SecondDeviceId : person.AnonymousId;
        if (touch.Kind == TouchKind.Aliased)
        {
            _json.WriteString("previousId"u8, device);
            _json.WriteString("userId"u8, person.UserId);
            return;
        }

        var isKnown = !touch.IsAnonymous && person.UserId.Length > 0;
        if (isKnown)
            _json.WriteString("userId"u8, person.UserId);
        // Systems behind the site know the customer, not the browser.
        if (!isKnown || Sources.IsBrowser(touch.Kind))
            _json.WriteString("anonymousId"u8, device);
        if (touch.Kind == TouchKind.Grouped)
            _json.WriteString("groupId"u8, person.AccountId);
    }

    private void WriteContext(in Touch touch)
    {
        var person = touch.Person;
        _json.WriteStartObject("context"u8);
        _json.WriteString("source"u8, Sources.Of(touch));
        _json.WriteString("country"u8, person.Country);
        if (person.AccountId.Length > 0 && !touch.IsAnonymous)
            _json.WriteString("groupId"u8, person.AccountId);
        if (touch.Campaign is { } campaign)
        {
            _json.WriteStartObject("campaign"u8);
            _json.WriteString("name"u8, campaign.Name);
            _json.WriteString("source"u8, campaign.Source);
            _json.WriteString("medium"u8, campaign.Medium);
            _json.WriteEndObject();
        }

        if (touch.Kind == TouchKind.PageViewed && touch.Channel is { Referrer.Length: > 0 } channel)
        {
            _json.WriteStartObject("page"u8);
            _json.WriteString("referrer"u8, channel.Referrer);
            _json.WriteEndObject();
        }

        if (person.Kind == PersonKind.Bot)
            _json.WriteString("userAgent"u8, BotUserAgent);
        else if (person.Kind == PersonKind.Staff)
            _json.WriteBoolean("is_internal"u8, true);
        _json.WriteEndObject();
    }

    private void WriteTraits(in Touch touch)
    {
        var person = touch.Person;
        _json.WriteStartObject("traits"u8);
        if (touch.Kind == TouchKind.Grouped)
        {
            _json.WriteString("name"u8, "Company " + person.AccountId[5..]);
            _json.WriteString("industry"u8, (person.Index / 36 % 3) switch { 0 => "retail", 1 => "hospitality", _ => "services" });
        }
        else
        {
            _json.WriteString("email"u8, person.UserId + "@example.com");
            _json.WriteString("persona"u8, person.Persona.Name);
            _json.WriteString("country"u8, person.Country);
            _json.WriteString("createdAt"u8, Timestamp(touch.At));
        }

        _json.WriteEndObject();
    }

    private ReadOnlySpan<byte> Timestamp(long at)
    {
        DateTime.UnixEpoch.AddMilliseconds(at)
            .TryFormat(_timestamp, out var written, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return _timestamp.AsSpan(0, written);
    }
}
