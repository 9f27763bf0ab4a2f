using System.Diagnostics;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>What one thread of a load was answered.</summary>
internal sealed class AnswerLog(int eventsPerRequest)
{
    public long Events { get; private set; }

    /// <summary>Answers with 429.</summary>
    public long Busy { get; private set; }

    public List<double> Milliseconds { get; } = [];

    /// <summary>When each acknowledged request was sent, and how many events it had.</summary>
    public List<(long Ticks, long Events)> Sent { get; } = [];

    /// <summary>Sends a request until it is taken.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="due">When its time begins to count.</param>
    public void Ask(LoadConnection connection, ReadOnlySpan<byte> request, long due)
    {
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            connection.Send(request);
            var status = connection.Receive();
            if (status == 429)
            {
                Busy++;
                // Shorter than the server asks for, so that the time it takes to have room again is seen.
                Thread.Sleep(20);
                continue;
            }

            Sent.Add((started, eventsPerRequest));
            Answered(status, due);
            return;
        }
    }

    public void Answered(int status, long since)
    {
        if (status != 200)
            throw new InvalidOperationException($"The server answered {status}.");
        Events += eventsPerRequest;
        Milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }
}
