using System.Diagnostics;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>What a load brought: events acknowledged, refused requests, time taken, and how long each answer took.</summary>
internal sealed record Load(long Events, long Busy, TimeSpan Elapsed, double[] Milliseconds, IReadOnlyList<(long Ticks, long Events)> Sent)
{
    private static long _next;

    public double EventsPerSecond => Events / Elapsed.TotalSeconds;

    /// <summary>Time from when a request was due until its answer, in milliseconds.</summary>
    public double Percentile(double p) => Milliseconds.Length == 0 ? 0 : Milliseconds[(int)Math.Min(Milliseconds.Length - 1, p * Milliseconds.Length)];

    /// <summary>Sends as fast as the server answers: <paramref name="connections"/> requests are always under way.</summary>
    public static Load Saturate(Uri server, int connections, int eventsPerRequest, long events)
    {
        var first = Interlocked.Add(ref _next, events) - events;
        var taken = 0L;
        return Run(connections, eventsPerRequest, server, (connection, body, log) =>
        {
            while (Interlocked.Add(ref taken, eventsPerRequest) is var end && end <= events)
            {
                var request = body.Next(first + end - eventsPerRequest);
                log.Ask(connection, request, Stopwatch.GetTimestamp());
            }
        });
    }

    /// <summary>
    /// Sends requests of single events; every connection has one under way.
    /// </summary>
    public static Load SaturateSingles(Uri server, int threads, int connectionsPerThread, long events)
    {
        var first = Interlocked.Add(ref _next, events) - events;
        var taken = 0L;
        var all = new LoadConnection[threads, connectionsPerThread];
        for (var t = 0; t < threads; t++)
        {
            for (var c = 0; c < connectionsPerThread; c++)
                all[t, c] = new LoadConnection(server);
        }

        var numbers = 0;
        return Run(threads, 1, server, (_, body, log) =>
        {
            var thread = Interlocked.Increment(ref numbers) - 1;
            while (Interlocked.Add(ref taken, connectionsPerThread) is var end && end <= events)
            {
                var started = Stopwatch.GetTimestamp();
                for (var c = 0; c < connectionsPerThread; c++)
                    all[thread, c].Send(body.Next(first + end - connectionsPerThread + c));
                for (var c = 0; c < connectionsPerThread; c++)
                    log.Answered(all[thread, c].Receive(), started);
            }
        });
    }

    /// <summary>Sends at a steady pace whatever the answers take; an answer's time counts from when its request was due.</summary>
    public static Load Pace(Uri server, int connections, int eventsPerRequest, double eventsPerSecond, TimeSpan duration)
    {
        var requests = (long)(eventsPerSecond * duration.TotalSeconds / eventsPerRequest);
        var first = Interlocked.Add(ref _next, requests * eventsPerRequest) - (requests * eventsPerRequest);
        var interval = Stopwatch.Frequency * eventsPerRequest / eventsPerSecond;
        var begin = 0L;
        var taken = -1L;
        return Run(connections, eventsPerRequest, server, (connection, body, log) =>
        {
            Interlocked.CompareExchange(ref begin, Stopwatch.GetTimestamp(), 0);
            while (Interlocked.Increment(ref taken) is var request && request < requests)
            {
                var due = begin + (long)(request * interval);
                Await(due);
                log.Ask(connection, body.Next(first + (request * eventsPerRequest)), due);
            }
        });
    }

    private static void Await(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            // The pace is the experiment: there is nothing to wait for but the clock.
            var milliseconds = left * 1000 / Stopwatch.Frequency;
            if (milliseconds >= 1)
                Thread.Sleep((int)milliseconds);
            else
                Thread.Yield();
        }
    }

    private static Load Run(int threads, int eventsPerRequest, Uri server, Action<LoadConnection, EventBody, AnswerLog> send)
    {
        var logs = new AnswerLog[threads];
        var running = new Thread[threads];
        var run = $"b{Environment.ProcessId % 10000:D4}";
        Exception? failure = null;
        var started = 0L;
        using var ready = new Barrier(threads, _ => started = Stopwatch.GetTimestamp());
        for (var i = 0; i < threads; i++)
        {
            var log = logs[i] = new AnswerLog(eventsPerRequest);
            running[i] = new Thread(() =>
            {
                try
                {
                    using var connection = new LoadConnection(server);
                    var body = new EventBody(server.Authority, eventsPerRequest, run);
                    // Making the requests is no part of what is measured.
                    ready.SignalAndWait();
                    send(connection, body, log);
                }
                catch (Exception e)
                {
                    Volatile.Write(ref failure, e);
                }
            });
            running[i].Start();
        }

        foreach (var thread in running)
            thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("A connection of the load failed.", failure);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var latencies = logs.SelectMany(log => log.Milliseconds).Order().ToArray();
        var sent = logs.SelectMany(log => log.Sent).OrderBy(point => point.Ticks).ToList();
        return new Load(logs.Sum(log => log.Events), logs.Sum(log => log.Busy), elapsed, latencies, sent);
    }
}
