using LifecycleMetrics.Ingest.Outcomes;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Outcomes;

public sealed class OutcomeCountsTests
{
    private readonly ManualTime _time = new(Some.Now);
    private readonly OutcomeCounts _counts;
    private readonly Dictionary<OutcomeKey, long> _table = [];

    public OutcomeCountsTests() => _counts = new OutcomeCounts(_time);

    [Theory]
    [InlineData(-1)]
    [InlineData(-10)]
    [InlineData(-600)]
    public void ClockThatIsSetBack_LosesNoEvent(int minutes)
    {
        for (var minute = 0; minute < 20; minute++)
        {
            Send(10);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _time.Jump(TimeSpan.FromMinutes(minutes));
        for (var minute = 0; minute < 20; minute++)
        {
            Send(1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(220, _table.Values.Sum());
    }

    [Fact]
    public void ClockThatWasFarAhead_LosesNoEvent_AndLaterOnesAreCountedInTheirMinute()
    {
        Send(10);
        _time.Jump(TimeSpan.FromDays(365));
        Send(10);
        _time.Jump(TimeSpan.FromDays(-365));
        _time.Advance(TimeSpan.FromMinutes(5));
        Send(1);

        Assert.Equal(21, _table.Values.Sum());
        Assert.Equal(1, _table.Single(count => count.Key.Minute == _time.GetUtcNow().ToUnixTimeSeconds() / 60).Value);
    }

    // As the table does: of a key's counts the highest holds.
    private void Send(int events)
    {
        _counts.Add(new IngestSource("k1", "web"), new IngestReceipt(events, 0, 0, []));
        var unwritten = _counts.Unwritten();
        foreach (var count in unwritten)
            _table[count.Key] = Math.Max(_table.GetValueOrDefault(count.Key), count.Events);
        _counts.Written(unwritten);
    }
}
