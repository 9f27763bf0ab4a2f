using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Writing;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>Reads spooled rows back into values by column name, as they would go to ClickHouse.</summary>
internal static class RowReader
{
    private static readonly HashSet<string> Flags = ["is_bot", "is_internal", "is_test"];

    public static List<Dictionary<string, object?>> Read(Frame frame, SpoolSegment segment)
    {
        using var window = new EventIdWindow(new DeduplicationOptions(), TimeProvider.System);
        var block = new Block();
        block.Add(frame, new SpoolCursor(segment, 0), window);
        return [.. Enumerable.Range(0, block.Rows).Select(row => block.Row(row).ToDictionary(c => c.Key, c => Value(c.Key, c.Value)))];
    }

    /// <summary>All rows in the segments of a directory, in order.</summary>
    public static List<Dictionary<string, object?>> ReadDirectory(string spool)
    {
        var result = new List<Dictionary<string, object?>>();
        foreach (var path in Directory.GetFiles(spool, "*.segment").Order())
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var file = new byte[stream.Length];
            stream.ReadExactly(file);
            if (SegmentScan.Of(file) is not { } scan)
            {
                // One that is being made ahead just now, and has no header yet.
                Assert.False(file.AsSpan().ContainsAnyExcept((byte)0), $"{path} has bytes and neither a header nor a frame.");
                continue;
            }

            foreach (var at in scan.Frames)
            {
                Frame.TryReadHead(file.AsSpan((int)at), out var length);
                result.AddRange(Read(new Frame(file.AsSpan((int)at, length)), new SpoolSegment(scan.Header, path, null!)));
            }
        }

        return result;
    }

    private static object? Value(string column, object? value) => value switch
    {
        byte flag when Flags.Contains(column) => flag == 1,
        byte number => (int)number,
        _ => value,
    };
}
