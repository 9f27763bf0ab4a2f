using System.Diagnostics.Metrics;

namespace LifecycleMetrics.Ingest;

/// <summary>The meter <c>LifecycleMetrics.Ingest</c>.</summary>
public sealed class IngestMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "LifecycleMetrics.Ingest";

    private readonly Meter _meter;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refusedRequests;
    private readonly Histogram<double> _commitDuration;
    private readonly Counter<long> _commitBytes;
    private readonly Counter<long> _commitFailures;
    private readonly Counter<long> _damagedBytes;
    private readonly Histogram<double> _insertDuration;
    private readonly Counter<long> _insertRows;
    private readonly Counter<long> _insertFailures;
    private readonly Histogram<double> _lag;

    public IngestMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _accepted = _meter.CreateCounter<long>("lifecycle.ingest.events.accepted", "{event}", "Events safe on disk");
        _rejected = _meter.CreateCounter<long>("lifecycle.ingest.events.rejected", "{event}", "Events refused, by reason");
        _duplicates = _meter.CreateCounter<long>("lifecycle.ingest.events.duplicates", "{event}", "Events taken before");
        _refusedRequests = _meter.CreateCounter<long>("lifecycle.ingest.requests.refused", "{request}", "Requests answered with 400, 401, 403 or 429, by code and key");
        _commitDuration = _meter.CreateHistogram<double>("lifecycle.ingest.commit.duration", "s", "Write and sync of one group of requests");
        _commitBytes = _meter.CreateCounter<long>("lifecycle.ingest.commit.bytes", "By", "Bytes written to the spool");
        _commitFailures = _meter.CreateCounter<long>("lifecycle.ingest.commit.failures", "{commit}", "Groups that could not be made safe on disk");
        _damagedBytes = _meter.CreateCounter<long>("lifecycle.ingest.spool.damaged", "By", "Damaged bytes found in the spool");
        _insertDuration = _meter.CreateHistogram<double>("lifecycle.ingest.insert.duration", "s", "Insert of one block into ClickHouse");
        _insertRows = _meter.CreateCounter<long>("lifecycle.ingest.insert.rows", "{row}", "Rows inserted into ClickHouse");
        _insertFailures = _meter.CreateCounter<long>("lifecycle.ingest.insert.failures", "{insert}", "Inserts that failed and are repeated");
        _lag = _meter.CreateHistogram<double>("lifecycle.ingest.lag", "s", "Time from receipt until queryable, oldest event of each block");
    }

    public void Dispose() => _meter.Dispose();

    internal void Observe(Func<long> spoolBytes, Func<double> spoolAgeSeconds, Func<long> rememberedIds)
    {
        _meter.CreateObservableGauge("lifecycle.ingest.spool.size", spoolBytes, "By", "Bytes in the spool that ClickHouse does not have yet");
        _meter.CreateObservableGauge("lifecycle.ingest.spool.age", spoolAgeSeconds, "s", "Age of the oldest event in the spool");
        _meter.CreateObservableGauge("lifecycle.ingest.deduplication.ids", rememberedIds, "{id}", "Event ids remembered");
    }

    internal void Taken(int accepted, int duplicates, IReadOnlyList<RejectedEvent> errors)
    {
        _accepted.Add(accepted);
        if (duplicates > 0)
            _duplicates.Add(duplicates);
        foreach (var error in errors)
            _rejected.Add(1, new KeyValuePair<string, object?>("reason", error.Reason));
    }

    /// <param name="code">The code of the answer.</param>
    /// <param name="keyId">Id of the write key; null if the request has shown none that may send.</param>
    internal void RequestRefused(string code, string? keyId) =>
        _refusedRequests.Add(1, new KeyValuePair<string, object?>("code", code), new KeyValuePair<string, object?>("key", keyId ?? ""));

    internal void Committed(long bytes, TimeSpan duration)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _commitBytes.Add(bytes);
    }

    internal void CommitFailed() => _commitFailures.Add(1);

    internal void SpoolDamaged(long bytes) => _damagedBytes.Add(bytes);

    internal void Inserted(int rows, TimeSpan duration, TimeSpan lag)
    {
        _insertRows.Add(rows);
        _insertDuration.Record(duration.TotalSeconds);
        _lag.Record(lag.TotalSeconds);
    }

    internal void InsertFailed() => _insertFailures.Add(1);

    internal void RefusedByClickHouse(int rows) =>
        _rejected.Add(rows, new KeyValuePair<string, object?>("reason", Validation.RejectReason.RefusedByClickHouse));

    internal void LateDuplicates(int rows) => _duplicates.Add(rows);
}
