using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Ingest.Importing.Http;
using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Outcomes;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>Orders whose lines lie anywhere: the file is read again, and the orders that were handed over are passed over.</summary>
public sealed class ResumedOrdersTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private IngestServer? _server;

    public async ValueTask InitializeAsync() => _server = await IngestServer.StartAsync(_directory.Path);

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("lines", 1_000_000)]
    [InlineData("lines", 30)] // orders go through temporary files, in another order, with conflicts found while merging
    [InlineData("line", 1_000_000)]
    public async Task Orders_BrokenOffAfterAnyBatch_GoOnWithoutDoubling(string order, int maxOpenOrders)
    {
        var map = $"""
            columns: {"{"} order_id: id, customer: customer, date: date, amount: amount {"}"}
            currency: EUR
            credit_prefix: C
            order: {order}
            """;
        var text = new StringBuilder("id,customer,date,amount\n");
        for (var i = 0; i < 300; i++)
        {
            var number = i % 100;
            var id = number % 10 == 9 ? $"C{number}" : $"{number}";
            // 0..99, each three times unless order: line; credits above zero are refused, and so are customers that change.
            var customer = number == 50 && i > 200 ? "another" : $"k{number}";
            text.Append(CultureInfo.InvariantCulture, $"{(order == "line" ? id + "-" + i : id)},{customer},2026-01-01,{(number % 10 == 9 && number > 50 ? 1 : number % 10 == 9 ? -1 : 10)}\n");
            if (i % 50 == 0)
                text.Append("short\n");
        }

        var ingest = new BreakingIngest(_server!.Services.GetRequiredService<IIngest>());
        var options = new IngestOptions
        {
            DataDirectory = _directory.Path,
            Import = { MaxOpenOrders = maxOpenOrders, BatchEvents = 7, BatchesInFlight = 2, SaveInterval = TimeSpan.FromTicks(1) },
        };
        var store = new ImportStore(Path.Combine(_directory.Path, "imports"), new Disk());
        var jobs = new ImportJobs(options, ingest, new OutcomeCounts(TimeProvider.System), store, new Disk(), TimeProvider.System, NullLogger<ImportJobs>.Instance);
        var running = new RunningImports(options.Import);

        ImportState? done = null;
        var attempts = 0;
        while (done is null)
        {
            Assert.True(++attempts < 100);
            ingest.BatchesLeft = attempts < 4 ? attempts : 1_000;
            Assert.True(running.TryBegin("key", "orders", out var import));
            using (import)
            {
                try
                {
                    done = await jobs.RunAsync(
                        new("orders", new("key", "erp"), Rate: null, ImportFormat.Orders, ImportMapFile.Parse(map, "map"), map, "f.csv", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()))),
                        import, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                    // The next attempt goes on.
                }
            }
        }

        var rejects = (await File.ReadAllLinesAsync(store.RejectsPath("key", "orders"), TestContext.Current.CancellationToken)).Length - 1;
        Assert.Equal(4, attempts);
        Assert.Equal(ImportStatus.Done, done.Status);
        Assert.Equal(306, done.Lines);
        var orders = order == "line" ? 300 : 100;
        var refused = order == "line" ? 15 : 5;
        Assert.Equal(6, done.RejectedByReason["column_count"]);
        Assert.Equal(refused, done.RejectedByReason["credit_positive"]);
        if (order == "lines")
            Assert.Equal(1, done.RejectedByReason["order_conflict"]);
        Assert.Equal(done.RejectedByReason.Values.Sum(), rejects);
        // A batch that was taken before its answer was lost comes as duplicates; nothing is there twice.
        Assert.Equal(orders - refused, done.Accepted + done.Duplicates);
        Assert.InRange(done.Duplicates, 0, 2 * 7 * 3);
        var rows = RowReader.ReadDirectory(Path.Combine(_directory.Path, "spool"));
        Assert.Equal(orders - refused, rows.Count);
        Assert.Equal(orders - refused, rows.Select(row => row["order_id"]).Distinct().Count());
    }

    // The real ingest path, which breaks off after some batches.
    private sealed class BreakingIngest(IIngest ingest) : IIngest
    {
        private int _batchesLeft;

        public int BatchesLeft { set => _batchesLeft = value; }

        public Task<IngestReceipt> IngestAsync(ReadOnlyMemory<byte> segmentJsonBatch, IngestSource source, CancellationToken cancellationToken) =>
            Interlocked.Decrement(ref _batchesLeft) >= 0
                ? ingest.IngestAsync(segmentJsonBatch, source, cancellationToken)
                : throw new IOException("broken off");
    }
}
