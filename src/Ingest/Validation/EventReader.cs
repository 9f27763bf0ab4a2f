namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// Finds the fields of an event while the scanner passes over it. Names are told apart by their length first: most
/// members of an event are not asked for, and are passed over after one comparison.
/// </summary>
internal static class EventReader
{
    /// <summary>Reads the value that comes next as an event.</summary>
    /// <param name="json">The text the scanner walks over.</param>
    /// <param name="scanner">Stands before the event.</param>
    /// <param name="maxDepth">Deepest nesting of an event.</param>
    /// <param name="fields">Takes the fields.</param>
    public static void Read(ReadOnlySpan<byte> json, ref JsonScanner scanner, int maxDepth, ref EventFields fields)
    {
        fields = default;
        if (scanner.Peek() != '{')
        {
            fields.Whole = scanner.Value();
            fields.Fault = EventFault.NotAnObject;
            return;
        }

        var start = scanner.Position;
        var depth = scanner.DeepestSeen = scanner.Depth;
        scanner.HasNumberOutOfRange = false;
        ReadEvent(json, ref scanner, ref fields);
        fields.Whole = new JsonSlice(start, scanner.Position - start, JsonKind.Object);
        if (scanner.DeepestSeen - depth > maxDepth)
            fields.Fault = EventFault.TooDeep;
        else if (scanner.HasNumberOutOfRange)
            fields.Fault = EventFault.NumberOutOfRange;
    }

