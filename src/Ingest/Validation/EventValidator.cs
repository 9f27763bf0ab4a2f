using System.Net;
using System.Text;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// Checks events and turns them into rows. Holds buffers: one instance serves one request at a time and is reused.
/// </summary>
internal sealed class EventValidator
{
    private const int MaxMessageIdCharacters = 99;

    private readonly IngestOptions _options;
    private readonly TrafficRules _traffic;
    private readonly long _skewTolerance;
    private readonly long _maxFuture;
    private readonly byte[] _defaultCurrency;

    private readonly EventSender _sender = new();
    private byte[] _scratch = new byte[1_024];
    private readonly byte[] _messageId = new byte[MaxMessageIdCharacters * 3];

    public EventValidator(IngestOptions options, TrafficRules traffic)
    {
        _options = options;
        _traffic = traffic;
        _skewTolerance = (long)options.ClockSkewTolerance.TotalMilliseconds;
        _maxFuture = (long)options.MaxFuture.TotalMilliseconds;
        _defaultCurrency = Encoding.ASCII.GetBytes(options.DefaultCurrency.ToUpperInvariant());
    }

    /// <summary>Source of the event last looked at, if its sender may name others than its own; else null.</summary>
    public string? NamedSource { get; private set; }

    /// <summary>Appends the event's row to the batch; returns a reject reason instead if the event is refused.</summary>
    /// <param name="json">Well-formed JSON text, UTF-8 as far as the event goes.</param>
    /// <param name="f">The event's fields in that text.</param>
    /// <param name="type">The call, if the path names it; else it is read from the event.</param>
    /// <param name="batchSentAt">The batch's <c>sentAt</c>, used if the event has none.</param>
    /// <param name="source">Who sends.</param>
    /// <param name="client">Address the request came from, if it did.</param>
    /// <param name="batch">Takes the row.</param>
    public string? Validate(
        ReadOnlySpan<byte> json, in EventFields f, EventType type, long? batchSentAt, IngestSource source, IPAddress? client, EventBatch batch)
    {
        _sender.Remember(source);
        NamedSource = _sender.NamedSourceOf(json, f.ContextSource);
        if (f.Whole.Length > _options.MaxEventBytes)
            return RejectReason.EventTooLarge;
        if (ReasonOf(f.Fault) is { } fault)
            return fault;
        if (_scratch.Length < f.Whole.Length)
            _scratch = new byte[Math.Max(f.Whole.Length, _scratch.Length * 2)];

        if (type == EventType.Unknown)
        {
            type = EventTypeNames.Parse(f.Type.Text(json, _scratch));
            if (type == EventType.Unknown)
                return f.Type.IsMissing ? RejectReason.MissingType : RejectReason.UnknownType;
        }

        if ((CheckShape(f) ?? CheckIds(json, f, type)) is { } reason)
            return reason;
        if (!TryReadTimestamp(json, f.Timestamp, out var timestamp)
            || !TryReadTimestamp(json, f.OriginalTimestamp, out var original))
            return RejectReason.TimestampInvalid;
        // A wrong sentAt spoils no event: it only says nothing about the sender's clock.
        var sentAt = TryReadTimestamp(json, f.SentAt, out var sent) ? sent ?? batchSentAt : batchSentAt;

        var row = new TouchpointRow
        {
            Type = type,
            Time = EffectiveTime.Of(timestamp, original, sentAt, batch.ReceivedAt, _skewTolerance, _maxFuture),
            ReceivedAt = batch.ReceivedAt,
            SentAt = sentAt,
            Source = _sender.SourceOf(json, f.ContextSource),
            KeyId = _sender.KeyId,
        };
        row.Flags = FlagsOf(json, f, row.Source, client);
        if (ReadAmounts(json, f, ref row) is { } moneyReason)
            return moneyReason;
        return WriteRow(json, f, ref row, batch);
    }

    private static string? ReasonOf(EventFault fault) => fault switch
    {
        EventFault.NotAnObject => RejectReason.NotAnObject,
        EventFault.TooDeep => RejectReason.TooDeep,
        EventFault.NumberOutOfRange => RejectReason.NumberOutOfRange,
        _ => null,
    };

    private string? WriteRow(ReadOnlySpan<byte> json, in EventFields f, ref TouchpointRow row, EventBatch batch)
    {
        if (!f.MessageId.IsMissing && !f.MessageId.IsText)
            return RejectReason.MessageIdInvalid;

        var id = _messageId.AsSpan();
        var text = f.MessageId.Text(json, _scratch);
        if (text.Length > id.Length)
            return RejectReason.MessageIdInvalid;
        if (text.IsEmpty)
        {
            // The row can't be told from a resend then, which the sender chose by giving no id.
            Guid.CreateVersion7().TryFormat(id, out var written);
            id = id[..written];
        }
        else
        {
            text.CopyTo(id);
            id = id[..text.Length];
            if (Encoding.UTF8.GetCharCount(id) > MaxMessageIdCharacters)
                return RejectReason.MessageIdInvalid;
        }

        row.EventId = id;
        row.Write(batch.Rows, json, f, _scratch);
        batch.EventIds.Add(EventIdHash.Of(id));
        if (NamedSource is not null)
            batch.RowSources.Add(NamedSource);
        return null;
    }

    private static string? CheckShape(in EventFields f)
    {
        if (!f.Properties.IsMissing && !f.Properties.IsObject)
            return RejectReason.PropertiesInvalid;
        if (!f.Traits.IsMissing && !f.Traits.IsObject)
            return RejectReason.TraitsInvalid;
        return !f.Context.IsMissing && !f.Context.IsObject ? RejectReason.ContextInvalid : null;
    }

