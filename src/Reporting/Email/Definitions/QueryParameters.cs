namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>The parameters a report's queries can use, with their ClickHouse types.</summary>
internal static class QueryParameters
{
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>
    {
        ["period_start"] = "Date",
        ["period_end"] = "Date",
        ["previous_start"] = "Date",
        ["history_start"] = "Date",
        ["grain"] = "String",
        ["model"] = "String",
        ["zone"] = "String",
    };
}
