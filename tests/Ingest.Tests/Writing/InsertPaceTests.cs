using LifecycleMetrics.Ingest.Writing;

namespace LifecycleMetrics.Ingest.Tests.Writing;

public sealed class InsertPaceTests
{
    private readonly InsertPace _pace = new(new WriterOptions { InsertShare = 0.1, MaxDelay = TimeSpan.FromSeconds(1) });

    [Fact]
    public void FirstInsert_WaitsForNobody() => Assert.Equal(TimeSpan.Zero, _pace.Delay);

    [Theory]
    [InlineData(20, 180)]
    [InlineData(100, 900)]
    [InlineData(112, 1_000)]
    [InlineData(60_000, 1_000)]
    public void TheLongerInsertsTake_TheLongerEventsWaitForOthers_UpToTheLimit(int tookMs, int delayMs)
    {
        _pace.Took(TimeSpan.FromMilliseconds(tookMs));
        Assert.Equal(delayMs, _pace.Delay.TotalMilliseconds, 3);
    }

    [Fact]
    public void OnlyTheLastInsert_Counts()
    {
        _pace.Took(TimeSpan.FromMinutes(1));
        _pace.Took(TimeSpan.FromMilliseconds(10));
        Assert.Equal(90, _pace.Delay.TotalMilliseconds, 3);
    }
}
