namespace LifecycleMetrics.Ingest.Validation;

/// <summary>What is wrong and what to do, for each reason code.</summary>
internal static class RejectMessages
{
    public static string Of(string reason, IngestOptions options) => reason switch
    {
        RejectReason.NotAnObject => "An event must be a JSON object.",
        RejectReason.EventTooLarge =>
            $"The event is larger than {options.MaxEventBytes} bytes. Send less, or raise Ingest:MaxEventBytes.",
        RejectReason.TooDeep =>
            $"The event is nested deeper than {options.MaxEventDepth} levels. Flatten it, or raise Ingest:MaxEventDepth.",
        RejectReason.InvalidUtf8 => "The event holds bytes that are not UTF-8.",
        RejectReason.NumberOutOfRange => "The event holds a number that fits neither 64 bits nor a double. Send it as a string.",
        RejectReason.MissingType => "The event has no \"type\". Give track, identify, page, screen, group or alias.",
        RejectReason.UnknownType => "The event's \"type\" is not one of track, identify, page, screen, group, alias.",
        RejectReason.MissingEvent => "A track call needs a text \"event\": the name of what happened.",
        RejectReason.MissingId => "The event needs a \"userId\" or an \"anonymousId\".",
        RejectReason.UserIdRefused => "\"userId\" is blank, a placeholder such as null or undefined, or no text or number.",
        RejectReason.AnonymousIdRefused =>
            "\"anonymousId\" is blank, a placeholder such as null or undefined, or no text or number.",
        RejectReason.PreviousIdRefused =>
            "\"previousId\" is blank, a placeholder such as null or undefined, or no text or number.",
        RejectReason.MissingUserId => "An alias call needs a \"userId\": the id that stays.",
        RejectReason.MissingPreviousId => "An alias call needs a \"previousId\": the id that is merged into userId.",
        RejectReason.MissingGroupId => "A group call needs a \"groupId\".",
        RejectReason.MessageIdInvalid => "\"messageId\" must be a text or number of less than 100 characters.",
        RejectReason.TimestampInvalid =>
            "\"timestamp\" or \"originalTimestamp\" is not an ISO 8601 instant between 1900 and 2299, such as 2026-01-31T13:45:00.000Z.",
        RejectReason.PropertiesInvalid => "\"properties\" must be a JSON object.",
        RejectReason.TraitsInvalid => "\"traits\" must be a JSON object.",
        RejectReason.ContextInvalid => "\"context\" must be a JSON object.",
        RejectReason.RevenueInvalid => "\"properties.revenue\" (or total, value) must be a decimal number in major units.",
        RejectReason.CostInvalid => "\"properties.cost\" must be a decimal number in major units.",
        RejectReason.CurrencyUnknown => "\"properties.currency\" is not a currency code of ISO 4217, such as EUR.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a message."),
    };
}
