using System.Diagnostics;
using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>Every KPI view for a year by months, as the user of dashboards.</summary>
internal sealed class ViewBenchmark(LifecycleEngine engine, ShopSize size, Figures figures)
{
    // A view that takes long needs no twenty rounds to show it.
    private const int Rounds = 20;
    private const int FewestRounds = 5;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(4);

    public async Task RunAsync()
    {
        await engine.BringUpToDateAsync();
        await engine.ClickHouse.MergesAsync();
        var times = new List<Times>();
        foreach (var query in await ViewQuery.AllAsync(engine.ClickHouse, engine.Options.Value.DefaultModel))
        {
            times.Add(await MeasureAsync(query));
            Console.Error.WriteLine(Invariant($"  {query.View}: {times[^1].P95:F0} ms"));
        }

        Print(times);
    }

    private async Task<Times> MeasureAsync(ViewQuery query)
    {
        await ForgetAsync();
        var (cold, rows) = await ViewQuery.RunAsync(engine.Dashboards, query.Sql);
        var warm = await RoundsAsync(query.Sql);
        var ofModel = query.OfModel == query.Sql ? warm : await RoundsAsync(query.OfModel);
        return new Times(query.View, rows, cold, warm.Median(), warm.Quantile(0.95), ofModel.Median(), ofModel.Quantile(0.95));
    }

    private async Task<List<double>> RoundsAsync(string sql)
    {
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (times.Count < FewestRounds || (times.Count < Rounds && Stopwatch.GetElapsedTime(started) < Enough))
            times.Add((await ViewQuery.RunAsync(engine.Dashboards, sql)).Milliseconds);
        return times;
    }

    // The engine starts without its caches, and reads from the disk.
    private async Task ForgetAsync()
    {
        foreach (var cache in new[] { "mark", "index mark", "uncompressed", "compiled expression", "query condition" })
            await engine.ClickHouse.ExecuteAsync($"system drop {cache} cache");
        FileCache.Forget(await engine.ClickHouse.RowsAsync(
            "select path from system.parts where database = currentDatabase() and active", row => (string)row[0]));
    }

    private void Print(List<Times> times)
    {
        var table = new MarkdownTable("view", "rows", "cold, ms", "p50, ms", "p95, ms", "one model: p50, ms", "p95, ms");
        foreach (var view in times.OrderByDescending(view => view.P95))
            table.Add($"`{view.View}`", Invariant($"{view.Rows}"), Invariant($"{view.Cold:F0}"), Invariant($"{view.P50:F0}"), Invariant($"{view.P95:F0}"), Invariant($"{view.ModelP50:F0}"), Invariant($"{view.ModelP95:F0}"));
        table.Print("Views");
        figures.Add(size, "views with p95 ≤ 200 ms", Invariant($"{times.Count(view => view.P95 <= 200)} of {times.Count}"));
        figures.Add(size, "the same of one model", Invariant($"{times.Count(view => view.ModelP95 <= 200)} of {times.Count}"));
        figures.Add(size, "slowest view, p95, ms", Invariant($"{times.Max(view => view.P95):F0}"));
        figures.Add(size, "view in the middle, p95, ms", Invariant($"{times.Select(view => view.P95).Median():F0}"));
    }

    private sealed record Times(string View, int Rows, double Cold, double P50, double P95, double ModelP50, double ModelP95);
}
