namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The goals of the lifecycle part on shops of some sizes.</summary>
internal sealed class LifecycleBenchmarks(string directory, IReadOnlyList<string> parts, TimeSpan freshnessLength, double eventsPerSecond)
{
    /// <summary>What can be measured, in this order.</summary>
    public static readonly IReadOnlyList<string> Parts = ["rebuild", "visits", "refresh", "views", "events", "dashboards", "freshness"];

    public async Task RunAsync(IReadOnlyList<ShopSize> sizes)
    {
        var figures = new Figures();
        foreach (var size in sizes)
            await RunAsync(size, figures);
        figures.Print();
    }

    private async Task RunAsync(ShopSize size, Figures figures)
    {
        Console.WriteLine();
        Console.WriteLine($"## {size.Name} events");
        var data = await ShopData.OpenAsync(directory, size);
        await using (var engine = await LifecycleEngine.OpenAsync(data.Directory))
        {
            // A shop that was just loaded is worked out for the first time: that is a full rebuild.
            if (parts.Contains("rebuild"))
                await new RebuildBenchmark(engine, size, figures).RunAsync();
            await DataReport.PrintAsync(engine, size, figures);
            if (parts.Contains("visits"))
                await new VisitBenchmark(engine, size, figures).RunAsync();
            if (parts.Contains("refresh"))
                await new RefreshBenchmark(engine, size, figures).RunAsync();
            if (parts.Contains("views"))
                await new ViewBenchmark(engine, size, figures).RunAsync();
            if (parts.Contains("events"))
                await new EventComparison(engine, size, figures).RunAsync();
        }

        if (parts.Contains("dashboards"))
            await new DashboardBenchmark(data).RunAsync();
        if (parts.Contains("freshness"))
            await new FreshnessBenchmark(data, freshnessLength, eventsPerSecond).RunAsync();
    }
}
