using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Validation;

/// <summary>All events are received at 2026-06-15T12:00:00Z.</summary>
public sealed class EffectiveTimeTests
{
    private const int Explicit = 1;
    private const int Corrected = 2;
    private const int Received = 3;

    [Theory]
    [InlineData(null, null, null, "2026-06-15T12:00:00Z", Received)] // nothing said
    [InlineData(null, null, "2026-06-15T11:00:00Z", "2026-06-15T12:00:00Z", Received)] // only when it was sent
    [InlineData("2026-06-15T11:30:00Z", null, null, "2026-06-15T11:30:00Z", Explicit)]
    [InlineData("2026-06-15T11:30:00Z", null, "2026-06-15T11:59:59Z", "2026-06-15T11:30:00Z", Explicit)] // clock is right
    [InlineData("2026-06-15T09:30:00Z", null, "2026-06-15T10:00:00Z", "2026-06-15T11:30:00Z", Corrected)] // 2 h slow
    [InlineData("2026-06-16T11:30:00Z", null, "2026-06-16T12:00:00Z", "2026-06-15T11:30:00Z", Corrected)] // 1 d fast
    [InlineData("1970-01-01T00:00:10Z", null, "1970-01-01T00:00:20Z", "2026-06-15T11:59:50Z", Corrected)] // clock never set
    [InlineData(null, "2026-06-15T11:30:00Z", "2026-06-15T12:00:00Z", "2026-06-15T11:30:00Z", Explicit)] // as one SDK sends
    [InlineData(null, "2026-06-15T09:30:00Z", "2026-06-15T10:00:00Z", "2026-06-15T11:30:00Z", Corrected)]
    [InlineData("2026-01-02T03:04:05Z", "2026-06-15T10:00:00Z", "2026-06-15T10:00:00Z", "2026-01-02T03:04:05Z", Explicit)] // back-dated on purpose
    [InlineData("2026-06-15T09:30:00Z", "2026-06-15T09:30:00Z", "2026-06-15T10:00:00Z", "2026-06-15T11:30:00Z", Corrected)]
    [InlineData("2026-06-15T12:05:00Z", null, null, "2026-06-15T12:05:00Z", Explicit)] // just within the future
    [InlineData("2026-06-15T12:05:00.001Z", null, null, "2026-06-15T12:00:00Z", Received)]
    [InlineData("2026-06-15T11:59:00Z", null, "2026-06-15T11:59:00Z", "2026-06-15T11:59:00Z", Explicit)] // at the tolerance
    [InlineData("2026-06-15T11:58:59Z", null, "2026-06-15T11:58:59.999Z", "2026-06-15T11:59:59.001Z", Corrected)] // beyond it
    public void OccurredAt_FollowsTheRule(string? timestamp, string? original, string? sent, string occurred, int basis)
    {
        static string Member(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";
        var row = Some.Row(
            """{"type":"page","userId":"u" """ + Member("timestamp", timestamp) + Member("originalTimestamp", original) + Member("sentAt", sent) + "}");
        Assert.Equal(occurred, DateTimeOffset.FromUnixTimeMilliseconds((long)row["occurred_at"]!).ToString("yyyy-MM-ddTHH:mm:ss.FFFK").Replace("+00:00", "Z"));
        Assert.Equal(basis, row["time_basis"]);
    }

    [Fact]
    public void SentAt_OfTheBatch_HoldsForEventsWithoutTheirOwn()
    {
        var batch = Some.Validated(
            """
            {"batch":[{"type":"page","userId":"u","timestamp":"2026-06-15T09:30:00Z"},
                      {"type":"page","userId":"u","timestamp":"2026-06-15T09:30:00Z","sentAt":"2026-06-15T12:00:00Z"}],
             "sentAt":"2026-06-15T10:00:00Z"}
            """);
        var rows = Some.Rows(batch);
        Assert.Equal([Corrected, Explicit], rows.Select(row => row["time_basis"]));
    }
}
