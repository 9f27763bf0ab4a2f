using System.Text.Json.Serialization;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>How a column's values are written to JSON.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnType>))]
public enum ColumnType
{
    /// <summary>Milliseconds since 1970 (UTC).</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    [JsonStringEnumMemberName("number")]
    Number,

    [JsonStringEnumMemberName("boolean")]
    Boolean,

    [JsonStringEnumMemberName("string")]
    String,
}
