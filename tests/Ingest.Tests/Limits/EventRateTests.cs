using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Limits;

public sealed class EventRateTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void Burst_IsLetIn_AndThenOneAtATime()
    {
        var rate = new EventRate(perSecond: 10, burst: 5, _clock);
        Assert.Equal(5, Take(rate, 20));
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, Take(rate, 20));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Take(rate, 20));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, Take(rate, 20)); // a long rest saves up no more than the burst
    }

    [Fact]
    public void RetryAfter_IsWhenTheNextIsLetIn()
    {
        var rate = new EventRate(perSecond: 10, burst: 10, _clock);
        Take(rate, 10);
        rate.Charge(90);
        Assert.False(rate.TryTake(out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(9.1), retryAfter);
        _clock.Advance(retryAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(rate.TryTake(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(rate.TryTake(out _));
    }

    [Fact]
    public void BatchAboveTheBurst_IsLetIn_AndPaidForAfterwards()
    {
        var rate = new EventRate(perSecond: 100, burst: 10, _clock);
        for (var second = 0; second < 50; second += 25)
        {
            Assert.True(rate.TryTake(out _));
            rate.Charge(2_499);
            _clock.Advance(TimeSpan.FromSeconds(24.5));
            Assert.False(rate.TryTake(out _));
            _clock.Advance(TimeSpan.FromSeconds(0.5));
        }
    }

    [Fact]
    public async Task ManyAtATime_GetNoMoreThanTheBurst()
    {
        var rate = new EventRate(perSecond: 1, burst: 1_000, _clock);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Take(rate, 1_000))));
        Assert.Equal(1_000, taken.Sum());
    }

    private static int Take(EventRate rate, int tries)
    {
        var taken = 0;
        for (var i = 0; i < tries; i++)
            taken += rate.TryTake(out _) ? 1 : 0;
        return taken;
    }
}
