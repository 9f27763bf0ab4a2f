namespace LifecycleMetrics.Lifecycle.Tests;

public sealed class LifecycleOptionsTests
{
    [Theory]
    [InlineData(0.75, 0, 2)]
    [InlineData(0.75, 0.5, 1.5)]
    [InlineData(0.75, 3, 1)]
    [InlineData(0.75, 9, 3)]
    [InlineData(0.75, 600, 20)]
    [InlineData(0.5, 9, 9)]
    [InlineData(1, 1.5, 0.5)]
    [InlineData(1, 600, 0)]
    public void PauseAfter_IsWhatIsLeftOfTheInterval_OrTheShareThatIsLeft(double share, double ranSeconds, double pauseSeconds)
    {
        var options = new LifecycleOptions { RefreshInterval = TimeSpan.FromSeconds(2), RefreshShare = share };

        Assert.Equal(pauseSeconds, options.PauseAfter(TimeSpan.FromSeconds(ranSeconds)).TotalSeconds, 3);
    }
}
