using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Tests.Importing;

public sealed class ImportOptionsTests
{
    [Fact]
    public void Within_ChangesTheBatchesAlone()
    {
        var options = new ImportOptions
        {
            MaxLineLength = 1,
            MaxOpenOrders = 2,
            BatchEvents = 300,
            BatchBytes = 4_000,
            BatchesInFlight = 5,
            MaxConcurrent = 6,
            MaxBodyBytes = 7,
            IdleTimeout = TimeSpan.FromSeconds(8),
            SaveInterval = TimeSpan.FromSeconds(9),
            MapsDirectory = "maps",
        };

        Assert.Equal(options with { BatchEvents = 200, BatchBytes = 3_000 }, options.Within(200, 3_000));
        Assert.Equal(options, options.Within(2_500, 512_000));
    }
}
