using System.Buffers.Binary;
using System.Text;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>Reads spooled RowBinary rows back into values by column name.</summary>
internal static class RowReader
{
    private static readonly HashSet<string> Instants = ["occurred_at", "received_at"];
    private static readonly HashSet<string> NullableIntegers = ["sent_at", "revenue_minor", "cost_minor"];
    private static readonly HashSet<string> Flags = ["is_bot", "is_internal", "is_test"];

    public static List<Dictionary<string, object?>> Read(ReadOnlySpan<byte> rows)
    {
        var result = new List<Dictionary<string, object?>>();
        while (!rows.IsEmpty)
        {
            var row = new Dictionary<string, object?>();
            foreach (var column in TouchpointColumns.Names)
                row[column] = ReadValue(column, ref rows);
            result.Add(row);
        }

        return result;
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
            foreach (var frame in SegmentScan.Of(file)!.Frames)
            {
                Frame.TryReadHeader(file.AsSpan((int)frame), out var bytes);
                result.AddRange(Read(Frame.Rows(file.AsSpan((int)frame + Frame.HeaderBytes, bytes))));
            }
        }

        return result;
    }

    private static object? ReadValue(string column, ref ReadOnlySpan<byte> from)
    {
        if (Instants.Contains(column))
            return BinaryPrimitives.ReadInt64LittleEndian(Take(ref from, 8));
        if (NullableIntegers.Contains(column))
            return Take(ref from, 1)[0] == 1 ? null : BinaryPrimitives.ReadInt64LittleEndian(Take(ref from, 8));
        if (column == "score")
            return Take(ref from, 1)[0] == 1 ? null : BinaryPrimitives.ReadDoubleLittleEndian(Take(ref from, 8));
        if (column == "time_basis")
            return (int)Take(ref from, 1)[0];
        if (Flags.Contains(column))
            return Take(ref from, 1)[0] == 1;

        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(ref from, 1)[0];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
                break;
        }

        return Encoding.UTF8.GetString(Take(ref from, length));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        var taken = from[..count];
        from = from[count..];
        return taken;
    }
}
