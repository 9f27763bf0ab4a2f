namespace LifecycleMetrics.Ingest.Spool;

/// <summary>The columns of table <c>touchpoint</c> a spooled row holds, in this order, as RowBinary.</summary>
/// <remarks>
/// A segment names its columns in its header, and is written to ClickHouse by these names: columns may be added here
/// while older segments still wait.
/// </remarks>
internal static class TouchpointColumns
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "event_id", "type", "event", "subject_key", "user_id", "anonymous_id", "previous_id", "account_id",
        "occurred_at", "received_at", "sent_at", "time_basis", "source", "channel", "campaign", "campaign_source",
        "campaign_medium", "referrer", "country", "order_id", "revenue_minor", "currency", "cost_minor", "score",
        "properties", "traits", "context", "is_bot", "is_internal", "is_test", "key_id",
    ];
}
