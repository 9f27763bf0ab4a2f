using System.Diagnostics;
using LifecycleMetrics.Reporting.OData.Schema;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>A large answer streams: its memory does not grow with its rows.</summary>
public sealed class ThroughputTests(EngineFixture engine, ITestOutputHelper output)
{
    private const int Rows = 100_000;

    [Fact]
    public async Task Collection_HundredThousandRowsOfTwelveColumns_StreamInLittleMemory()
    {
        await using var database = await engine.CreateDatabaseAsync(migrated: false);
        await SomeData.ExecuteAsync(database, "create table wide engine = MergeTree order by id as " + Select);
        await SomeData.ExecuteAsync(database, SomeViews.Create(View, "select * from wide"));
        await using var host = await ODataHost.StartAsync(
            database, ("Reporting:OData:DefaultPageSize", "100000"), ("Reporting:OData:MaxPageSize", "100000"));
        await DrainAsync(host);

        var best = TimeSpan.MaxValue;
        var allocated = long.MaxValue;
        var work = TimeSpan.MaxValue;
        long bytes = 0;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalAllocatedBytes();
            var worked = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            bytes = await DrainAsync(host);
            best = clock.Elapsed < best ? clock.Elapsed : best;
            work = Environment.CpuUsage.TotalTime - worked is var spent && spent < work ? spent : work;
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes() - before);
        }

        output.WriteLine(
            $"{Rows / best.TotalSeconds:N0} rows/s, {Rows / work.TotalSeconds:N0} rows per second of processor time, {bytes / best.TotalSeconds / 1e6:N0} MB/s, {allocated / 1e6:N1} MB allocated (server and client), {bytes / 1e6:N1} MB sent");
        // An object per row, or one string per cell, would be more than this.
        Assert.InRange(allocated, 0, Rows * 200L);
    }

    private static readonly PublishedView View = new(
        "kpi_wide", "For a test\nkey: id",
        [
            new("id", "UInt32", "Key"), new("a", "Int64", "a"), new("b", "Float64", "b"), new("c", "Date", "c"),
            new("d", "DateTime64(3, 'UTC')", "d"), new("e", "LowCardinality(String)", "e"), new("f", "String", "f"),
            new("g", "Nullable(Float64)", "g"), new("h", "Bool", "h"), new("i", "Decimal(18, 2)", "i"),
            new("j", "Nullable(String)", "j"), new("k", "Int32", "k"),
        ]);

    private static string Select =>
        $"""
        select toUInt32(number) as id, toInt64(number * 31) as a, number / 7 as b, toDate('2025-01-01') + number % 365 as c,
            toDateTime64('2025-01-01 00:00:00.000', 3, 'UTC') + toIntervalSecond(number) as d,
            ['paid_search', 'email', 'organic_search'][number % 3 + 1]::LowCardinality(String) as e,
            concat('u:', toString(sipHash64(number))) as f, if(number % 5 = 0, null, number / 3) as g,
            (number % 2 = 0)::Bool as h, toDecimal64(number, 2) as i, if(number % 4 = 0, null, 'Checkout Started') as j,
            toInt32(number % 1000) as k
        from numbers({Rows})
        """;

    private static async Task<long> DrainAsync(ODataHost host)
    {
        using var response = await host.Client.GetAsync("odata/Wides", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[256 * 1024];
        long total = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
            total += read;
        return total;
    }
}
