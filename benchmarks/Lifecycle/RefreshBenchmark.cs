using System.Diagnostics;
using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Lifecycle.Visits;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>How long a refresh takes after some subjects have one new event each.</summary>
internal sealed class RefreshBenchmark(LifecycleEngine engine, ShopSize size, Figures figures)
{
    private const int Rounds = 5;
    private static readonly int[] Touched = [10_000, 100, 1];

    public async Task RunAsync()
    {
        var table = new MarkdownTable(
            "subjects with a new event", "subjects worked out", "s, median", "s, longest", "engine, CPU-s", "statements",
            "of it visits", "rows by subject", "contributions", "cells", "due", "bookkeeping");
        var targets = new MarkdownTable("subjects with a new event", "writes", "statements", "s");
        await engine.BringUpToDateAsync();
        await engine.ClickHouse.MergesAsync();
        // The first touches make what is compiled and read once.
        await RefreshAsync(1);
        // A small shop has fewer customers.
        var customers = await engine.ClickHouse.ScalarAsync("select count() from subject_history final where startsWith(subject_id, 'u:')");
        foreach (var touched in Touched.Where(touched => touched <= customers))
        {
            var runs = new List<Run>();
            for (var round = 0; round < Rounds; round++)
                runs.Add(await RefreshAsync(touched));
            var median = runs.OrderBy(run => run.Seconds).ElementAt(Rounds / 2);
            table.Add(
                Invariant($"{touched:N0}"),
                Invariant($"{median.Subjects:N0}"),
                Invariant($"{median.Seconds:F2}"),
                Invariant($"{runs.Max(run => run.Seconds):F2}"),
                Invariant($"{median.CpuSeconds:F2}"),
                Invariant($"{median.Statements.Count}"),
                median.Part(StatementKind.Visits),
                median.Part(StatementKind.Rows),
                median.Part(StatementKind.Contributions),
                median.Part(StatementKind.Cells),
                median.Part(StatementKind.Due),
                median.Part(StatementKind.Bookkeeping));
            foreach (var (target, count, seconds) in StatementCost.Longest(median.Statements))
                targets.Add(Invariant($"{touched:N0}"), target, Invariant($"{count}"), Invariant($"{seconds:F2}"));
            figures.Add(size, Invariant($"refresh after {touched:N0} subjects, s"), Invariant($"{median.Seconds:F2}"));
            figures.Add(size, Invariant($"of it visits, {touched:N0}"), median.Part(StatementKind.Visits));
        }

        table.Print("Refresh");
        targets.Print("Longest statements of a refresh");
    }

    private async Task<Run> RefreshAsync(int touched)
    {
        // What became due meanwhile is no part of it.
        await engine.BringUpToDateAsync();
        await TouchAsync(touched);
        engine.Statements.Take();
        var cpu = engine.Process.Seconds;
        var started = Stopwatch.GetTimestamp();
        var result = await engine.Refresher.BringUpToDateAsync(CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return result.Kind == RefreshKind.Refresh && result.SubjectCount >= touched
            ? new Run(result.SubjectCount, seconds, engine.Process.Seconds - cpu, engine.Statements.Take())
            : throw new InvalidOperationException($"{result.Kind} of {result.SubjectCount} subjects.");
    }

    private Task TouchAsync(int count) => engine.ClickHouse.ExecuteAsync(
        SqlText.Load("touch")
            .Replace("<<run>>", Guid.NewGuid().ToString("N"), StringComparison.Ordinal)
            .Replace("<<count>>", Invariant($"{count}"), StringComparison.Ordinal));

    private sealed record Run(long Subjects, double Seconds, double CpuSeconds, IReadOnlyList<Statement> Statements)
    {
        public string Part(StatementKind kind) =>
            Invariant($"{Statement.Seconds(Statements.Where(statement => statement.Kind == kind)):F2}");
    }
}