    private string? CheckIds(ReadOnlySpan<byte> json, in EventFields f, EventType type)
    {
        if (!IsUsable(json, f.UserId, out var hasUser))
            return RejectReason.UserIdRefused;
        if (!IsUsable(json, f.AnonymousId, out var hasAnonymous))
            return RejectReason.AnonymousIdRefused;
        if (!hasUser && !hasAnonymous)
            return RejectReason.MissingId;

        switch (type)
        {
            case EventType.Track:
                return f.Event.IsString
                    && !f.Event.Text(json, _scratch).Trim(" \t\r\n"u8).IsEmpty
                    ? null
                    : RejectReason.MissingEvent;
            case EventType.Group:
                return f.GroupId.Text(json, _scratch).IsEmpty ? RejectReason.MissingGroupId : null;
            case EventType.Alias:
                if (!hasUser)
                    return RejectReason.MissingUserId;
                if (!IsUsable(json, f.PreviousId, out var hasPrevious))
                    return RejectReason.PreviousIdRefused;
                return hasPrevious ? null : RejectReason.MissingPreviousId;
            default:
                return null;
        }
    }

    // Absent, null and "" mean that there is no id: one SDK sends userId "" for anonymous visitors.
    private bool IsUsable(ReadOnlySpan<byte> json, JsonSlice id, out bool isGiven)
    {
        isGiven = false;
        if (id.IsMissing)
            return true;
        if (!id.IsText)
            return false;
        var text = id.Text(json, _scratch);
        isGiven = !text.IsEmpty;
        return text.IsEmpty || !RefusedIds.Contains(text);
    }

    private bool TryReadTimestamp(ReadOnlySpan<byte> json, JsonSlice slice, out long? milliseconds)
    {
        milliseconds = null;
        if (slice.IsMissing)
            return true;
        if (!slice.IsString
            || !TimestampText.TryParse(slice.Text(json, _scratch), out var value))
            return false;
        milliseconds = value;
        return true;
    }

    private string? ReadAmounts(ReadOnlySpan<byte> json, in EventFields f, ref TouchpointRow row)
    {
        var revenue = RevenueOf(json, f, row.Type);
        var hasRevenue = HasAmount(json, revenue);
        var hasCost = HasAmount(json, f.Cost);
        if (!hasRevenue && !hasCost)
            return null;

        ReadOnlySpan<byte> currency = _defaultCurrency;
        if (!f.Currency.IsMissing && f.Currency.Text(json, _scratch) is var given && (!f.Currency.IsText || !given.IsEmpty))
        {
            // The row is written after the scratch space has been used again.
            currency = Currencies.TryGetMinorDigits(given, out _) ? given.ToArray() : default;
        }

        if (!Currencies.TryGetMinorDigits(currency, out var digits))
            return RejectReason.CurrencyUnknown;
        row.Currency = currency;
        if (hasRevenue)
        {
            if (!Money.TryParseMinor(revenue.Text(json, _scratch), digits, out var minor))
                return RejectReason.RevenueInvalid;
            row.RevenueMinor = minor;
        }

        if (hasCost)
        {
            if (!Money.TryParseMinor(f.Cost.Text(json, _scratch), digits, out var minor))
                return RejectReason.CostInvalid;
            row.CostMinor = minor;
        }

        return null;
    }

    // total and value are used for other things than money outside orders and refunds.
    private JsonSlice RevenueOf(ReadOnlySpan<byte> json, in EventFields f, EventType type)
    {
        if (!f.Revenue.IsMissing || type != EventType.Track || (f.Total.IsMissing && f.Value.IsMissing))
            return f.Revenue;
        var name = f.Event.Text(json, _scratch);
        var isOrder = name.IndexOf("Order "u8) >= 0 || name.IndexOf("order_"u8) >= 0
            || name.IndexOf("Refund"u8) >= 0 || name.IndexOf("refund"u8) >= 0;
        if (!isOrder)
            return f.Revenue;
        return f.Total.IsMissing ? f.Value : f.Total;
    }

    private bool HasAmount(ReadOnlySpan<byte> json, JsonSlice slice) =>
        !slice.IsMissing && !(slice.IsText && slice.Text(json, _scratch).IsEmpty);

    private TrafficFlags FlagsOf(ReadOnlySpan<byte> json, in EventFields f, ReadOnlySpan<byte> source, IPAddress? client)
    {
        var userAgent = Own(json, f.UserAgent);
        if (_traffic.Needs != TrafficFields.UserAgent)
        {
            return _traffic.Of(new TrafficInput
            {
                UserAgent = userAgent,
                UserId = Own(json, f.UserId),
                Email = Own(json, FirstGiven(f.TraitEmail, f.ContextEmail, f.PropertyEmail)),
                ContextIp = Own(json, f.Ip),
                ClientAddress = client,
                PageUrl = Own(json, FirstGiven(f.PageUrl, f.PropertyUrl)),
                Source = source,
                Environment = Own(json, FirstGiven(f.ContextEnvironment, f.PropertyEnvironment)),
                KeyId = _sender.KeyId,
            });
        }

        return _traffic.Of(new TrafficInput { UserAgent = userAgent });
    }

    private static JsonSlice FirstGiven(JsonSlice first, JsonSlice second, JsonSlice third = default)
    {
        if (first.IsMissing)
            first = second;
        return first.IsMissing ? third : first;
    }

    // Several texts are looked at together, so an escaped one can't lie in the scratch space.
    private static ReadOnlySpan<byte> Own(ReadOnlySpan<byte> json, JsonSlice slice) =>
        slice.Kind == JsonKind.EscapedString ? slice.Text(json, new byte[slice.Length]) : slice.Text(json, default);
}
