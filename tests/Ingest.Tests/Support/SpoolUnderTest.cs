using System.Diagnostics.Metrics;
using LifecycleMetrics.Ingest.Spool;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>The spool without anything before or behind it.</summary>
internal sealed class SpoolUnderTest : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DeadLetters _deadLetters;

    public SpoolUnderTest(TempDirectory directory, IDisk? disk = null, SpoolOptions? options = null)
    {
        disk ??= new Disk();
        options ??= new SpoolOptions { ReservedDiskBytes = 0 };
        var metrics = new IngestMetrics(_services.GetRequiredService<IMeterFactory>());
        _deadLetters = new DeadLetters(directory.DeadLetters, disk, TimeProvider.System);
        Segments = new SegmentStore(directory.Spool, options.SegmentBytes, disk, TimeProvider.System, metrics, NullLogger<SegmentStore>.Instance);
        Segments.Open(frame => Recovered.Add(frame.Rows));
        Commit = new GroupCommit(
            options, Segments, Window, _deadLetters, disk, TimeProvider.System, metrics, NullLogger<GroupCommit>.Instance);
        Commit.Start();
    }

    public SegmentStore Segments { get; }

    public EventIdWindow Window { get; } = new(new DeduplicationOptions(), TimeProvider.System);

    public GroupCommit Commit { get; }

    /// <summary>Rows of each frame found at start.</summary>
    public List<int> Recovered { get; } = [];

    public Task<SpoolOutcome> AppendAsync(params IEnumerable<string> eventIds) =>
        Commit.AppendAsync(Some.Validated(Some.Batch(eventIds.Select(id => Some.Track(id)))));

    /// <summary>Event ids of all frames from the first unconfirmed one on.</summary>
    public List<string> ReadAll()
    {
        var ids = new List<string>();
        var cursor = default(SpoolCursor);
        var payload = new ByteBuffer();
        while (Segments.TryRead(ref cursor, payload))
            ids.AddRange(RowReader.Read(new Frame(payload.Written), cursor.Segment!).Select(row => (string)row["event_id"]!));
        return ids;
    }

    public void Dispose()
    {
        Commit.Dispose();
        Segments.Dispose();
        Window.Dispose();
        _deadLetters.Dispose();
        _services.Dispose();
    }
}
