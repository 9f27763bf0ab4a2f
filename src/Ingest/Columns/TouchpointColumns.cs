using System.Collections.Frozen;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>The columns of table <c>touchpoint</c> that events fill.</summary>
/// <remarks>
/// A segment names its columns in its header and its frames number them by that list: columns may be added here while
/// older segments still wait.
/// </remarks>
internal static class TouchpointColumns
{
    private const string Instant = "DateTime64(3, 'UTC')";
    private const string Term = "LowCardinality(String)";

    public static IReadOnlyList<TouchpointColumn> All { get; } =
    [
        new("event_id", ColumnKind.Text, "String"),
        new("type", ColumnKind.Dictionary, Term),
        new("event", ColumnKind.Dictionary, Term),
        new("subject_key", ColumnKind.Text, "String"),
        new("user_id", ColumnKind.Text, "String"),
        new("anonymous_id", ColumnKind.Text, "String"),
        new("previous_id", ColumnKind.Text, "String"),
        new("account_id", ColumnKind.Text, "String"),
        new("occurred_at", ColumnKind.Number, Instant),
        new("received_at", ColumnKind.Number, Instant),
        new("sent_at", ColumnKind.Nullable, $"Nullable({Instant})"),
        new("time_basis", ColumnKind.Byte, "Enum8('explicit' = 1, 'corrected' = 2, 'received' = 3)"),
        new("source", ColumnKind.Dictionary, Term),
        new("channel", ColumnKind.Dictionary, Term),
        new("campaign", ColumnKind.Dictionary, Term),
        new("campaign_source", ColumnKind.Dictionary, Term),
        new("campaign_medium", ColumnKind.Dictionary, Term),
        new("referrer", ColumnKind.Text, "String"),
        new("country", ColumnKind.Dictionary, Term),
        new("order_id", ColumnKind.Text, "String"),
        new("revenue_minor", ColumnKind.Nullable, "Nullable(Int64)"),
        new("currency", ColumnKind.Dictionary, Term),
        new("cost_minor", ColumnKind.Nullable, "Nullable(Int64)"),
        new("score", ColumnKind.Nullable, "Nullable(Float64)"),
        new("properties", ColumnKind.Text, "String"),
        new("traits", ColumnKind.Text, "String"),
        new("context", ColumnKind.Text, "String"),
        new("is_bot", ColumnKind.Byte, "Bool"),
        new("is_internal", ColumnKind.Byte, "Bool"),
        new("is_test", ColumnKind.Byte, "Bool"),
        new("key_id", ColumnKind.Dictionary, Term),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(column => column.Name)];

    /// <summary>The columns by name.</summary>
    public static FrozenDictionary<string, TouchpointColumn> ByName { get; } =
        All.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);

    /// <summary>Place of a column in <see cref="All"/>.</summary>
    public static byte Ordinal(string name) => Ordinals[name];

    private static FrozenDictionary<string, byte> Ordinals { get; } =
        Names.Index().ToFrozenDictionary(c => c.Item, c => (byte)c.Index, StringComparer.Ordinal);
}
