using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Limits;

public sealed class EventRateTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void Burst_IsLetIn_AndALongRestSavesUpNoMore()
    {
        var rate = new EventRate(perSecond: 10, burst: 5, _clock);
        Assert.Equal(5, Enter(rate, 6));
        _clock.Advance(TimeSpan.FromHours(1)); // the turn of the sixth is over
        Assert.Equal(5, Enter(rate, 20));
    }

    [Fact]
    public void WhoIsSentAway_GetsATurnOfHisOwn()
    {
        var rate = new EventRate(perSecond: 10, burst: 1, _clock);
        Assert.True(rate.TryEnter(out var paid, out _));
        rate.Charge(1, paid);
        for (var i = 1; i <= 40; i++)
        {
            Assert.False(rate.TryEnter(out _, out var retryAfter));
            Assert.Equal(i * 0.1, retryAfter.TotalSeconds, 6);
        }

        // They come back by whole seconds.
        for (var second = 1; second <= 4; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 10; i++)
            {
                Assert.True(rate.TryEnter(out paid, out _));
                rate.Charge(1, paid);
            }
        }

        Assert.False(rate.TryEnter(out _, out _));
    }

    [Fact]
    public void BatchAboveTheBurst_IsLetIn_AndPaidForAfterwards()
    {
        var rate = new EventRate(perSecond: 100, burst: 10, _clock);
        Assert.True(rate.TryEnter(out var paid, out _));
        rate.Charge(2_500, paid);
        Assert.False(rate.TryEnter(out _, out var retryAfter));
        Assert.Equal(24.91, retryAfter.TotalSeconds, 6);
        _clock.Advance(retryAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(rate.TryEnter(out _, out _));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(rate.TryEnter(out _, out _));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(4, 100)]
    [InlineData(20, 100)]
    [InlineData(20, 1)]
    public void SendersThatKeepToTheirTurns_GetTheRate_AndSeldomComeInVain(int senders, int batch)
    {
        const int perSecond = 50;
        const int seconds = 2_000;
        var rate = new EventRate(perSecond, burst: perSecond, _clock);
        var wakeAt = new int[senders];
        var tries = new int[senders];
        var (events, longest) = (0, 0);
        for (var second = 0; second < seconds; second++)
        {
            for (var sender = 0; sender < senders; sender++)
            {
                if (wakeAt[sender] > second)
                    continue;
                tries[sender]++;
                if (rate.TryEnter(out var paid, out var retryAfter))
                {
                    rate.Charge(batch, paid);
                    events += batch;
                    longest = Math.Max(longest, tries[sender]);
                    tries[sender] = 0;
                    wakeAt[sender] = second + 1; // it has the next batch ready
                }
                else
                {
                    wakeAt[sender] = second + (int)Math.Ceiling(retryAfter.TotalSeconds);
                }
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // A few more in the beginning, while nothing is known of the batches.
        Assert.InRange(events, Math.Min(perSecond, senders * batch) * seconds * 0.95, (perSecond * seconds) + perSecond + (senders * batch * 2));
        Assert.InRange(longest, 1, 3);
    }

    [Fact]
    public async Task ManyAtATime_GetNoMoreThanTheBurst()
    {
        var rate = new EventRate(perSecond: 1, burst: 1_000, _clock);
        var let = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enter(rate, 1_000))));
        Assert.Equal(1_000, let.Sum());
    }

    private static int Enter(EventRate rate, int tries)
    {
        var entered = 0;
        for (var i = 0; i < tries; i++)
            entered += rate.TryEnter(out _, out _) ? 1 : 0;
        return entered;
    }
}
