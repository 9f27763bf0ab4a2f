using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>Everything anew, from the events: all subjects, all models, all cells.</summary>
internal sealed class RebuildBenchmark(LifecycleEngine engine, ShopSize size, Figures figures)
{
    private const double Megabyte = 1024 * 1024;

    public async Task RunAsync()
    {
        IReadOnlyList<Statement> statements = [];
        var whole = await EngineCost.MeasureAsync(engine, async () =>
        {
            await engine.Refresher.RebuildAsync(CancellationToken.None);
            return statements = engine.Statements.Take();
        });
        var table = new MarkdownTable("full rebuild", "statements", "s", "engine, CPU-s", "largest statement, MB", "engine, MB at most");
        table.Add(
            "everything: all models, all cells",
            Invariant($"{statements.Count}"),
            Invariant($"{whole.Seconds:F1}"),
            Invariant($"{whole.CpuSeconds:F1}"),
            Megabytes(whole.StatementMemory),
            Megabytes(whole.PeakMemory));
        foreach (var kind in Enum.GetValues<StatementKind>())
        {
            var ofKind = statements.Where(statement => statement.Kind == kind).ToArray();
            if (ofKind.Length > 0)
                table.Add($"of it {kind.ToString().ToLowerInvariant()}", Invariant($"{ofKind.Length}"), Invariant($"{Statement.Seconds(ofKind):F1}"), "", Megabytes(ofKind.Max(s => s.Memory)), "");
        }

        table.Print("Full rebuild");
        var targets = new MarkdownTable("writes", "statements", "s");
        foreach (var (target, count, seconds) in StatementCost.Longest(statements))
            targets.Add(target, Invariant($"{count}"), Invariant($"{seconds:F1}"));
        targets.Print("Longest statements of a full rebuild");
        figures.Add(size, "everything, s", Invariant($"{whole.Seconds:F0}"));
        figures.Add(size, "everything, engine at most, MB", Megabytes(whole.PeakMemory));
    }

    private static string Megabytes(long bytes) => Invariant($"{bytes / Megabyte:F0}");
}
