using System.Text.Json;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// Finds the fields of an event in its JSON text, which must be well-formed, and checks what JSON allows but
/// ClickHouse can't read back: numbers out of range and deep nesting.
/// </summary>
internal ref struct EventReader
{
    // One such number makes ClickHouse's JSON functions return nothing for the whole document.
    private const int LongestSafeInteger = 18;
    private const int LongestSafeNumber = 300;

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private Utf8JsonReader _reader;
    private string? _fault;

    private EventReader(ReadOnlySpan<byte> json, int maxDepth)
    {
        _json = json;
        _maxDepth = maxDepth;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Receiving.BodyEnvelope.MaxDepth });
    }

    /// <summary>Fills <paramref name="fields"/>; returns a reject reason, or null if the text can be used.</summary>
    public static string? Read(ReadOnlySpan<byte> json, int maxDepth, ref EventFields fields)
    {
        fields = default;
        var reader = new EventReader(json, maxDepth);
        reader._reader.Read();
        if (reader._reader.TokenType != JsonTokenType.StartObject)
            return RejectReason.NotAnObject;
        reader.ReadEvent(ref fields);
        return reader._fault;
    }

    private void ReadEvent(ref EventFields f)
    {
        while (NextProperty())
        {
            if (Is("type"u8)) f.Type = Value();
            else if (Is("event"u8)) f.Event = Value();
            else if (Is("name"u8)) f.Name = Value();
            else if (Is("category"u8)) f.Category = Value();
            else if (Is("messageId"u8)) f.MessageId = Value();
            else if (Is("userId"u8)) f.UserId = Value();
            else if (Is("anonymousId"u8)) f.AnonymousId = Value();
            else if (Is("previousId"u8)) f.PreviousId = Value();
            else if (Is("groupId"u8)) f.GroupId = Value();
            else if (Is("timestamp"u8)) f.Timestamp = Value();
            else if (Is("originalTimestamp"u8)) f.OriginalTimestamp = Value();
            else if (Is("sentAt"u8)) f.SentAt = Value();
            else if (Is("properties"u8))
            {
                if (Enter(out var start)) { ReadProperties(ref f); f.Properties = Object(start); }
                else f.Properties = Here();
            }
            else if (Is("traits"u8))
            {
                if (Enter(out var start)) { ReadTraits(ref f); f.Traits = Object(start); }
                else f.Traits = Here();
            }
            else if (Is("context"u8))
            {
                if (Enter(out var start)) { ReadContext(ref f); f.Context = Object(start); }
                else f.Context = Here();
            }
            else Value();
        }
    }

    private void ReadProperties(ref EventFields f)
    {
        while (NextProperty())
        {
            if (Is("name"u8)) f.PropertyName = Value();
            else if (Is("category"u8)) f.PropertyCategory = Value();
            else if (Is("channel"u8)) f.Channel = Value();
            else if (Is("campaign"u8)) f.PropertyCampaign = Value();
            else if (Is("utm_campaign"u8)) f.UtmCampaign = Value();
            else if (Is("utm_source"u8)) f.UtmSource = Value();
            else if (Is("utm_medium"u8)) f.UtmMedium = Value();
            else if (Is("order_id"u8)) f.OrderId = Value();
            else if (Is("orderId"u8)) f.OrderIdCamel = Value();
            else if (Is("revenue"u8)) f.Revenue = Value();
            else if (Is("total"u8)) f.Total = Value();
            else if (Is("value"u8)) f.Value = Value();
            else if (Is("currency"u8)) f.Currency = Value();
            else if (Is("cost"u8)) f.Cost = Value();
            else if (Is("score"u8)) f.Score = Value();
            else if (Is("referrer"u8)) f.PropertyReferrer = Value();
            else if (Is("country"u8)) f.PropertyCountry = Value();
            else if (!ReadFlag(ref f)) Value();
        }
    }

    private void ReadTraits(ref EventFields f)
    {
        while (NextProperty())
        {
            if (Is("country"u8)) f.TraitCountry = Value();
            else if (Is("address"u8)) ReadMember("country"u8, ref f.AddressCountry);
            else if (Is("company"u8)) ReadMember("id"u8, ref f.CompanyId);
            else Value();
        }
    }

    private void ReadContext(ref EventFields f)
    {
        while (NextProperty())
        {
            if (Is("campaign"u8)) ReadCampaign(ref f);
            else if (Is("page"u8)) ReadMember("referrer"u8, ref f.PageReferrer);
            else if (Is("location"u8)) ReadMember("country"u8, ref f.LocationCountry);
            else if (Is("userAgent"u8)) f.UserAgent = Value();
            else if (Is("country"u8)) f.ContextCountry = Value();
            else if (Is("groupId"u8)) f.ContextGroupId = Value();
            else if (Is("source"u8)) f.ContextSource = Value();
            else if (!ReadFlag(ref f)) Value();
        }
    }

    private void ReadCampaign(ref EventFields f)
    {
        if (!Enter(out _))
            return;
        while (NextProperty())
        {
            if (Is("name"u8)) f.CampaignName = Value();
            else if (Is("source"u8)) f.CampaignSource = Value();
            else if (Is("medium"u8)) f.CampaignMedium = Value();
            else Value();
        }
    }

    private bool ReadFlag(ref EventFields f)
    {
        if (Is("is_bot"u8)) f.IsBot |= Value().IsTrue(_json);
        else if (Is("is_internal"u8)) f.IsInternal |= Value().IsTrue(_json);
        else if (Is("is_test"u8)) f.IsTest |= Value().IsTrue(_json);
        else return false;
        return true;
    }

    private void ReadMember(ReadOnlySpan<byte> name, ref JsonSlice value)
    {
        if (!Enter(out _))
            return;
        while (NextProperty())
        {
            var found = Is(name);
            var slice = Value();
            if (found)
                value = slice;
        }
    }

    private bool NextProperty()
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    // Moves to the value; true if it is an object, which the caller then reads to its end. Else the value is passed over.
    private bool Enter(out int start)
    {
        _reader.Read();
        start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            CheckDepth();
            return true;
        }

        _here = Rest();
        return false;
    }

    private JsonSlice _here;

    private readonly JsonSlice Here() => _here;

    private readonly JsonSlice Object(int start) =>
        new(start, (int)_reader.BytesConsumed - start, JsonTokenType.StartObject, IsEscaped: false);

    private JsonSlice Value()
    {
        _reader.Read();
        return Rest();
    }

    // Passes over the value the reader stands on, checking every number in it.
    private JsonSlice Rest()
    {
        var start = (int)_reader.TokenStartIndex;
        var type = _reader.TokenType;
        var escaped = type == JsonTokenType.String && _reader.ValueIsEscaped;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _reader.CurrentDepth;
            CheckDepth();
            do
            {
                _reader.Read();
                if (_reader.TokenType == JsonTokenType.Number)
                    CheckNumber();
                else if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    CheckDepth();
            }
            while (_reader.CurrentDepth > depth);
        }
        else if (type == JsonTokenType.Number)
        {
            CheckNumber();
        }

        return new(start, (int)_reader.BytesConsumed - start, type, escaped);
    }

    private void CheckDepth()
    {
        if (_reader.CurrentDepth + 1 > _maxDepth)
            _fault ??= RejectReason.TooDeep;
    }

    private void CheckNumber()
    {
        var digits = _reader.ValueSpan;
        if (digits.Length <= LongestSafeInteger && digits.IndexOfAny((byte)'e', (byte)'E') < 0)
            return;

        var isInteger = digits.IndexOfAny("eE."u8) < 0;
        var readable = isInteger
            ? _reader.TryGetInt64(out _) || _reader.TryGetUInt64(out _)
            : digits.Length <= LongestSafeNumber && _reader.TryGetDouble(out var number) && double.IsFinite(number);
        if (!readable)
            _fault ??= RejectReason.NumberOutOfRange;
    }
}
