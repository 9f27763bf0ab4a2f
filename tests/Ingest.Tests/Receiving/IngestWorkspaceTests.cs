using System.Runtime.CompilerServices;
using System.Text;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

public sealed class IngestWorkspaceTests
{
    private const int Events = 2_500;
    private static readonly string Large = Some.Batch(Enumerable.Repeat("{}", Events));
    private readonly IngestWorkspace _workspace = new(new IngestOptions(), new TrafficRules(new TrafficOptions(), []));

    [Fact]
    public void Bytes_CountWhatManySmallEventsTake_UntilSmallBatchesCome()
    {
        var atRest = _workspace.Bytes;
        Read(Large);
        Assert.InRange(_workspace.Bytes, Events * Unsafe.SizeOf<EventFields>(), long.MaxValue);

        Read(Large); // kept for the next of them
        Assert.InRange(_workspace.Bytes, Events * Unsafe.SizeOf<EventFields>(), long.MaxValue);
        Read(Some.Batch(Some.Track("1")));
        Read(Some.Batch(Some.Track("1")));
        Assert.InRange(_workspace.Bytes, atRest, atRest + 100_000);
    }

    [Fact]
    public void Bytes_CountTheRefusedEvents()
    {
        Read(Large);
        var before = _workspace.Bytes;
        _workspace.Validate(EventType.Unknown, new IngestSource("k1", "web"), Some.Now, client: null);
        Assert.InRange(_workspace.Bytes, before + _workspace.Batch.DeadLetters.Length, long.MaxValue);
    }

    private void Read(string body)
    {
        _workspace.Body.Truncate(0);
        _workspace.Body.Write(Encoding.UTF8.GetBytes(body));
        _workspace.Read(isBatch: true);
    }
}
