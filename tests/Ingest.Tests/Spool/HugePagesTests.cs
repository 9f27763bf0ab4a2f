using System.Globalization;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed unsafe class HugePagesTests
{
    private const int LineBytes = 64;
    private const int LargePage = 2 * 1024 * 1024;

    [Theory]
    [InlineData(LineBytes)]
    [InlineData((64 * 1024) - LineBytes)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + LineBytes)]
    [InlineData(LargePage - LineBytes)]
    [InlineData(LargePage)]
    [InlineData((5L * LargePage) + LineBytes)]
    public void APieceIsZeroed_AlignedAndWritable_ToItsEnd(long bytes)
    {
        var memory = HugePages.Allocate(bytes, LineBytes);
        try
        {
            Assert.Equal(0, (nint)memory % (bytes < LargePage ? LineBytes : LargePage));
            var span = new Span<byte>(memory, (int)bytes);
            Assert.False(span.ContainsAnyExcept((byte)0));
            span.Fill(1);
        }
        finally
        {
            HugePages.Free(memory, bytes);
        }
    }

    [Fact]
    public void WhatIsGivenBack_TheSystemHasAgain()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pieces come from the system on Linux only.");
        const int bytes = 100 * LargePage;
        var before = Resident();
        var memory = HugePages.Allocate(bytes, LineBytes);
        new Span<byte>(memory, bytes).Fill(1);
        var full = Resident();
        HugePages.Free(memory, bytes);
        // Other tests run meanwhile.
        Assert.InRange(full - before, bytes * 0.5, double.MaxValue);
        Assert.InRange(full - Resident(), bytes * 0.5, double.MaxValue);
    }

    private static long Resident() =>
        long.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) * 1024;
}
