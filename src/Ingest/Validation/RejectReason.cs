namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Stable codes that say why an event was refused. Codes are never renamed; new ones may be added.</summary>
public static class RejectReason
{
    public const string NotAnObject = "not_an_object";
    public const string EventTooLarge = "event_too_large";
    public const string TooDeep = "too_deep";
    public const string InvalidUtf8 = "invalid_utf8";
    public const string NumberOutOfRange = "number_out_of_range";
    public const string MissingType = "missing_type";
    public const string UnknownType = "unknown_type";
    public const string MissingEvent = "missing_event";
    public const string MissingId = "missing_id";
    public const string UserIdRefused = "user_id_refused";
    public const string AnonymousIdRefused = "anonymous_id_refused";
    public const string PreviousIdRefused = "previous_id_refused";
    public const string MissingUserId = "missing_user_id";
    public const string MissingPreviousId = "missing_previous_id";
    public const string MissingGroupId = "missing_group_id";
    public const string MessageIdInvalid = "message_id_invalid";
    public const string TimestampInvalid = "timestamp_invalid";
    public const string PropertiesInvalid = "properties_invalid";
    public const string TraitsInvalid = "traits_invalid";
    public const string ContextInvalid = "context_invalid";
    public const string RevenueInvalid = "revenue_invalid";
    public const string CostInvalid = "cost_invalid";
    public const string CurrencyUnknown = "currency_unknown";

    /// <summary>ClickHouse refused the row for its content, after it had been accepted.</summary>
    public const string RefusedByClickHouse = "refused_by_clickhouse";
}
