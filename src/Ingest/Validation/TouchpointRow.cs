using LifecycleMetrics.Ingest.Columns;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The values of a row that are more than a copy of a field.</summary>
internal ref struct TouchpointRow
{
    public ReadOnlySpan<byte> EventId;
    public EventType Type;
    public EffectiveTime Time;
    public long ReceivedAt;
    public long? SentAt;
    public ReadOnlySpan<byte> Source;
    public ReadOnlySpan<byte> KeyId;
    public long? RevenueMinor;
    public long? CostMinor;
    public ReadOnlySpan<byte> Currency;
    public TrafficFlags Flags;

    /// <summary>Appends the row.</summary>
    /// <param name="to">Takes it, column by column.</param>
    /// <param name="json">Text the event stands in.</param>
    /// <param name="f">Fields of the event.</param>
    /// <param name="scratch">At least as long as the event.</param>
    public readonly void Write(TouchpointRows to, ReadOnlySpan<byte> json, in EventFields f, Span<byte> scratch)
    {
        to.EventId.Add(EventId);
        to.Type.Add(Type.Name());
        to.Event.Add(Type == EventType.Track ? f.Event.Text(json, scratch) : Type.EventName());
        WriteIds(to, json, f, scratch);
        to.OccurredAt.Add(Time.OccurredAt);
        to.SentAt.Add(SentAt);
        to.TimeBasis.Add((byte)Time.Basis);
        to.Source.Add(Source);
        to.Channel.Add(f.Channel.Text(json, scratch));
        to.Campaign.Add(First(json, scratch, f.CampaignName, f.PropertyCampaign, f.UtmCampaign));
        to.CampaignSource.Add(First(json, scratch, f.CampaignSource, f.UtmSource));
        to.CampaignMedium.Add(First(json, scratch, f.CampaignMedium, f.UtmMedium));
        to.Referrer.Add(First(json, scratch, f.PageReferrer, f.PropertyReferrer));
        AddCountry(to.Country, json, scratch, f.TraitCountry, f.AddressCountry, f.ContextCountry, f.LocationCountry, f.PropertyCountry);
        to.OrderId.Add(First(json, scratch, f.OrderId, f.OrderIdCamel));
        to.RevenueMinor.Add(RevenueMinor);
        AddUpper(to.Currency, Currency);
        to.CostMinor.Add(CostMinor);
        to.Score.Add(ScoreOf(f.Score.Text(json, scratch)));
        AddProperties(to.Properties, json, f);
        to.Traits.Add(f.Traits.IsObject ? f.Traits.Raw(json) : "{}"u8);
        to.Context.Add(f.Context.IsObject ? f.Context.Raw(json) : "{}"u8);
        to.IsBot.Add(f.IsBot || Flags.HasFlag(TrafficFlags.Bot));
        to.IsInternal.Add(f.IsInternal || Flags.HasFlag(TrafficFlags.Internal));
        to.IsTest.Add(f.IsTest || Flags.HasFlag(TrafficFlags.Test));
        to.KeyId.Add(KeyId);
    }

    private readonly void WriteIds(TouchpointRows to, ReadOnlySpan<byte> json, in EventFields f, Span<byte> scratch)
    {
        var userId = f.UserId.Text(json, scratch);
        to.UserId.Add(userId);
        if (userId.IsEmpty)
        {
            var anonymousId = f.AnonymousId.Text(json, scratch);
            to.SubjectKey.Add("a:"u8, anonymousId);
            to.AnonymousId.Add(anonymousId);
        }
        else
        {
            to.SubjectKey.Add("u:"u8, userId);
            to.AnonymousId.Add(f.AnonymousId.Text(json, scratch));
        }

        to.PreviousId.Add(Type == EventType.Alias ? f.PreviousId.Text(json, scratch) : default);
        to.AccountId.Add(First(json, scratch, f.GroupId, f.ContextGroupId, f.CompanyId));
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> json, Span<byte> scratch, JsonSlice first, JsonSlice second, JsonSlice third = default)
    {
        var text = first.Text(json, scratch);
        if (text.IsEmpty)
            text = second.Text(json, scratch);
        return text.IsEmpty ? third.Text(json, scratch) : text;
    }

    private static void AddCountry(
        DictionaryColumn to, ReadOnlySpan<byte> json, Span<byte> scratch, params ReadOnlySpan<JsonSlice> candidates)
    {
        foreach (var candidate in candidates)
        {
            var code = candidate.Text(json, scratch);
            if (code.Length == 2 && char.IsAsciiLetter((char)code[0]) && char.IsAsciiLetter((char)code[1]))
            {
                AddUpper(to, code);
                return;
            }
        }

        to.Add(default);
    }

    private static void AddUpper(DictionaryColumn to, ReadOnlySpan<byte> asciiLetters)
    {
        Span<byte> upper = stackalloc byte[3];
        for (var i = 0; i < asciiLetters.Length; i++)
            upper[i] = (byte)(asciiLetters[i] & ~0x20);
        to.Add(upper[..asciiLetters.Length]);
    }

    private static double? ScoreOf(ReadOnlySpan<byte> text) =>
        !text.IsEmpty
            && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var score)
            && double.IsFinite(score)
            ? score
            : null;

    // The server SDKs give a page's or screen's name and category beside the properties; kept with them.
    private readonly void AddProperties(TextColumn to, ReadOnlySpan<byte> json, in EventFields f)
    {
        var properties = f.Properties.IsObject ? f.Properties.Raw(json) : "{}"u8;
        var isView = Type is EventType.Page or EventType.Screen;
        var name = isView && f.Name.IsText && f.PropertyName.IsMissing ? f.Name.Raw(json) : default;
        var category = isView && f.Category.IsText && f.PropertyCategory.IsMissing ? f.Category.Raw(json) : default;
        if (name.IsEmpty && category.IsEmpty)
        {
            to.Add(properties);
            return;
        }

        var members = properties[1..^1].Trim(" \t\r\n"u8);
        var length = 2 + members.Length + MemberLength("name"u8, name) + MemberLength("category"u8, category)
            - (members.IsEmpty ? 1 : 0);
        var bytes = to.Begin(length);
        bytes.WriteByte((byte)'{');
        var isFirst = WriteMember(bytes, "name"u8, name, isFirst: true);
        isFirst = WriteMember(bytes, "category"u8, category, isFirst);
        if (!members.IsEmpty)
        {
            if (!isFirst)
                bytes.WriteByte((byte)',');
            bytes.Write(members);
        }

        bytes.WriteByte((byte)'}');
    }

    // Quotes, colon and comma included.
    private static int MemberLength(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        value.IsEmpty ? 0 : name.Length + value.Length + 4;

    private static bool WriteMember(ByteBuffer to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isFirst)
    {
        if (value.IsEmpty)
            return isFirst;
        if (!isFirst)
            to.WriteByte((byte)',');
        to.WriteByte((byte)'"');
        to.Write(name);
        to.Write("\":"u8);
        to.Write(value);
        return false;
    }
}
