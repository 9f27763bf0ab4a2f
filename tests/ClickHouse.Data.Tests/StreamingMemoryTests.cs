using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

/// <summary>Runs alone, because it measures what the whole process allocates.</summary>
[CollectionDefinition(nameof(StreamingMemoryTests), DisableParallelization = true)]
[Collection(nameof(StreamingMemoryTests))]
public sealed class StreamingMemoryTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BigResult_IsStreamedInBoundedMemory()
    {
        // 5 million rows of about 30 bytes: 150 MB that must not pile up, nor leave objects behind.
        await using var command = engine.Source.CreateCommand("select number, toString(number) as text, toDateTime64(number, 3) as at from numbers(5000000)");
        await using var rows = await command.ExecuteRowsAsync(Token);
        Assert.True(await rows.ReadAsync(Token));
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var (count, sum, length) = (1L, 0L, 0L);
        while (await rows.ReadAsync(Token))
        {
            count++;
            sum += rows.GetInt64(0);
            length += rows.GetUtf8(1).Length;
        }

        // One boxed value per row would be 120 MB.
        Assert.Equal(5_000_000, count);
        Assert.Equal(12_499_997_500_000, sum);
        Assert.Equal(33_888_889, length);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore, 0, 20_000_000);
    }
}