    private static void ReadEvent(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        scanner.Enter();
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("type"u8): f.Type = scanner.Value(); break;
                case 4 when name.SequenceEqual("name"u8): f.Name = scanner.Value(); break;
                case 5 when name.SequenceEqual("event"u8): f.Event = scanner.Value(); break;
                case 6 when name.SequenceEqual("userId"u8): f.UserId = scanner.Value(); break;
                case 6 when name.SequenceEqual("sentAt"u8): f.SentAt = scanner.Value(); break;
                case 6 when name.SequenceEqual("traits"u8): ReadTraits(json, ref scanner, ref f); break;
                case 7 when name.SequenceEqual("groupId"u8): f.GroupId = scanner.Value(); break;
                case 7 when name.SequenceEqual("context"u8): ReadContext(json, ref scanner, ref f); break;
                case 8 when name.SequenceEqual("category"u8): f.Category = scanner.Value(); break;
                case 8 when name.SequenceEqual("writeKey"u8): f.WriteKey = scanner.Value(); break;
                case 9 when name.SequenceEqual("messageId"u8): f.MessageId = scanner.Value(); break;
                case 9 when name.SequenceEqual("timestamp"u8): f.Timestamp = scanner.Value(); break;
                case 10 when name.SequenceEqual("properties"u8): ReadProperties(json, ref scanner, ref f); break;
                case 10 when name.SequenceEqual("previousId"u8): f.PreviousId = scanner.Value(); break;
                case 11 when name.SequenceEqual("anonymousId"u8): f.AnonymousId = scanner.Value(); break;
                case 17 when name.SequenceEqual("originalTimestamp"u8): f.OriginalTimestamp = scanner.Value(); break;
                default: scanner.Value(); break;
            }
        }
    }

    private static void ReadProperties(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        if (!TryEnter(ref scanner, out var start, ref f.Properties))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("name"u8): f.PropertyName = scanner.Value(); break;
                case 3 when name.SequenceEqual("url"u8): f.PropertyUrl = scanner.Value(); break;
                case 4 when name.SequenceEqual("cost"u8): f.Cost = scanner.Value(); break;
                case 5 when name.SequenceEqual("total"u8): f.Total = scanner.Value(); break;
                case 5 when name.SequenceEqual("value"u8): f.Value = scanner.Value(); break;
                case 5 when name.SequenceEqual("score"u8): f.Score = scanner.Value(); break;
                case 5 when name.SequenceEqual("email"u8): f.PropertyEmail = scanner.Value(); break;
                case 7 when name.SequenceEqual("channel"u8): f.Channel = scanner.Value(); break;
                case 7 when name.SequenceEqual("revenue"u8): f.Revenue = scanner.Value(); break;
                case 7 when name.SequenceEqual("country"u8): f.PropertyCountry = scanner.Value(); break;
                case 7 when name.SequenceEqual("orderId"u8): f.OrderIdCamel = scanner.Value(); break;
                case 8 when name.SequenceEqual("order_id"u8): f.OrderId = scanner.Value(); break;
                case 8 when name.SequenceEqual("campaign"u8): f.PropertyCampaign = scanner.Value(); break;
                case 8 when name.SequenceEqual("category"u8): f.PropertyCategory = scanner.Value(); break;
                case 8 when name.SequenceEqual("currency"u8): f.Currency = scanner.Value(); break;
                case 8 when name.SequenceEqual("referrer"u8): f.PropertyReferrer = scanner.Value(); break;
                case 10 when name.SequenceEqual("utm_source"u8): f.UtmSource = scanner.Value(); break;
                case 10 when name.SequenceEqual("utm_medium"u8): f.UtmMedium = scanner.Value(); break;
                case 11 when name.SequenceEqual("environment"u8): f.PropertyEnvironment = scanner.Value(); break;
                case 12 when name.SequenceEqual("utm_campaign"u8): f.UtmCampaign = scanner.Value(); break;
                default: ReadFlag(json, name, ref scanner, ref f); break;
            }
        }

        f.Properties = Object(start, scanner);
    }

    private static void ReadTraits(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        if (!TryEnter(ref scanner, out var start, ref f.Traits))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 5 when name.SequenceEqual("email"u8): f.TraitEmail = scanner.Value(); break;
                case 7 when name.SequenceEqual("country"u8): f.TraitCountry = scanner.Value(); break;
                case 7 when name.SequenceEqual("address"u8): ReadMember(json, "country"u8, ref scanner, ref f.AddressCountry); break;
                case 7 when name.SequenceEqual("company"u8): ReadMember(json, "id"u8, ref scanner, ref f.CompanyId); break;
                default: scanner.Value(); break;
            }
        }

        f.Traits = Object(start, scanner);
    }

    private static void ReadContext(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        if (!TryEnter(ref scanner, out var start, ref f.Context))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 2 when name.SequenceEqual("ip"u8): f.Ip = scanner.Value(); break;
                case 4 when name.SequenceEqual("page"u8): ReadPage(json, ref scanner, ref f); break;
                case 6 when name.SequenceEqual("traits"u8): ReadMember(json, "email"u8, ref scanner, ref f.ContextEmail); break;
                case 6 when name.SequenceEqual("source"u8): f.ContextSource = scanner.Value(); break;
                case 7 when name.SequenceEqual("country"u8): f.ContextCountry = scanner.Value(); break;
                case 7 when name.SequenceEqual("groupId"u8): f.ContextGroupId = scanner.Value(); break;
                case 8 when name.SequenceEqual("campaign"u8): ReadCampaign(json, ref scanner, ref f); break;
                case 8 when name.SequenceEqual("location"u8): ReadMember(json, "country"u8, ref scanner, ref f.LocationCountry); break;
                case 9 when name.SequenceEqual("userAgent"u8): f.UserAgent = scanner.Value(); break;
                case 11 when name.SequenceEqual("environment"u8): f.ContextEnvironment = scanner.Value(); break;
                default: ReadFlag(json, name, ref scanner, ref f); break;
            }
        }

        f.Context = Object(start, scanner);
    }

    private static void ReadPage(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        var passedOver = default(JsonSlice);
        if (!TryEnter(ref scanner, out _, ref passedOver))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 3 when name.SequenceEqual("url"u8): f.PageUrl = scanner.Value(); break;
                case 8 when name.SequenceEqual("referrer"u8): f.PageReferrer = scanner.Value(); break;
                default: scanner.Value(); break;
            }
        }
    }

    private static void ReadCampaign(ReadOnlySpan<byte> json, ref JsonScanner scanner, ref EventFields f)
    {
        var passedOver = default(JsonSlice);
        if (!TryEnter(ref scanner, out _, ref passedOver))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = Name(json, member);
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("name"u8): f.CampaignName = scanner.Value(); break;
                case 6 when name.SequenceEqual("source"u8): f.CampaignSource = scanner.Value(); break;
                case 6 when name.SequenceEqual("medium"u8): f.CampaignMedium = scanner.Value(); break;
                default: scanner.Value(); break;
            }
        }
    }

    private static void ReadFlag(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, ref JsonScanner scanner, ref EventFields f)
    {
        var value = scanner.Value();
        switch (name.Length)
        {
            case 6 when name.SequenceEqual("is_bot"u8): f.IsBot |= value.IsTrue(json); break;
            case 7 when name.SequenceEqual("is_test"u8): f.IsTest |= value.IsTrue(json); break;
            case 11 when name.SequenceEqual("is_internal"u8): f.IsInternal |= value.IsTrue(json); break;
        }
    }

    private static void ReadMember(ReadOnlySpan<byte> json, ReadOnlySpan<byte> wanted, ref JsonScanner scanner, ref JsonSlice value)
    {
        var passedOver = default(JsonSlice);
        if (!TryEnter(ref scanner, out _, ref passedOver))
            return;
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var slice = scanner.Value();
            if (Name(json, member).SequenceEqual(wanted))
                value = slice;
        }
    }

    // True if an object comes next, which the caller then reads to its end. Anything else is passed over.
    private static bool TryEnter(ref JsonScanner scanner, out int start, ref JsonSlice value)
    {
        var isObject = scanner.Peek() == '{';
        start = scanner.Position;
        if (isObject)
            scanner.Enter();
        else
            value = scanner.Value();
        return isObject;
    }

    private static JsonSlice Object(int start, in JsonScanner scanner) =>
        new(start, scanner.Position - start, JsonKind.Object);

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> json, JsonSlice name) =>
        name.Kind == JsonKind.String ? name.Text(json, default) : name.Text(json, new byte[name.Length]);
}
