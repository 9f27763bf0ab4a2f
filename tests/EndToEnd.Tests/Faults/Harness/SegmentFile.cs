using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>A segment of the spool, to be damaged.</summary>
internal sealed partial class SegmentFile
{
    private const int HeadBytes = 40;
    private readonly byte[] _bytes;

    public SegmentFile(string path)
    {
        Path = path;
        // Behind its last frame a segment holds zeros.
        var file = File.ReadAllBytes(path);
        _bytes = file[..(file.AsSpan().LastIndexOfAnyExcept((byte)0) + 1)];
    }

    public string Path { get; }

    /// <summary>Places of the frames, headers included.</summary>
    public IReadOnlyList<(int Start, int Length)> Frames()
    {
        var frames = new List<(int, int)>();
        for (var at = _bytes.AsSpan().IndexOf("LFR2"u8); at >= 0 && at < _bytes.Length;)
        {
            var length = HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at + 28));
            frames.Add((at, length));
            at += length;
        }

        return frames;
    }

    /// <summary>Ids of the numbered events in a frame.</summary>
    public IEnumerable<string> Ids((int Start, int Length) frame) =>
        EventId().Matches(Encoding.Latin1.GetString(_bytes, frame.Start, frame.Length)).Select(match => match.Value);

    public void Flip(int at, int bit)
    {
        _bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(Path, _bytes);
    }

    public void Cut(int bytes)
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(file, _bytes.Length - bytes);
    }

    /// <summary>The beginning of a frame that was never finished, as after a crash in the middle of a write.</summary>
    public void AppendUnfinished(int bytes)
    {
        var (start, _) = Frames()[0];
        using var file = new FileStream(Path, FileMode.Open);
        file.Seek(_bytes.Length, SeekOrigin.Begin);
        file.Write(_bytes.AsSpan(start, bytes));
    }

    [GeneratedRegex("n[0-9a-f]{8}-[0-9]+-[0-9]+-[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EventId();
}
