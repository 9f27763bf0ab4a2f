using LifecycleMetrics.Lifecycle.Tests.Reference;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Lifecycle.Tests.Cells;

/// <summary>The cells of all families are what all subjects contribute, whatever happens.</summary>
public sealed class CellRefreshTests(EngineFixture engine)
{
    private const int Histories = 120;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cells_AfterEachInstalmentAndAsTimePasses_AreTheSumOfContributions()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(100), hasCells: true);
        var touches = Shuffled(1);
        foreach (var (part, day) in touches.Chunk((touches.Length / 3) + 1).Zip([100d, 260, 500]))
        {
            await database.SetReportsAsync(At(day));
            await database.AddAsync(part);
            await database.RefreshAsync();
            await CellAudit.AssertRightAsync(database);
        }

        // Nothing comes in any more, windows end and lapses come due.
        await database.SetReportsAsync(At(700));
        var due = await database.RefreshAsync();
        await CellAudit.AssertRightAsync(database);

        Assert.Equal(RefreshKind.Refresh, due.Kind);
        Assert.NotEmpty(await database.ReadAsync("select stage_id from stage_flow_cell where entered_count > 0 limit 1", row => (string)row[0]));
    }

    // What a subject contributed before what is new happened is neither put in nor taken out, so it must not depend on it.
    [Theory]
    [InlineData(LifecycleDatabase.FewModels, "sterne-cutler", 40_000)]
    [InlineData("account-models", "b2b", 100)]
    public async Task Cells_AfterEachInstalmentInTheOrderOfTime_AreTheSumOfContributions(string models, string defaultModel, int batchSubjects)
    {
        var options = new LifecycleOptions { ModelsDirectory = models, DefaultModel = defaultModel, BatchSubjects = batchSubjects };
        await using var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(0), options, hasCells: true);
        var touches = Shuffled(4).OrderBy(touch => touch.At).ToArray();
        foreach (var part in touches.Chunk((touches.Length / 5) + 1))
        {
            await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(part[^1].At) });
            await database.AddAsync(part);
            await database.RefreshAsync();
            await CellAudit.AssertRightAsync(database);
        }
    }

    // A subject that was looked at in vain is due when it was: here when the window of its first stage ends, before it lapses.
    [Fact]
    public async Task Resend_LeavesWhatIsDue()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(1), hasCells: true);
        var page = Some.Page(0, "ann");
        await database.AddAsync(page);
        await database.RefreshAsync();
        await database.AddAsync(page);
        Assert.Equal(1, (await database.RefreshAsync()).SubjectCount);

        await ExecuteAsync(database, "optimize table subject_due final");
        await database.SetReportsAsync(At(179));
        var due = await database.RefreshAsync();

        await CellAudit.AssertRightAsync(database);
        Assert.Equal(1, due.SubjectCount);
    }

    [Fact]
    public async Task Time_ThatGoesBack_BuildsAllAnew()
    {
        await using var database = await WithHistoriesAsync(500);
        await database.SetReportsAsync(At(300));

        var result = await database.RefreshAsync();

        Assert.Equal(RefreshKind.Rebuild, result.Kind);
        await CellAudit.AssertRightAsync(database);
    }

    [Fact]
    public async Task RunThatBrokeOff_IsMendedByTheNext()
    {
        await using var database = await WithHistoriesAsync(500);
        await database.AddAsync(Shuffled(2).Take(50));
        await BreakOffAsync(database);

        await database.RefreshAsync();

        await CellAudit.AssertRightAsync(database);
        Assert.Equal(1, await CountAsync(database, "select uniqExact(partition) from system.parts where active and database = currentDatabase() and table = 'stage_flow_cell'"));
    }

    [Fact]
    public async Task Compaction_LeavesTheSums_AndOneRowACell()
    {
        await using var database = await WithHistoriesAsync(500);
        using var compacting = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = LifecycleDatabase.FewModels, CompactAfterRuns = 1 });
        foreach (var part in Shuffled(3).Take(90).Chunk(45))
        {
            await database.AddAsync(part);
            await database.RefreshAsync();
        }

        var result = await compacting.BringUpToDateAsync(Stop);

        Assert.Equal(RefreshKind.Compaction, result.Kind);
        await CellAudit.AssertRightAsync(database);
        Assert.Equal(1, await CountAsync(database, "select uniqExact(base_no, refresh_no) from stage_flow_cell"));
    }

    [Fact]
    public async Task ReportSettings_ThatChange_BuildTheCellsAnew()
    {
        await using var database = await WithHistoriesAsync(500);
        await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(Some.Day(500)), WeekStart = DayOfWeek.Sunday });

        var result = await database.RefreshAsync();

        Assert.Equal(RefreshKind.CellRebuild, result.Kind);
        await CellAudit.AssertRightAsync(database);
    }

    private static ReportSettings At(double day) => new() { AsOf = new DateTimeOffset(Some.Day(day)) };

    private static Touch[] Shuffled(int group) =>
        [.. Enumerable.Range((group * 10_000) + 1, Histories).SelectMany(seed => new RandomHistory(seed).Touches()).OrderBy(touch => touch.EventId.GetHashCode(StringComparison.Ordinal))];

    private async Task<LifecycleDatabase> WithHistoriesAsync(double day)
    {
        var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(day), hasCells: true);
        await database.AddAsync(Shuffled(1));
        await database.RefreshAsync();
        return database;
    }

    // As if the process had died in mid-run: the subjects' rows are there in part, the run never finished.
    private static async Task BreakOffAsync(LifecycleDatabase database)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await ExecuteAsync(database, "alter table subject_journey add constraint broken check version = 0");
        await Assert.ThrowsAsync<ClickHouse.Data.ClickHouseException>(() => database.Refresher.BringUpToDateAsync(cancel.Token));
        await ExecuteAsync(database, "alter table subject_journey drop constraint broken");
    }

    private static async Task ExecuteAsync(LifecycleDatabase database, string sql)
    {
        await using var command = database.Writer.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<long> CountAsync(LifecycleDatabase database, string sql) =>
        (await database.ReadAsync(sql, row => Convert.ToInt64(row[0], null)))[0];
}
