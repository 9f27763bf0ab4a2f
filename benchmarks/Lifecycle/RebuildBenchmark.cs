using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Lifecycle.DryRun;
using LifecycleMetrics.Lifecycle.Models;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The visits of all subjects anew, beside a bare fold over the same events.</summary>
internal sealed class RebuildBenchmark(LifecycleEngine engine, ShopSize size, Figures figures)
{
    private const int Rounds = 3;
    private const double Megabyte = 1024 * 1024;

    private readonly MarkdownTable _table = new("full rebuild", "s", "engine, CPU-s", "largest statement, MB", "engine, MB at most", "× bare");

    private readonly MarkdownTable _targets = new("writes", "statements", "s");

    public async Task RunAsync()
    {
        await engine.BringUpToDateAsync();
        var fold = SqlText.Load("bare_fold");
        var model = await DefaultModelAsync();
        var bare = new List<Cost>();
        var visits = new List<Cost>();
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await MeasureAsync(() => engine.Logged.ExecuteAsync(fold)));
            visits.Add(await MeasureAsync(() => WorkOutAsync(model)));
        }

        var bareSeconds = bare.Select(cost => cost.Seconds).Median();
        Add("bare fold over `touchpoint`", Median(bare), bareSeconds);
        Add($"visits of `{model.Id}`", Median(visits), bareSeconds);
        figures.Add(size, "bare fold, s", Invariant($"{bareSeconds:F1}"));
        figures.Add(size, $"visits of `{model.Id}`, s", Invariant($"{Median(visits).Seconds:F1}"));
        figures.Add(size, "× bare", Invariant($"{Median(visits).Seconds / bareSeconds:F1}"));
        figures.Add(size, "engine at most, MB", Invariant($"{visits.Max(cost => cost.PeakMemory) / Megabyte:F0}"));
        await RebuildAsync(bareSeconds);
        _table.Print("Full rebuild");
        _targets.Print("Longest statements of a full rebuild");
    }

    private async Task RebuildAsync(double bareSeconds)
    {
        IReadOnlyList<Statement> statements = [];
        var whole = await MeasureAsync(async () =>
        {
            await engine.Refresher.RebuildAsync(CancellationToken.None);
            statements = engine.Statements.Take();
            return statements;
        });
        Add("everything: all models, all cells", whole, bareSeconds);
        foreach (var kind in Enum.GetValues<StatementKind>())
        {
            var ofKind = statements.Where(statement => statement.Kind == kind).ToArray();
            if (ofKind.Length > 0)
                _table.Add($"of it {kind.ToString().ToLowerInvariant()}, {ofKind.Length} statements", Invariant($"{Statement.Seconds(ofKind):F1}"), "", Megabytes(ofKind.Max(s => s.Memory)), "", "");
        }

        foreach (var (target, count, seconds) in StatementCost.Longest(statements))
            _targets.Add(target, Invariant($"{count}"), Invariant($"{seconds:F1}"));
        figures.Add(size, "everything, s", Invariant($"{whole.Seconds:F0}"));
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

    private Task<Cost> MeasureAsync(Func<Task> run) => MeasureAsync(async () =>
    {
        await run();
        return engine.Statements.Take();
    });

    private async Task<Cost> MeasureAsync(Func<Task<IReadOnlyList<Statement>>> run)
    {
        await engine.ClickHouse.MergesAsync();
        engine.Statements.Take();
        engine.Process.ResetPeak();
        var cpu = engine.Process.Seconds;
        var statements = await run();
        return new Cost(
            Statement.Seconds(statements),
            engine.Process.Seconds - cpu,
            statements.Max(statement => statement.Memory),
            engine.Process.PeakMemory);
    }

    private static Cost Median(List<Cost> costs) => new(
        costs.Select(cost => cost.Seconds).Median(),
        costs.Select(cost => cost.CpuSeconds).Median(),
        costs.Max(cost => cost.StatementMemory),
        costs.Max(cost => cost.PeakMemory));

    private void Add(string name, Cost cost, double bareSeconds) => _table.Add(
        name,
        Invariant($"{cost.Seconds:F1}"),
        Invariant($"{cost.CpuSeconds:F1}"),
        Megabytes(cost.StatementMemory),
        Megabytes(cost.PeakMemory),
        Invariant($"{cost.Seconds / bareSeconds:F1}"));

    private static string Megabytes(long bytes) => Invariant($"{bytes / Megabyte:F0}");

    private sealed record Cost(double Seconds, double CpuSeconds, long StatementMemory, long PeakMemory);
}
