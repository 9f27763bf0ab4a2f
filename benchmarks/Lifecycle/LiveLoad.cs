using System.Diagnostics;
using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Server.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What goes on in the shop, sent to a server at a steady pace.</summary>
internal sealed class LiveLoad(ServerUnderTest server, Shop shop)
{
    private const int EventsPerRequest = 100;
    private const int RequestsAtOnce = 16;

    private long _events;

    /// <summary>Events that were acknowledged.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Sends until it is told to stop.</summary>
    public async Task RunAsync(double eventsPerSecond, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        var client = new DemoClient(http, ServerUnderTest.Key, TimeProvider.System, NullLogger.Instance);
        using var room = new SemaphoreSlim(RequestsAtOnce);
        var start = DateTimeOffset.UtcNow;
        var trickle = shop.Trickle(start);
        var prefix = FormattableString.Invariant($"live-{start.ToUnixTimeMilliseconds()}");
        var begun = Stopwatch.GetTimestamp();
        for (var request = 0L; !stop.IsCancellationRequested; request++)
        {
            var due = TimeSpan.FromSeconds(request * EventsPerRequest / eventsPerSecond) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, CancellationToken.None);
            await room.WaitAsync(CancellationToken.None);
            var now = DateTimeOffset.UtcNow;
            var body = EventBatches.Of(Enumerable.Range(0, EventsPerRequest).Select(_ => trickle.Next(now)), prefix).Single();
            _ = SendAsync(client, body, room);
        }

        for (var i = 0; i < RequestsAtOnce; i++)
            await room.WaitAsync(CancellationToken.None);
    }

    private async Task SendAsync(DemoClient client, EventBatch body, SemaphoreSlim room)
    {
        using (body)
        {
            await client.SendAsync("v1/batch", body.Body, CancellationToken.None);
            Interlocked.Add(ref _events, body.Events);
            room.Release();
        }
    }
}
