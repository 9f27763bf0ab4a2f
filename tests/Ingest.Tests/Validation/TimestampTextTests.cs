using System.Text;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Tests.Validation;

public sealed class TimestampTextTests
{
    [Theory]
    [InlineData("2026-01-31T13:45:01.123Z", "2026-01-31T13:45:01.123Z")]
    [InlineData("2026-01-31T13:45:01.1239999Z", "2026-01-31T13:45:01.123Z")]
    [InlineData("2026-01-31T13:45:01,5Z", "2026-01-31T13:45:01.500Z")]
    [InlineData("2026-01-31T13:45:01Z", "2026-01-31T13:45:01Z")]
    [InlineData("2026-01-31T13:45Z", "2026-01-31T13:45:00Z")]
    [InlineData("2026-01-31 13:45:01", "2026-01-31T13:45:01Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T13:45:01+02:00", "2026-01-31T11:45:01Z")]
    [InlineData("2026-01-31T13:45:01-0530", "2026-01-31T19:15:01Z")]
    [InlineData("2026-01-31T13:45:01+02", "2026-01-31T11:45:01Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("1997-01-01T00:00:00Z", "1997-01-01T00:00:00Z")]
    [InlineData("1901-01-01T00:00:00Z", "1901-01-01T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    public void Accepts_Iso8601(string text, string instant)
    {
        Assert.True(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds));
        Assert.Equal(Some.Ms(instant), milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026")]
    [InlineData("2026-02-29")]
    [InlineData("2026-00-10")]
    [InlineData("2026-01-32")]
    [InlineData("2026-01-31T")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T13:60:00Z")]
    [InlineData("2026-01-31T13:45:01.Z")]
    [InlineData("2026-01-31T13:45:01Zulu")]
    [InlineData("2026-01-31T13:45:01+25:00")]
    [InlineData("1899-12-31T23:59:59Z")]
    [InlineData("2300-01-01T00:00:00Z")]
    [InlineData("1900-01-01T00:00:00+01:00")]
    [InlineData("31/01/2026")]
    public void Rejects_AnythingElse(string text) => Assert.False(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
