using System.Diagnostics;
using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>The goals of ingest, measured from outside on the server as it ships.</summary>
internal sealed class IngestBenchmarks(string directory, int seconds)
{
    private const int Connections = 8;
    private const int BatchEvents = 500;

    // Room enough for what a run accepts while the engine can't keep up or stands still.
    private static readonly Dictionary<string, string> LargeSpool = new(StringComparer.Ordinal)
    {
        ["Ingest:Spool:MaxBytes"] = "40000000000",
    };

    /// <summary>Durable accept while the engine stands still: parse, validate, de-duplicate, write, sync.</summary>
    public async Task AcceptAsync()
    {
        await using var server = await ServerUnderTest.StartAsync(directory, LargeSpool);
        Load.Saturate(server.Url, Connections, BatchEvents, 500_000);
        await QueryableAsync(server, 500_000, Timeout.InfiniteTimeSpan);
        server.SignalEngine("STOP");
        try
        {
            var measured = new Measured(server);
            var allocated = await server.MetricAsync("dotnet_gc_heap_total_allocated_bytes_total");
            var load = Load.Saturate(server.Url, Connections, BatchEvents, seconds * 1_200_000L);
            allocated = await server.MetricAsync("dotnet_gc_heap_total_allocated_bytes_total") - allocated;
            var eventBytes = await server.MetricAsync("lifecycle_ingest_spool_size_bytes") / load.Events;
            Report("accept", load, measured.Per(load.Events));
            Console.WriteLine(Invariant($"  allocated {allocated / load.Events:F1} bytes/event, memory peak {server.Server.PeakMemory / 1048576.0:F0} MB"));
            var disk = BareDisk.BytesPerSecond(directory, TimeSpan.FromSeconds(5));
            Console.WriteLine(Invariant(
                $"  bare disk {disk / 1e6:F0} MB/s, room for {disk / eventBytes:N0} events/s of {eventBytes:F0} bytes; accept is {load.EventsPerSecond * eventBytes / disk:F2} x"));
        }
        finally
        {
            server.SignalEngine("CONT");
        }

        await server.KillAsync();
    }

    /// <summary>From the first request until every event can be queried, and the bare engine with the same rows.</summary>
    public async Task EndToEndAsync()
    {
        await using var server = await ServerUnderTest.StartAsync(directory, LargeSpool);
        Load.Saturate(server.Url, Connections, BatchEvents, 1_000_000);
        await QueryableAsync(server, 1_000_000, Timeout.InfiniteTimeSpan);

        var events = seconds * 800_000L;
        var measured = new Measured(server);
        var started = Stopwatch.GetTimestamp();
        var load = Load.Saturate(server.Url, Connections, BatchEvents, events);
        await QueryableAsync(server, 1_000_000 + load.Events, Timeout.InfiniteTimeSpan);
        var rate = load.Events / Stopwatch.GetElapsedTime(started).TotalSeconds;
        Report("end to end", load, measured.Per(load.Events));
        Console.WriteLine(Invariant(
            $"  queryable {rate:N0} events/s, ids remembered {await server.MetricAsync("lifecycle_ingest_deduplication_ids"):N0}, memory peak {server.Server.PeakMemory / 1048576.0:F0} MB"));

        var bare = new BareEngine(server);
        foreach (var format in new[] { "JSONEachRow", "RowBinary", "Native" })
        {
            var (reached, cost) = await bare.RunAsync(format, Math.Max(10, seconds) * 4);
            Console.WriteLine(Invariant($"  bare {format} {reached:N0} rows/s; end to end is {rate / reached:F2} x; {cost}"));
        }
    }

