using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What is measured on.</summary>
internal static class DataReport
{
    public static async Task PrintAsync(LifecycleEngine engine, ShopSize size, Figures figures)
    {
        await engine.BringUpToDateAsync();
        var events = await engine.ClickHouse.ScalarAsync("select count() from touchpoint");
        var subjects = await engine.ClickHouse.ScalarAsync("select count() from subject_history final");
        var customers = await engine.ClickHouse.ScalarAsync("select count() from subject_history final where startsWith(subject_id, 'u:')");
        var table = new MarkdownTable("data", "");
        table.Add("events", Invariant($"{events:N0}"));
        table.Add("subjects", Invariant($"{subjects:N0}"));
        table.Add("of them customers", Invariant($"{customers:N0}"));
        table.Add("rows of visits", Invariant($"{await engine.ClickHouse.ScalarAsync("select sum(length(visits.stage_id)) from subject_journey final"):N0}"));
        table.Add("rows of cells", Invariant($"{await engine.ClickHouse.ScalarAsync($"select sum(rows) from system.parts where {Live} and endsWith(table, '_cell')"):N0}"));
        table.Add("`touchpoint` on disk, MB", await MegabytesAsync(engine, "table = 'touchpoint'"));
        table.Add("cells on disk, MB", await MegabytesAsync(engine, "endsWith(table, '_cell')"));
        table.Add("everything on disk, MB", await MegabytesAsync(engine, "true"));
        table.Print("Data");
        figures.Add(size, "stored events", Invariant($"{events:N0}"));
        figures.Add(size, "subjects", Invariant($"{subjects:N0}"));
    }

    private const string Live = "database = currentDatabase() and active";

    private static async Task<string> MegabytesAsync(LifecycleEngine engine, string tables) => Invariant(
        $"{await engine.ClickHouse.ScalarAsync($"select sum(bytes_on_disk) from system.parts where {Live} and {tables}") / 1048576:N0}");
}
