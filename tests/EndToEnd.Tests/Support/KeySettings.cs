using System.Globalization;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>Settings of the write key that the tests send with, and what the server counts of them.</summary>
internal static class KeySettings
{
    private const string Key = "LIFECYCLE_Ingest__Keys__0__";

    /// <summary>A bound on its rate.</summary>
    public static Dictionary<string, string?> Rate(int eventsPerSecond, int burst) => new()
    {
        [$"{Key}MaxEventsPerSecond"] = eventsPerSecond.ToString(CultureInfo.InvariantCulture),
        [$"{Key}BurstEvents"] = burst.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>An origin whose pages may send with it.</summary>
    public static Dictionary<string, string?> Origin(string origin) => new() { [$"{Key}AllowedOrigins__0"] = origin };

    /// <summary>Requests with it that were refused for a reason such as <c>rate_limited</c> or <c>busy</c>, as /metrics counts them.</summary>
    public static async Task<long> RefusedAsync(this Client client, string code)
    {
        var (_, metrics) = await client.GetAsync("/metrics");
        var line = metrics.Split('\n').SingleOrDefault(line =>
            line.StartsWith("lifecycle_ingest_requests_refused", StringComparison.Ordinal)
            && line.Contains($"code=\"{code}\"", StringComparison.Ordinal)
            && line.Contains("key=\"e2e\"", StringComparison.Ordinal));
        // The value stands between the labels and, where there is one, the time.
        return line is null ? 0 : (long)double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