    /// <summary>Answers at a steady pace, and how long until the events can be queried.</summary>
    public async Task PacedAsync(double eventsPerSecond, int eventsPerRequest)
    {
        await using var server = await ServerUnderTest.StartAsync(directory, LargeSpool);
        // The runtime compiles what runs often anew in the first seconds, and takes the processors for it.
        var before = Load.Pace(server.Url, Connections * 2, eventsPerRequest, eventsPerSecond, TimeSpan.FromSeconds(seconds)).Events;
        await QueryableAsync(server, before, Timeout.InfiniteTimeSpan);

        using var stop = new CancellationTokenSource();
        var seen = new List<(long Ticks, long Events)>();
        var watching = WatchAsync(server, before, seen, stop.Token);
        var measured = new Measured(server);
        var load = Load.Pace(server.Url, Connections * 2, eventsPerRequest, eventsPerSecond, TimeSpan.FromSeconds(seconds));
        await QueryableAsync(server, before + load.Events, TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await watching;
        Report(Invariant($"paced {eventsPerSecond:N0}/s"), load, measured.Per(load.Events));
        var lags = Lags(load, seen);
        Console.WriteLine(Invariant($"  received to queryable p50 {lags[lags.Length / 2]:F0} ms, p95 {lags[(int)(lags.Length * 0.95)]:F0} ms, max {lags[^1]:F0} ms"));
    }

    /// <summary>Requests of one event each, and the same requests to Kestrel alone.</summary>
    public async Task SinglesAsync()
    {
        await using var server = await ServerUnderTest.StartAsync(directory, LargeSpool);
        Load.SaturateSingles(server.Url, 4, 64, 400_000);
        var measured = new Measured(server);
        var load = Load.SaturateSingles(server.Url, 4, 64, seconds * 50_000L);
        Report("single-event requests", load, measured.Per(load.Events));
        await server.KillAsync();

        using var kestrel = await BareKestrel.StartAsync();
        Load.SaturateSingles(kestrel.Url, 4, 64, 400_000);
        var cpu = kestrel.Cpu.Seconds;
        var bare = Load.SaturateSingles(kestrel.Url, 4, 64, seconds * 50_000L);
        cpu = kestrel.Cpu.Seconds - cpu;
        Console.WriteLine(Invariant(
            $"  bare Kestrel {bare.EventsPerSecond:N0} requests/s, {cpu * 1e6 / bare.Events:F1} CPU-s a million; the server is {load.EventsPerSecond / bare.EventsPerSecond:F2} x"));
    }

    private static void Report(string name, Load load, string cpu)
    {
        Console.WriteLine(Invariant(
            $"{name}: {load.EventsPerSecond:N0} events/s acknowledged; answer p50 {load.Percentile(0.5):F2} ms, p99 {load.Percentile(0.99):F2} ms, max {load.Percentile(1):F1} ms; {load.Busy} x 429"));
        Console.WriteLine($"  {cpu}");
    }

    private static async Task QueryableAsync(ServerUnderTest server, long events, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (await server.ScalarAsync("select count() from touchpoint") is var count && count < events)
        {
            if (limit > TimeSpan.Zero && Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException(Invariant($"{count} of {events} events can be queried after {limit}."));
            await Task.Delay(20);
        }
    }

    // Trivial counts are answered from the parts' metadata, so that looking costs the engine nearly nothing.
    private static async Task WatchAsync(ServerUnderTest server, long before, List<(long, long)> seen, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var count = (long)await server.ScalarAsync("select count() from touchpoint") - before;
            seen.Add((Stopwatch.GetTimestamp(), count));
            await Task.Delay(25, CancellationToken.None);
        }
    }

    // Events become visible in the order in which they came, so the n-th is there once n are.
    private static double[] Lags(Load load, List<(long Ticks, long Events)> seen)
    {
        var lags = new List<double>();
        var sent = 0L;
        var at = 0;
        foreach (var (ticks, events) in load.Sent)
        {
            sent += events;
            while (at < seen.Count && seen[at].Events < sent)
                at++;
            if (at == seen.Count)
                break;
            lags.Add((seen[at].Ticks - ticks) * 1000.0 / Stopwatch.Frequency);
        }

        return [.. lags.Order()];
    }
}
