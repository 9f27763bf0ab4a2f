using System.Diagnostics;
using System.Text.Json;
using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Server.Demo;
using Microsoft.Extensions.Logging.Abstractions;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>
/// A data directory with the events of a shop. They are sent to a server like any others, once: the next run finds them.
/// </summary>
internal sealed class ShopData
{
    private const string FileName = "shop.json";
    private const int Workers = 3;

    private readonly Manifest _manifest;

    private ShopData(string directory, Manifest manifest)
    {
        Directory = directory;
        _manifest = manifest;
    }

    public string Directory { get; }

    /// <summary>The shop as it was loaded.</summary>
    public Shop Shop => _manifest.Shop();

    /// <summary>Settings of the servers that take the shop's events.</summary>
    public static Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        // The events name their sources.
        ["Ingest:Keys:0:Trusted"] = "true",
    };

    /// <summary>Finds the data of a size, or makes it.</summary>
    public static async Task<ShopData> OpenAsync(string directory, ShopSize size)
    {
        directory = Path.Combine(directory, Invariant($"shop-{size.Events}-{size.Customers}"));
        var file = Path.Combine(directory, FileName);
        if (File.Exists(file))
            return new ShopData(directory, JsonSerializer.Deserialize<Manifest>(await File.ReadAllTextAsync(file))!);

        if (System.IO.Directory.Exists(directory))
            System.IO.Directory.Delete(directory, recursive: true);
        var end = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var options = Shop.Options(size, end);
        var manifest = new Manifest(options.Seed, options.Customers, options.VisitorsPerCustomer, options.Days, end);
        var data = new ShopData(directory, manifest);
        await data.LoadAsync();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(manifest));
        return data;
    }

    private async Task LoadAsync()
    {
        await using var server = await ServerUnderTest.StartAsync(Directory, Settings, isKept: true);
        var shop = Shop;
        var started = Stopwatch.GetTimestamp();
        var cpu = CpuClock.OfThisProcess.Seconds;
        var events = 0L;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            var client = new DemoClient(http, ServerUnderTest.Key, TimeProvider.System, NullLogger.Instance);
            if (worker == 0)
            {
                foreach (var costs in shop.Costs())
                    await client.SendAsync("v1/costs", costs, CancellationToken.None);
            }

            foreach (var batch in shop.Bodies(worker, Workers))
            {
                using (batch)
                {
                    await client.SendAsync("v1/batch", batch.Body, CancellationToken.None);
                    Report(Interlocked.Add(ref events, batch.Events), batch.Events, started);
                }
            }
        })));
        while (await server.MetricAsync("lifecycle_ingest_spool_size_bytes") > 0)
            await Task.Delay(100);
        Console.WriteLine(Invariant(
            $"Loaded {events:N0} events in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s; making and sending them took {CpuClock.OfThisProcess.Seconds - cpu:F0} CPU-s."));
        await server.ClickHouse.MergesAsync();
    }

    private static void Report(long events, int added, long started)
    {
        if (events / 1_000_000 != (events - added) / 1_000_000)
            Console.Error.WriteLine(Invariant($"  {events / 1_000_000} M events after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
    }

    private sealed record Manifest(ulong Seed, int Customers, double VisitorsPerCustomer, int Days, DateTimeOffset End)
    {
        public Shop Shop() => new(
            new DemoOptions { Seed = Seed, Customers = Customers, VisitorsPerCustomer = VisitorsPerCustomer, Days = Days }, End);
    }
}
