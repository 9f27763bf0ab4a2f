using LifecycleMetrics.Ingest.Spool;

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
    public bool IsBot;

    /// <summary>Appends the row, columns in the order of <see cref="TouchpointColumns"/>.</summary>
    /// <param name="to">Takes the RowBinary bytes.</param>
    /// <param name="json">Text of the event.</param>
    /// <param name="f">Fields of the event.</param>
    /// <param name="scratch">At least as long as the text.</param>
    public readonly void Write(ByteBuffer to, ReadOnlySpan<byte> json, in EventFields f, Span<byte> scratch)
    {
        var userId = f.UserId;
        var hasUser = f.UserId.Text(json, scratch).Length > 0;
        to.WriteString(EventId);
        to.WriteString(Type.Name());
        to.WriteString(Type == EventType.Track ? f.Event.Text(json, scratch) : Type.EventName());
        WriteSubjectKey(to, hasUser ? "u:"u8 : "a:"u8, (hasUser ? userId : f.AnonymousId).Text(json, scratch));
        to.WriteString(userId.Text(json, scratch));
        to.WriteString(f.AnonymousId.Text(json, scratch));
        to.WriteString(Type == EventType.Alias ? f.PreviousId.Text(json, scratch) : default);
        WriteFirst(to, json, scratch, f.GroupId, f.ContextGroupId, f.CompanyId);
        to.WriteNumber(Time.OccurredAt);
        to.WriteNumber(ReceivedAt);
        to.WriteNullable(SentAt);
        to.WriteByte((byte)Time.Basis);
        to.WriteString(Source);
        to.WriteString(f.Channel.Text(json, scratch));
        WriteFirst(to, json, scratch, f.CampaignName, f.PropertyCampaign, f.UtmCampaign);
        WriteFirst(to, json, scratch, f.CampaignSource, f.UtmSource);
        WriteFirst(to, json, scratch, f.CampaignMedium, f.UtmMedium);
        WriteFirst(to, json, scratch, f.PageReferrer, f.PropertyReferrer);
        WriteCountry(to, json, scratch, f.TraitCountry, f.AddressCountry, f.ContextCountry, f.LocationCountry, f.PropertyCountry);
        WriteFirst(to, json, scratch, f.OrderId, f.OrderIdCamel);
        to.WriteNullable(RevenueMinor);
        WriteUpper(to, Currency);
        to.WriteNullable(CostMinor);
        to.WriteNullable(ScoreOf(f.Score.Text(json, scratch)));
        WriteProperties(to, json, f);
        to.WriteString(f.Traits.IsObject ? f.Traits.Raw(json) : "{}"u8);
        to.WriteString(f.Context.IsObject ? f.Context.Raw(json) : "{}"u8);
        to.WriteByte(f.IsBot || IsBot ? (byte)1 : (byte)0);
        to.WriteByte(f.IsInternal ? (byte)1 : (byte)0);
        to.WriteByte(f.IsTest ? (byte)1 : (byte)0);
        to.WriteString(KeyId);
    }

    private static void WriteSubjectKey(ByteBuffer to, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> id)
    {
        to.WriteVarUInt((uint)(prefix.Length + id.Length));
        to.Write(prefix);
        to.Write(id);
    }

    private static void WriteFirst(
        ByteBuffer to, ReadOnlySpan<byte> json, Span<byte> scratch, params ReadOnlySpan<JsonSlice> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Text(json, scratch) is { IsEmpty: false } text)
            {
                to.WriteString(text);
                return;
            }
        }

        to.WriteString(default);
    }

    private static void WriteCountry(
        ByteBuffer to, ReadOnlySpan<byte> json, Span<byte> scratch, params ReadOnlySpan<JsonSlice> candidates)
    {
        foreach (var candidate in candidates)
        {
            var code = candidate.Text(json, scratch);
            if (code.Length == 2 && char.IsAsciiLetter((char)code[0]) && char.IsAsciiLetter((char)code[1]))
            {
                WriteUpper(to, code);
                return;
            }
        }

        to.WriteString(default);
    }

    private static void WriteUpper(ByteBuffer to, ReadOnlySpan<byte> asciiLetters)
    {
        to.WriteVarUInt((uint)asciiLetters.Length);
        foreach (var letter in asciiLetters)
            to.WriteByte((byte)(letter & ~0x20));
    }

    private static double? ScoreOf(ReadOnlySpan<byte> text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var score)
            && double.IsFinite(score)
            ? score
            : null;

    // The server SDKs give a page's or screen's name and category beside the properties; kept with them.
    private readonly void WriteProperties(ByteBuffer to, ReadOnlySpan<byte> json, in EventFields f)
    {
        var properties = f.Properties.IsObject ? f.Properties.Raw(json) : "{}"u8;
        var isView = Type is EventType.Page or EventType.Screen;
        var name = isView && f.Name.IsText && f.PropertyName.IsMissing ? f.Name.Raw(json) : default;
        var category = isView && f.Category.IsText && f.PropertyCategory.IsMissing ? f.Category.Raw(json) : default;
        if (name.IsEmpty && category.IsEmpty)
        {
            to.WriteString(properties);
            return;
        }

        var members = properties[1..^1].Trim(" \t\r\n"u8);
        var length = 2 + members.Length + MemberLength("name"u8, name) + MemberLength("category"u8, category)
            - (members.IsEmpty ? 1 : 0);
        to.WriteVarUInt((uint)length);
        to.WriteByte((byte)'{');
        var isFirst = WriteMember(to, "name"u8, name, isFirst: true);
        isFirst = WriteMember(to, "category"u8, category, isFirst);
        if (!members.IsEmpty)
        {
            if (!isFirst)
                to.WriteByte((byte)',');
            to.Write(members);
        }

        to.WriteByte((byte)'}');
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
