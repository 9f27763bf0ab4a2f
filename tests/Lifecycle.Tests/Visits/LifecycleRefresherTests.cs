using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using static LifecycleMetrics.Lifecycle.Tests.Support.Some;

namespace LifecycleMetrics.Lifecycle.Tests.Visits;

public sealed class LifecycleRefresherTests(EngineFixture engine, SharedLifecycle shared) : IClassFixture<SharedLifecycle>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_WithNothingNew_DoesNothing()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine);
        var first = await database.RefreshAsync();
        await database.AddAsync(Page(0), Page(0, "bob"));
        var second = await database.RefreshAsync();
        var third = await database.RefreshAsync();

        Assert.True(first.IsRebuild);
        Assert.Equal((false, 2L), (second.IsRebuild, second.SubjectCount));
        Assert.Equal(0UL, third.RefreshNo);
    }

    [Fact]
    public async Task Stop_WhileARefreshIsUnderWay_LetsItFinish()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine);
        await database.RefreshAsync();
        await database.AddAsync(Page(0));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = database.Refresher.BringUpToDateAsync(stop.Token);
        while (!run.IsCompleted && await StatusesAsync() is not [_, _, "started"])
        {
        }

        Assert.False(run.IsCompleted, "The refresh was done before it could be stopped.");
        await stop.CancelAsync();
        var result = await run;

        Assert.Equal((RefreshKind.Refresh, 1L), (result.Kind, result.SubjectCount));
        Assert.Equal(RefreshKind.None, (await database.RefreshAsync()).Kind);

        Task<IReadOnlyList<string>> StatusesAsync() =>
            database.ReadAsync("select status from refresh_run order by refresh_no, status", row => (string)row[0]);
    }

    [Fact]
    public async Task Refresh_WorksOutTouchedSubjectsOnly()
    {
        await shared.Database.AddAsync(Page(0, "c1"), Page(0, "c2"), Page(0, "c3"));
        await shared.Database.RefreshAsync();
        await shared.Database.AddAsync(Page(1, "c2"));

        var result = await shared.Database.RefreshAsync();

        Assert.Equal(1, result.SubjectCount);
    }

    [Fact]
    public async Task Merge_MovesTheVisitsOfTheAnonymousSubject()
    {
        await shared.Database.AddAsync(Page(0).Anonymous("m1"), Event("Signed Up", 1).Anonymous("m1"));
        await shared.Database.RefreshAsync();
        Assert.Equal(["reach", "acquisition", "lapsed"], await StagesAsync("a:m1"));

        await shared.Database.AddAsync(Order("om1", 2, user: "mia") with { AnonymousId = "m1" });
        await shared.Database.RefreshAsync();

        Assert.Empty(await StagesAsync("a:m1"));
        Assert.Equal(["reach", "acquisition", "conversion", "lapsed"], await StagesAsync("u:mia"));
        Assert.DoesNotContain(await shared.Database.SubjectsAsync(), row => row.StartsWith("a:m1 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EarlierLink_ThatArrivesLate_MovesTheVisitsToTheOtherSubject()
    {
        await shared.Database.AddAsync(Page(0).Anonymous("m2"), Event("Signed Up", 5, "late") with { AnonymousId = "m2" });
        await shared.Database.RefreshAsync();
        await shared.Database.AddAsync(Event("Signed Up", 3, "early") with { AnonymousId = "m2" });
        await shared.Database.RefreshAsync();

        Assert.Equal(["acquisition", "lapsed"], await StagesAsync("u:late"));
        Assert.Equal(["reach", "acquisition", "lapsed"], await StagesAsync("u:early"));
    }

    [Fact]
    public async Task OrderReportedEarlierByAnotherSubject_IsTakenFromTheFirst()
    {
        await shared.Database.AddAsync(Order("shared-1", 5, user: "second"));
        await shared.Database.RefreshAsync();
        await shared.Database.AddAsync(Order("shared-1", 4, user: "first"));
        await shared.Database.RefreshAsync();

        Assert.Empty(await StagesAsync("u:second"));
        Assert.Equal(["conversion", "lapsed"], await StagesAsync("u:first"));
        Assert.Equal("u:first", Assert.Single(await shared.Database.OrdersAsync(), order => order.OrderId == "shared-1").Subject);
    }

    [Fact]
    public async Task LateEvent_ChangesTheVisitsAfterIt()
    {
        await shared.Database.AddAsync(Page(0, "tom"), Page(300, "tom"));
        await shared.Database.RefreshAsync();
        Assert.Equal(["reach", "lapsed", "reach", "lapsed"], await StagesAsync("u:tom"));

        await shared.Database.AddAsync(Page(150, "tom"));
        await shared.Database.RefreshAsync();

        Assert.Equal(["reach", "lapsed"], await StagesAsync("u:tom"));
    }

    [Fact]
    public async Task TouchThatBecomesVisibleLate_IsStillTakenIn()
    {
        await shared.Database.AddAsync(Page(0, "quick"));
        await shared.Database.RefreshAsync();
        var before = DateTime.UtcNow.AddSeconds(-20);
        await shared.Database.AddAsync(Page(0, "slow"));
        await shared.Database.RefreshAsync();

        // The same touch again, as an insert writes it that began before the last refresh and ended after it.
        await using (var command = shared.Database.Writer.CreateCommand(
            $"insert into touched_subject values ('{before:yyyy-MM-dd HH:mm:ss.fff}', 99, 'u:slow')"))
        {
            await command.ExecuteNonQueryAsync(Stop);
        }

        Assert.Equal(1, (await shared.Database.RefreshAsync()).SubjectCount);
        Assert.Equal(0UL, (await shared.Database.RefreshAsync()).RefreshNo);
    }

    [Fact]
    public async Task RefundWithoutItsOrder_IsKept()
    {
        await shared.Database.AddAsync(Refund("lost", 3, 700, "rob"));
        await shared.Database.RefreshAsync();

        var order = Assert.Single(await shared.Database.OrdersAsync(), order => order.OrderId == "lost");

        Assert.Equal(new Order("lost", "u:rob", false, Day(3), 0, 700, Day(3), 1, false), order);
    }

    [Fact]
    public async Task TimeZone_WhenItChanges_RebuildsTheDays()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(1000));
        await database.AddAsync(Page(0.99));
        await database.RefreshAsync();
        Assert.Equal(["u:ann 2026-01-01"], await database.DaysAsync());

        await database.SetReportsAsync(new ReportSettings { TimeZone = "Europe/Madrid", AsOf = new DateTimeOffset(Day(1000)) });
        var result = await database.RefreshAsync();

        Assert.True(result.IsRebuild);
        Assert.Equal(["u:ann 2026-01-02"], await database.DaysAsync());
    }

    [Fact]
    public async Task Models_OfTheDirectory_ArePublishedAndTakenBack()
    {
        var directory = Directory.CreateTempSubdirectory("lm-models-").FullName;
        var shipped = Path.Combine(AppContext.BaseDirectory, "lifecycles");
        File.Copy(Path.Combine(shipped, "sterne-cutler.yaml"), Path.Combine(directory, "a.yaml"));
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(1000));
        await database.AddAsync(Page(0));
        await database.RefreshAsync();
        using var withOne = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = directory });

        await withOne.BringUpToDateAsync(Stop);

        var stages = await database.ReadAsync(
            "select concat(model_id, ' ', stage_id, ' ', phase, ' ', label_es, ' ', toString(is_default_model)) from lifecycle_stage order by ordinal",
            row => (string)row[0]);
        Assert.Equal(
            [
                "sterne-cutler lapsed lapsed Inactivo true",
                "sterne-cutler reach reach Alcance true",
                "sterne-cutler acquisition consider Adquisición true",
                "sterne-cutler conversion convert Conversión true",
                "sterne-cutler retention retain Retención true",
                "sterne-cutler loyalty advocate Lealtad true",
            ],
            stages);
        Assert.NotEmpty(await database.VisitsAsync());
        Assert.Empty(await database.VisitsAsync("awareness-to-advocacy"));

        var changed = (await File.ReadAllTextAsync(Path.Combine(directory, "a.yaml"), Stop))
            .Replace("lapse_after: 180d", "lapse_after: 10d", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory, "a.yaml"), changed, Stop);
        using var withChange = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = directory });
        var result = await withChange.BringUpToDateAsync(Stop);

        Assert.True(result.IsRebuild);
        Assert.Equal(Day(10), (await database.VisitsAsync())[0].ExitedAt);

        // A name and a remark change nothing that was worked out.
        await File.WriteAllTextAsync(
            Path.Combine(directory, "a.yaml"), changed.Replace("es: Alcance", "es: Llegada", StringComparison.Ordinal) + "\n# a remark", Stop);
        using var withLabel = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = directory });
        result = await withLabel.BringUpToDateAsync(Stop);
        Directory.Delete(directory, recursive: true);

        Assert.Equal(RefreshKind.None, result.Kind);
        Assert.Contains("Llegada", await database.ReadAsync("select label_es from lifecycle_stage", row => (string)row[0]));
    }

    [Fact]
    public async Task DefaultModel_ThatIsNotThere_IsAFault()
    {
        using var refresher = shared.Database.CreateRefresher(new LifecycleOptions { DefaultModel = "no-such-model" });

        var exception = await Assert.ThrowsAsync<InvalidModelException>(() => refresher.StartAsync(Stop));

        Assert.Contains("sterne-cutler", exception.Message, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> StagesAsync(string subject) =>
        (await shared.Database.VisitsAsync(subject: subject)).Select(visit => visit.Stage);
}
