using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class EventIdWindowTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> _windows = [];

    public void Dispose() => _windows.ForEach(window => window.Dispose());

    [Fact]
    public void Id_IsRememberedForTheWindow_AndForgottenAfterIt()
    {
        var window = Window();
        Add(window, 1);
        _time.Advance(7 * Day);
        Add(window, 2);
        Assert.True(window.Contains(1));
        _time.Advance(1 * Day);
        Add(window, 3);
        Assert.False(window.Contains(1));
        Assert.True(window.Contains(2));
        Assert.Empty(Add(window, 1));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void JumpOfTheClock_ForgetsNothing(int days)
    {
        var window = Window();
        Add(window, 1);
        _time.Jump(days * Day);
        Assert.Equal([0], Add(window, 1));
        _time.Advance(1 * Day);
        Assert.Equal([0], Add(window, 1));
    }

    [Fact]
    public void StartWithAWrongClock_LoadsTheLastDaysThatThereAre_AndKeepsThem()
    {
        var window = Window();
        var latest = (_time.GetUtcNow() - (30 * Day)).ToUnixTimeMilliseconds();
        window.Recover(2, latest + 1_000);
        window.SetLatest(latest);
        Assert.Equal(latest - (long)(7 * Day).TotalMilliseconds, window.Since());
        window.BeginLoad(window.Since());
        window.Load([(1, latest)]);
        window.CompleteLoad();
        _time.Advance(6 * Day);
        Assert.Equal([0, 1], Add(window, 1, 2));
    }

    [Fact]
    public void MoreThanMaxIds_ForgetsTheOldest_AndSaysHowMany()
    {
        const int max = 6_400;
        var window = Window(max);
        var forgotten = 0;
        for (var id = 1; id <= 5 * max; id += 100)
            forgotten += window.Add([.. Enumerable.Range(id, 100).Select(Id)], []);
        Assert.InRange(window.Count, max - (max / 32), max);
        Assert.Equal((5 * max) - window.Count, forgotten);
        Assert.True(window.Contains(Id(5 * max)));
        Assert.False(window.Contains(Id(1)));
        Assert.InRange(window.Bytes, max * 16, max * 32);
    }

    [Fact]
    public void FewerThanMaxIds_ForgetsNothing()
    {
        var window = Window(maxIds: 1_000_000);
        var forgotten = 0;
        for (var id = 0; id < 990_000; id += 500)
        {
            forgotten += window.Add([.. Enumerable.Range(id, 500).Select(Id)], []);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal((0, 990_000), (forgotten, window.Count));
    }

    [Fact]
    public void Duplicates_AreNamedByTheirPlace_AlsoWithinOneRequest()
    {
        var window = Window();
        Add(window, 1);
        Assert.Equal([1, 3], Add(window, 2, 1, 3, 2));
    }

    [Fact]
    public void Remove_ForgetsWhatWasNew_AndKeepsWhatWasThere()
    {
        var window = Window();
        Add(window, 1);
        var duplicates = Add(window, 2, 1, 3);
        window.Remove([2, 1, 3], duplicates);
        Assert.True(window.Contains(1));
        Assert.Equal([1], Add(window, 3, 1, 2));
    }

    [Fact]
    public void Load_FindsEventsTakenBeforeIt_AlsoIfItIsRepeated()
    {
        var window = Window();
        Add(window, 1, 2); // taken while ClickHouse was down
        var yesterday = (_time.GetUtcNow() - Day).ToUnixTimeMilliseconds();
        window.BeginLoad(yesterday);
        window.Load([(1, yesterday), (9, yesterday)]); // fails half-way
        window.Load([(1, yesterday), (9, yesterday), (8, yesterday)]);
        window.CompleteLoad();
        Assert.True(window.IsLateDuplicate(1));
        Assert.False(window.IsLateDuplicate(2));
        Assert.False(window.IsLateDuplicate(9));
        Assert.True(window.Contains(8));
    }

    [Fact]
    public void LoadInNoOrder_IsForgottenByTime()
    {
        var window = Window();
        var now = _time.GetUtcNow();
        window.BeginLoad((now - (7 * Day)).ToUnixTimeMilliseconds());
        for (var hour = 0; hour < 168; hour++)
            window.Load([(Id(hour * 37 % 168), now.AddHours(-(hour * 37 % 168)).ToUnixTimeMilliseconds())]);
        window.CompleteLoad();
        _time.Advance(3 * Day);
        Add(window, Id(1_000));
        Assert.True(window.Contains(Id(90)));
        Assert.False(window.Contains(Id(110)));
    }

    private EventIdWindow Window(int maxIds = 10_000_000)
    {
        var window = new EventIdWindow(new DeduplicationOptions { MaxIds = maxIds }, _time);
        _windows.Add(window);
        return window;
    }

    private static List<int> Add(EventIdWindow window, params ReadOnlySpan<UInt128> ids)
    {
        var duplicates = new List<int>();
        window.Add(ids, duplicates);
        return duplicates;
    }

    private static UInt128 Id(int number) => EventIdHash.Of(BitConverter.GetBytes(number));
}
