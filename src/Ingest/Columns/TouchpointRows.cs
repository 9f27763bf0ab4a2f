using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>
/// The rows of one request, column by column. Nothing of an event is kept but these values: they go to the disk and on
/// to ClickHouse as they stand here. Reused.
/// </summary>
internal sealed class TouchpointRows
{
    private const int ColumnHeadBytes = 5;

    public TextColumn EventId { get; } = new();

    public DictionaryColumn Type { get; } = new();

    public DictionaryColumn Event { get; } = new();

    public TextColumn SubjectKey { get; } = new();

    public TextColumn UserId { get; } = new();

    public TextColumn AnonymousId { get; } = new();

    public TextColumn PreviousId { get; } = new();

    public TextColumn AccountId { get; } = new();

    public NumberColumn OccurredAt { get; } = new();

    public NullableColumn SentAt { get; } = new();

    public ByteColumn TimeBasis { get; } = new();

    public DictionaryColumn Source { get; } = new();

    public DictionaryColumn Channel { get; } = new();

    public DictionaryColumn Campaign { get; } = new();

    public DictionaryColumn CampaignSource { get; } = new();

    public DictionaryColumn CampaignMedium { get; } = new();

    public TextColumn Referrer { get; } = new();

    public DictionaryColumn Country { get; } = new();

    public TextColumn OrderId { get; } = new();

    public NullableColumn RevenueMinor { get; } = new();

    public DictionaryColumn Currency { get; } = new();

    public NullableColumn CostMinor { get; } = new();

    public NullableColumn Score { get; } = new();

    public TextColumn Properties { get; } = new();

    public TextColumn Traits { get; } = new();

    public TextColumn Context { get; } = new();

    public ByteColumn IsBot { get; } = new();

    public ByteColumn IsInternal { get; } = new();

    public ByteColumn IsTest { get; } = new();

    public DictionaryColumn KeyId { get; } = new();

    private readonly (byte Ordinal, RowColumn Values)[] _columns;

    public TouchpointRows()
    {
        (string Name, RowColumn Values)[] columns =
        [
            ("event_id", EventId), ("type", Type), ("event", Event), ("subject_key", SubjectKey), ("user_id", UserId),
            ("anonymous_id", AnonymousId), ("previous_id", PreviousId), ("account_id", AccountId),
            ("occurred_at", OccurredAt), ("sent_at", SentAt), ("time_basis", TimeBasis), ("source", Source),
            ("channel", Channel), ("campaign", Campaign), ("campaign_source", CampaignSource),
            ("campaign_medium", CampaignMedium), ("referrer", Referrer), ("country", Country), ("order_id", OrderId),
            ("revenue_minor", RevenueMinor), ("currency", Currency), ("cost_minor", CostMinor), ("score", Score),
            ("properties", Properties), ("traits", Traits), ("context", Context), ("is_bot", IsBot),
            ("is_internal", IsInternal), ("is_test", IsTest), ("key_id", KeyId),
        ];
        _columns = [.. columns.Select(column => (TouchpointColumns.Ordinal(column.Name), column.Values))];
    }

    /// <summary>
    /// Appends the columns that have values: <c>u8 number of the column · u32 bytes · the values</c>. The time of
    /// receipt is one for all rows and stands in the frame's head.
    /// </summary>
    public void Write(ByteBuffer to)
    {
        foreach (var (ordinal, values) in _columns)
        {
            if (values.IsDefault)
                continue;
            to.WriteByte(ordinal);
            to.WriteNumber(0u);
            var start = to.Length;
            values.Write(to);
            to.SetUInt32(start - ColumnHeadBytes + 1, (uint)(to.Length - start));
        }
    }

    public void Reset()
    {
        foreach (var (_, values) in _columns)
            values.Reset();
    }
}
