namespace LifecycleMetrics.Lifecycle.Tests;

public sealed class LifecycleOptionsTests
{
    [Theory]
    [InlineData(0.75, 1, 2)]
    [InlineData(0.75, 9, 3)]
    [InlineData(0.75, 600, 20)]
    [InlineData(0.5, 9, 9)]
    [InlineData(1, 600, 2)]
    public void PauseAfter_IsTheShareThatIsLeft_BetweenOneIntervalAndTen(double share, int ranSeconds, int pauseSeconds)
    {
        var options = new LifecycleOptions { RefreshInterval = TimeSpan.FromSeconds(2), RefreshShare = share };

        Assert.Equal(pauseSeconds, options.PauseAfter(TimeSpan.FromSeconds(ranSeconds)).TotalSeconds, 3);
    }
}
