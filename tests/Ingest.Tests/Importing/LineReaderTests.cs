using System.Text;
using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Tests.Importing;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_OfAnyLength_ComeWhole_HoweverTheStreamIsCut()
    {
        var lines = Enumerable.Range(0, 400).Select(n => new string((char)('a' + (n % 26)), n * n % 3_000)).ToArray();
        foreach (var chunk in new[] { 1, 7, 4_096, 1 << 20 })
        {
            var read = await ReadAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), 4_000, chunk);
            Assert.Equal(lines, read.Select(line => line.Text));
            Assert.Equal(Enumerable.Range(1, 400).Select(n => (long)n), read.Select(line => line.Number));
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)] // longer than the buffer
    public async Task Line_TooLong_IsCutOffAndMarked_AndTheNextIsWhole(int length)
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes("a\n" + new string('x', length) + "\nb"), maxLineBytes: 50, chunk: 1_000);

        Assert.Equal([("a", false), (new string('x', 50), true), ("b", false)], read.Select(line => (line.Text, line.IsTooLong)));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("latin1", false)]
    public async Task Text_InOtherEncodings_IsRead(string name, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("Grüße\nñ")];
        await using var text = await TextStream.OpenAsync(
            new MemoryStream(bytes), isMarked ? Encoding.UTF8 : encoding, TestContext.Current.CancellationToken);
        await using var reader = new LineReader("f", text, 100);

        Assert.Equal("Grüße", (await reader.ReadAsync(TestContext.Current.CancellationToken))?.Text);
        Assert.Equal("ñ", (await reader.ReadAsync(TestContext.Current.CancellationToken))?.Text);
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<List<Line>> ReadAsync(byte[] bytes, int maxLineBytes, int chunk)
    {
        var read = new List<Line>();
        await using var reader = new LineReader("f", new ChunkedStream(bytes, chunk), maxLineBytes);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
            read.Add(new(line.Text, line.IsTooLong, line.Number));
        return read;
    }

    private sealed record Line(string Text, bool IsTooLong, long Number);

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
