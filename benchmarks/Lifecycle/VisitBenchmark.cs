using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Lifecycle.DryRun;
using LifecycleMetrics.Lifecycle.Models;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The visits of all subjects in one model, beside a bare fold over the same events.</summary>
internal sealed class VisitBenchmark(LifecycleEngine engine, ShopSize size, Figures figures)
{
    private const int Rounds = 3;
    private const double Megabyte = 1024 * 1024;

    public async Task RunAsync()
    {
        var fold = SqlText.Load("bare_fold");
        var model = await DefaultModelAsync();
        var bare = new List<EngineCost>();
        var visits = new List<EngineCost>();
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await EngineCost.MeasureAsync(engine, () => FoldAsync(fold)));
            visits.Add(await EngineCost.MeasureAsync(engine, () => WorkOutAsync(model)));
        }

        var bareSeconds = bare.Select(cost => cost.Seconds).Median();
        var table = new MarkdownTable("visits of all subjects", "s", "engine, CPU-s", "largest statement, MB", "engine, MB at most", "× bare");
        Add("bare fold over `touchpoint`", EngineCost.Median(bare));
        Add($"visits of `{model.Id}`", EngineCost.Median(visits));
        table.Print("Visits");
        figures.Add(size, "bare fold, s", Invariant($"{bareSeconds:F1}"));
        figures.Add(size, $"visits of `{model.Id}`, s", Invariant($"{EngineCost.Median(visits).Seconds:F1}"));
        figures.Add(size, "× bare", Invariant($"{EngineCost.Median(visits).Seconds / bareSeconds:F1}"));
        figures.Add(size, "engine at most, MB", Invariant($"{visits.Max(cost => cost.PeakMemory) / Megabyte:F0}"));

        void Add(string name, EngineCost cost) => table.Add(
            name,
            Invariant($"{cost.Seconds:F1}"),
            Invariant($"{cost.CpuSeconds:F1}"),
            Invariant($"{cost.StatementMemory / Megabyte:F0}"),
            Invariant($"{cost.PeakMemory / Megabyte:F0}"),
            Invariant($"{cost.Seconds / bareSeconds:F1}"));
    }

    private async Task<IReadOnlyList<Statement>> FoldAsync(string fold)
    {
        await engine.Logged.ExecuteAsync(fold);
        return engine.Statements.Take();
    }

    // The statements of the refresher for this model over all batches, into a table that nobody reads.
    private async Task<IReadOnlyList<Statement>> WorkOutAsync(LifecycleModel model)
    {
        var progress = new Progress<DryRunProgress>();
        await new ModelDryRun(engine.Logged, engine.Options).RunAsync(model, progress, CancellationToken.None);
        return [.. engine.Statements.Take().Where(statement => statement.Target.StartsWith("dry_run_", StringComparison.Ordinal))];
    }

    private async Task<LifecycleModel> DefaultModelAsync()
    {
        var directory = Path.Combine(AppContext.BaseDirectory, engine.Options.Value.ModelsDirectory);
        var reading = await ModelDirectory.ReadAsync(directory, CancellationToken.None);
        return reading.Models.Where(model => model.Id == engine.Options.Value.DefaultModel).MaxBy(model => model.Version)!;
    }
}
