using LifecycleMetrics.Lifecycle.DryRun;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Options;
using static LifecycleMetrics.Lifecycle.Tests.Support.Some;

namespace LifecycleMetrics.Lifecycle.Tests.DryRun;

public sealed class ModelDryRunTests(EngineFixture engine)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DryRun_SaysWhatWouldChange_AndLeavesNothingBehind()
    {
        // T is 1 April 2026, so March is the last closed month.
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(90), hasCells: true);
        await database.AddAsync(
            Page(0, "ann"),
            Event("Signed Up", 10, "ann"),
            Order("o1", 20, user: "ann"),
            Order("o2", 70, user: "ann"),
            Page(1, "bob"),
            Page(65, "cat"));
        await database.RefreshAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "few-models", "sterne-cutler.yaml"), Stop);
        var published = ModelReader.Read("published.yaml", text).ModelsOrThrow()[0];
        var changed = ModelReader.Read(
            "changed.yaml",
            text.Replace("version: 1", "version: 2", StringComparison.Ordinal)
                .Replace("lapse_after: 180d", "lapse_after: 60d", StringComparison.Ordinal)).ModelsOrThrow()[0];
        var progress = new Steps();
        var dryRun = new ModelDryRun(database.Writer, Options.Create(new LifecycleOptions { DryRunBatchSubjects = 2 }));

        var same = await dryRun.RunAsync(published, progress, Stop);
        var other = await dryRun.RunAsync(changed, progress, Stop);

        Assert.Equal((0, 0), (same.MovedCount, same.Stages.Sum(stage => Math.Abs(stage.Current.Change!.Value))));
        Assert.Equal(new DateOnly(2026, 3, 1), same.Month);
        Assert.Equal(await ViewAsync(database, "kpi_stage_stock"), same.Stages.ToDictionary(s => s.StageId, s => s.Stock.After!.Value));
        Assert.Equal(await ViewAsync(database, "kpi_stage_entries"), same.Stages.ToDictionary(s => s.StageId, s => s.Entries.After!.Value));
        var reach = same.Conversions.Single(conversion => conversion.FromStage == "reach");
        // The window of 30 days is over for those of February, when nobody came; January is not asked for.
        Assert.Equal((new DateOnly(2026, 2, 1), 0L, 0L), (reach.After!.Month, reach.After.Converted, reach.After.Entered));

        // bob has been away for 60 days on 2 March.
        Assert.Equal((1, 2, false), (other.PublishedVersion, other.Version, other.IsChangeInPlace));
        Assert.Equal(1, other.MovedCount);
        Assert.Equal(new DryRunCount(3, 3), other.Subjects);
        Assert.Equal(new DryRunCount(0, 1), other.Stages.Single(stage => stage.StageId == "lapsed").Current);
        Assert.Equal(new DryRunCount(2, 1), other.Stages.Single(stage => stage.StageId == "reach").Current);
        Assert.Equal(new DryRunCount(0, 1), other.Stages.Single(stage => stage.StageId == "lapsed").Entries);
        Assert.Equal(new DryRunCount(1, 1), other.Stages.Single(stage => stage.StageId == "retention").Furthest);

        Assert.Equal(new DryRunProgress(2, 2), progress.Last);
        Assert.Empty(await database.ReadAsync(
            "select name from system.tables where database = currentDatabase() and startsWith(name, 'dry_run_')", row => (string)row[0]));
        Assert.Equal(
            ["1"],
            await database.ReadAsync(
                "select distinct toString(model_version) from subject_journey where model_id = 'sterne-cutler'", row => (string)row[0]));
    }

    private static async Task<Dictionary<string, long>> ViewAsync(LifecycleDatabase database, string view) =>
        (await database.ReadAsync(
            $"""
            select stage_id, numerator from {view}
            where model_id = 'sterne-cutler' and grain = 'month' and dimension = 'all' and period_start = '2026-03-01'
            """,
            row => (Stage: (string)row[0], Count: Convert.ToInt64(row[1], null)))).ToDictionary(row => row.Stage, row => row.Count);

    private sealed class Steps : IProgress<DryRunProgress>
    {
        public DryRunProgress? Last { get; private set; }

        public void Report(DryRunProgress value) => Last = value;
    }
}
