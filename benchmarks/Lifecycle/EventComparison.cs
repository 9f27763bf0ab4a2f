using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>Some KPIs from their views, and from events in one statement.</summary>
internal sealed class EventComparison(LifecycleEngine engine, ShopSize size, Figures figures)
{
    private const int ViewRounds = 20;
    private const int RawRounds = 3;

    public async Task RunAsync()
    {
        await engine.BringUpToDateAsync();
        await engine.ClickHouse.MergesAsync();
        var table = new MarkdownTable("KPI", "view, ms", "from events, ms", "events / view", "sum of the view", "sum from events");
        foreach (var kpi in RawKpi.All)
        {
            var view = await RepeatAsync(kpi.ViewSql, ViewRounds);
            var raw = await RepeatAsync(kpi.RawSql, RawRounds);
            table.Add(
                kpi.Name,
                Invariant($"{view:F0}"),
                Invariant($"{raw:F0}"),
                Invariant($"{raw / view:F1}"),
                Invariant($"{await SumAsync(kpi.ViewSql):F0}"),
                Invariant($"{await SumAsync(kpi.RawSql):F0}"));
            figures.Add(size, $"{kpi.Name}, events / view", Invariant($"{raw / view:F1}"));
        }

        table.Print("Views and events");
    }

    private async Task<double> RepeatAsync(string sql, int rounds)
    {
        var milliseconds = new List<double>();
        for (var round = 0; round < rounds; round++)
            milliseconds.Add((await ViewQuery.RunAsync(engine.ClickHouse, sql)).Milliseconds);
        return milliseconds.Median();
    }

    private Task<double> SumAsync(string sql) => engine.ClickHouse.ScalarAsync($"select toFloat64(sum(numerator)) from ({sql})");
}
