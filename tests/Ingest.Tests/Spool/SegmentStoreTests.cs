using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class SegmentStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Reopened_HasEveryFrame()
    {
        await FillAsync("1", "2", "3");
        using var spool = new SpoolUnderTest(_directory);
        Assert.Equal(["1", "2", "3"], spool.ReadAll());
        Assert.Equal(3, spool.Recovered.Count);
    }

    [Fact]
    public async Task TornTail_IsCutOff_AtEveryLength()
    {
        var path = await FillAsync("1", "2");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var second = (int)SegmentScan.Of(whole)!.Frames[1];
        for (var length = second; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(path, whole[..length], TestContext.Current.CancellationToken);
            using (var spool = new SpoolUnderTest(_directory))
                Assert.Equal(["1"], spool.ReadAll());
            Assert.Equal(second, new FileInfo(path).Length);
        }

        Assert.False(Directory.Exists(Path.Combine(_directory.Spool, "damaged")));
    }

    [Fact]
    public async Task TailOfZeros_IsCutOff()
    {
        var path = await FillAsync("1");
        var length = new FileInfo(path).Length;
        await using (var file = File.OpenWrite(path))
            file.SetLength(length + 4_096);
        using var spool = new SpoolUnderTest(_directory);
        Assert.Equal(["1"], spool.ReadAll());
        Assert.Equal(length, new FileInfo(path).Length);
    }

    [Fact]
    public async Task BitFlip_InAnyByteOfAFrame_LosesThatFrameAlone_AndKeepsItsBytes()
    {
        var path = await FillAsync("1", "2", "3");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var frames = SegmentScan.Of(whole)!.Frames;
        for (var at = frames[1]; at < frames[2]; at += 7)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 0x10;
            await File.WriteAllBytesAsync(path, flipped, TestContext.Current.CancellationToken);
            using (var spool = new SpoolUnderTest(_directory))
                Assert.Equal(["1", "3"], spool.ReadAll());
            var kept = Assert.Single(Directory.GetFiles(Path.Combine(_directory.Spool, "damaged")));
            Assert.Equal(flipped[(int)frames[1]..(int)frames[2]], await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task BitFlip_InTheLastFrame_IsDamage_NotATornTail()
    {
        var path = await FillAsync("1", "2");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        using var spool = new SpoolUnderTest(_directory);
        Assert.Equal(["1"], spool.ReadAll());
        Assert.Equal(bytes.Length, new FileInfo(path).Length);
        Assert.Single(Directory.GetFiles(Path.Combine(_directory.Spool, "damaged")));
    }

    [Fact]
    public async Task DamageAtTheEnd_DoesNotKeepTheSegment()
    {
        var path = await FillAsync("1", "2");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        using var spool = new SpoolUnderTest(_directory);
        var cursor = default(SpoolCursor);
        Assert.True(spool.Segments.TryRead(ref cursor, new ByteBuffer()));
        spool.Segments.Confirm(cursor, 0);
        Assert.Equal(0, spool.Segments.UnconfirmedBytes);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task DamageWhileRunning_IsJumpedOver()
    {
        using var spool = new SpoolUnderTest(_directory);
        foreach (var id in (string[])["1", "2", "3"])
            await spool.AppendAsync(id);
        var segment = Assert.Single(spool.Segments.Segments);
        var frames = SegmentScan.Of(ReadShared(segment.Path))!.Frames;
        RandomAccess.Write(segment.Handle, "damage"u8, frames[1] + 40);
        Assert.Equal(["1", "3"], spool.ReadAll());
        Assert.Single(Directory.GetFiles(Path.Combine(_directory.Spool, "damaged")));
    }

    [Fact]
    public async Task FileWithoutHeader_IsPutAside()
    {
        Directory.CreateDirectory(_directory.Spool);
        var path = Path.Combine(_directory.Spool, SpoolSegment.FileName(5));
        await File.WriteAllBytesAsync(path, "LMSPOOL1 and then nothing"u8.ToArray(), TestContext.Current.CancellationToken);
        using var spool = new SpoolUnderTest(_directory);
        Assert.Empty(spool.ReadAll());
        Assert.False(File.Exists(path));
        Assert.Single(Directory.GetFiles(Path.Combine(_directory.Spool, "damaged")));
    }

    [Fact]
    public async Task SegmentWithoutFrames_IsDeletedAtStart()
    {
        var path = await FillAsync("1");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..SegmentHeader.Read(bytes)!.Bytes], TestContext.Current.CancellationToken);
        using var spool = new SpoolUnderTest(_directory);
        Assert.False(File.Exists(path));
        Assert.Empty(spool.ReadAll());
    }

    [Fact]
    public async Task Segment_IsDeleted_OnlyWhenSealedAndConfirmed()
    {
        using var spool = new SpoolUnderTest(_directory, options: new SpoolOptions { SegmentBytes = 1, ReservedDiskBytes = 0 });
        await spool.AppendAsync("1");
        await spool.AppendAsync("2");
        var segments = spool.Segments.Segments;
        Assert.Equal(2, segments.Count);
        var cursor = default(SpoolCursor);
        Assert.True(spool.Segments.TryRead(ref cursor, new ByteBuffer()));
        Assert.True(File.Exists(segments[0].Path));
        spool.Segments.Confirm(cursor, 0);
        Assert.False(File.Exists(segments[0].Path));
        Assert.True(File.Exists(segments[1].Path));
        Assert.True(spool.Segments.TryRead(ref cursor, new ByteBuffer()));
        Assert.Equal(segments[1], cursor.Segment);
    }

    [Fact]
    public async Task Ids_GrowAcrossRestarts_EvenIfTheClockGoesBack()
    {
        await FillAsync("1");
        ulong first;
        using (var spool = new SpoolUnderTest(_directory))
        {
            first = Assert.Single(spool.Segments.Segments).Id;
            spool.Segments.ReserveIds(first + 1_000_000_000_000);
            await spool.AppendAsync("2");
            Assert.Equal(first + 1_000_000_000_001, spool.Segments.Segments[1].Id);
        }

        using var again = new SpoolUnderTest(_directory);
        await again.AppendAsync("3");
        Assert.Equal(first + 1_000_000_000_002, again.Segments.Segments[2].Id);
        Assert.Equal(["1", "2", "3"], again.ReadAll());
    }

    // One frame per id; returns the segment's path.
    private async Task<string> FillAsync(params string[] ids)
    {
        using (var spool = new SpoolUnderTest(_directory))
        {
            foreach (var id in ids)
                Assert.Equal(1, (await spool.AppendAsync(id)).Accepted);
        }

        return Assert.Single(Directory.GetFiles(_directory.Spool, "*.segment"));
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
