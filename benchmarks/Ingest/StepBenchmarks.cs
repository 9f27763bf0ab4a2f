using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using LifecycleMetrics.Ingest;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>The steps of the way into the spool on one thread, without network and disk, beside the framework's JSON reader.</summary>
internal static class StepBenchmarks
{
    private const int Events = 500;
    private const int Rounds = 8_000;
    private const int WindowIds = 10_000_000;

    public static void Run()
    {
        var options = new IngestOptions();
        var workspace = new IngestWorkspace(options, new TrafficRules(options.Traffic, []));
        var body = new EventBody("localhost", Events, "steps");
        var source = new IngestSource("bench", "bench");
        var received = DateTimeOffset.UtcNow;

        Report("System.Text.Json Utf8JsonReader, tokens only", round =>
        {
            var reader = new Utf8JsonReader(Json(body, round));
            while (reader.Read())
            {
            }
        });
        Report("read the body", round =>
        {
            Fill(workspace, Json(body, round));
            workspace.Read(isBatch: true);
        });
        Report("read and validate", round =>
        {
            Fill(workspace, Json(body, round));
            workspace.Read(isBatch: true);
            workspace.Validate(EventType.Unknown, source, received, client: null);
        });

        using var window = new EventIdWindow(new DeduplicationOptions { MaxIds = WindowIds }, TimeProvider.System);
        window.CompleteLoad();
        var duplicates = new List<int>();
        var ids = new UInt128[Events];
        void Add(int round)
        {
            for (var i = 0; i < Events; i++)
                ids[i] = EventIdHash.Of(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[round, i]));
            duplicates.Clear();
            window.Add(ids, duplicates);
        }

        for (var round = 0; round < WindowIds / Events; round++)
            Add(-round - 1);
        Report(Invariant($"de-duplicate in a full window of {WindowIds:N0}"), Add);
        Console.WriteLine(Invariant($"  {window.Bytes / (double)window.Count:F1} bytes an id"));
    }

    private static ReadOnlySpan<byte> Json(EventBody body, long round)
    {
        var request = body.Next(round * Events);
        return request[(request.IndexOf("\r\n\r\n"u8) + 4)..];
    }

    private static void Fill(IngestWorkspace workspace, ReadOnlySpan<byte> json)
    {
        workspace.Body.Truncate(0);
        workspace.Body.Write(json);
    }

    private static void Report(string step, Action<int> run)
    {
        for (var round = 0; round < Rounds / 4; round++)
            run(round);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
            run(round);
        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(Invariant(
            $"{step}: {elapsed.TotalNanoseconds / Rounds / Events:F0} ns an event, {allocated / (double)Rounds / Events:F1} bytes allocated"));
    }
}
