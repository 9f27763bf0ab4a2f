using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class EventIdWindowTests
{
    private const long Day = 86_400_000;
    private const long Now = 20_000 * Day;

    [Fact]
    public void Id_IsRememberedForTheWindow_AndForgottenAfterIt()
    {
        var window = new EventIdWindow(new DeduplicationOptions());
        window.Add([(UInt128)1], Now, Now);
        window.Add([(UInt128)2], Now + (7 * Day), Now + (7 * Day));
        Assert.True(window.Contains(1));
        window.Add([(UInt128)3], Now + (8 * Day), Now + (8 * Day));
        Assert.False(window.Contains(1));
        Assert.True(window.Contains(2));
    }

    [Fact]
    public void MaxIds_ForgetsTheOldestDay_AndSaysHowMany()
    {
        var window = new EventIdWindow(new DeduplicationOptions { MaxIds = 3 });
        Assert.Equal(0, window.Add([(UInt128)1, (UInt128)2], Now - Day, Now));
        Assert.Equal(2, window.Add([(UInt128)3, (UInt128)4], Now, Now));
        Assert.False(window.Contains(1));
        Assert.True(window.Contains(4));
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public void Load_FindsEventsTakenBeforeIt_AlsoIfItIsRepeated()
    {
        var window = new EventIdWindow(new DeduplicationOptions());
        window.Add([(UInt128)1, (UInt128)2], Now, Now); // taken while ClickHouse was down
        window.Load([((UInt128)1, Now - Day), ((UInt128)9, Now - Day)], Now); // fails half-way
        window.Load([((UInt128)1, Now - Day), ((UInt128)9, Now - Day), ((UInt128)8, Now - Day)], Now);
        window.CompleteLoad();
        Assert.True(window.IsLateDuplicate(1));
        Assert.False(window.IsLateDuplicate(2));
        Assert.False(window.IsLateDuplicate(9));
        Assert.True(window.Contains(8));
    }

    [Fact]
    public void Set_HoldsManyIds_ZeroIncluded()
    {
        var set = new EventIdSet();
        Assert.True(set.Add(UInt128.Zero));
        Assert.False(set.Add(UInt128.Zero));
        for (var i = 2; i < 100_000; i++)
            Assert.True(set.Add((UInt128)i * 1_024));
        for (var i = 2; i < 100_000; i++)
            Assert.True(set.Contains((UInt128)i * 1_024));
        Assert.False(set.Contains(3));
        Assert.Equal(99_999, set.Count);
    }
}
