using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Server.Demo;
using Microsoft.Extensions.Logging.Abstractions;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>
/// How long until an event shows in a KPI view while others come in: once a second a new customer orders through a campaign
/// of its own, and the view is asked for these campaigns.
/// </summary>
internal sealed class FreshnessBenchmark(ShopData data, TimeSpan length, double eventsPerSecond)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly string _run = string.Create(CultureInfo.InvariantCulture, $"mark-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}-");
    private readonly ConcurrentDictionary<string, long> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        var settings = new Dictionary<string, string>(ShopData.Settings, StringComparer.Ordinal) { ["Lifecycle:RefreshInterval"] = "00:00:02" };
        await using var server = await ServerUnderTest.StartAsync(data.Directory, settings, isKept: true);
        // What is not there yet is taken in first.
        await SendAsync(server, "first");
        await SeeAsync(server);
        _seconds.Clear();

        using var stop = new CancellationTokenSource();
        var load = new LiveLoad(server, data.Shop);
        var sending = load.RunAsync(eventsPerSecond, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None);
        var begun = DateTimeOffset.UtcNow;
        var before = load.Events;
        var marking = MarkAsync(server);
        await Task.Delay(Interval, CancellationToken.None);
        while (!marking.IsCompleted)
            await LookAsync(server);
        var events = load.Events - before;
        var elapsed = DateTimeOffset.UtcNow - begun;
        await marking;
        await SeeAsync(server);
        await stop.CancelAsync();
        await sending;
        await PrintAsync(server, begun, events / elapsed.TotalSeconds);
    }

    private async Task PrintAsync(ServerUnderTest server, DateTimeOffset begun, double reached)
    {
        var runs = await server.ClickHouse.RowsAsync(
            $"select subject_count, duration_ms from refresh_run where status = 'finished' and logged_at >= fromUnixTimestamp64Milli({begun.ToUnixTimeMilliseconds()})",
            row => (Subjects: Convert.ToDouble(row[0], CultureInfo.InvariantCulture), Seconds: Convert.ToDouble(row[1], CultureInfo.InvariantCulture) / 1000));
        var table = new MarkdownTable("freshness", "p50", "p95", "longest");
        table.Add("from sending an order until `kpi_revenue` shows it, s", Figure(0.5), Figure(0.95), Figure(1));
        table.Add(
            "runs of the refresh, s",
            Invariant($"{runs.Select(run => run.Seconds).Median():F2}"),
            Invariant($"{runs.Select(run => run.Seconds).Quantile(0.95):F2}"),
            Invariant($"{runs.Max(run => run.Seconds):F2}"));
        table.Add(
            "subjects a run",
            Invariant($"{runs.Select(run => run.Subjects).Median():N0}"),
            Invariant($"{runs.Select(run => run.Subjects).Quantile(0.95):N0}"),
            Invariant($"{runs.Max(run => run.Subjects):N0}"));
        table.Print(Invariant($"Freshness at {reached:N0} events/s, {_seconds.Count} orders, {runs.Count} runs"));
    }

    private string Figure(double p) => Invariant($"{_seconds.Values.Quantile(p):F2}");

    private async Task MarkAsync(ServerUnderTest server)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(begun) < length; number++)
        {
            await SendAsync(server, number.ToString("D4", CultureInfo.InvariantCulture));
            await Task.Delay(Interval, CancellationToken.None);
        }
    }

    private async Task SendAsync(ServerUnderTest server, string mark)
    {
        var id = _run + mark;
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var body = $$$"""
            {"batch":[{"type":"track","event":"Order Completed","messageId":"{{{id}}}","userId":"{{{id}}}","timestamp":"{{{now}}}",
            "context":{"source":"site","country":"ES","campaign":{"name":"{{{id}}}","source":"bench","medium":"email"}},
            "properties":{"order_id":"{{{id}}}","revenue":12.5,"cost":5,"currency":"USD"}}]}
            """;
        using var http = new HttpClient { BaseAddress = server.Url };
        var client = new DemoClient(http, ServerUnderTest.Key, TimeProvider.System, NullLogger.Instance);
        _sent[id] = Stopwatch.GetTimestamp();
        await client.SendAsync("v1/batch", Encoding.UTF8.GetBytes(body), CancellationToken.None);
    }

    private async Task SeeAsync(ServerUnderTest server)
    {
        var started = Stopwatch.GetTimestamp();
        while (!_sent.IsEmpty)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException(Invariant($"{_sent.Count} orders do not show after {Limit}."));
            await LookAsync(server);
        }
    }

    private async Task LookAsync(ServerUnderTest server)
    {
        var shown = await server.ClickHouse.RowsAsync(
            $"""
             select dimension_value from kpi_revenue
             where metric = 'orders' and grain = 'day' and dimension = 'campaign' and startsWith(dimension_value, '{_run}') and numerator > 0
             """,
            row => (string)row[0]);
        foreach (var id in shown)
        {
            if (_sent.TryRemove(id, out var sent))
                _seconds[id] = Stopwatch.GetElapsedTime(sent).TotalSeconds;
        }

        await Task.Delay(Poll, CancellationToken.None);
    }
}
