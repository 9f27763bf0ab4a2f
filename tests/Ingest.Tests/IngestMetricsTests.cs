using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests;

public sealed class IngestMetricsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Metrics_CountWhatTheAnswersSay()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        await using var server = await IngestServer.StartAsync(_directory.Path);
        // Asked for here: the listener hears of meters that other tests make even while this server stops.
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, it) =>
        {
            // Other tests run beside this one, each with its own meters.
            if (instrument.Meter.Name == IngestMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate(instrument.Name + (tags.Length > 0 ? $" {tags[0].Value}" : ""), value, (_, sum) => sum + value));
        listener.Start();

        await server.PostAsync("/v1/batch", Some.Batch(Some.Track("1"), Some.Track("1"), Some.Track("2"), "{}", "7"));
        await server.PostAsync("/v1/batch", "{");
        listener.RecordObservableInstruments();

        Assert.Equal(2, counts["lifecycle.ingest.events.accepted"]);
        Assert.Equal(1, counts["lifecycle.ingest.events.duplicates"]);
        Assert.Equal(1, counts["lifecycle.ingest.events.rejected missing_type"]);
        Assert.Equal(1, counts["lifecycle.ingest.events.rejected not_an_object"]);
        Assert.Equal(1, counts["lifecycle.ingest.requests.refused invalid_json"]);
        Assert.Equal(2, counts["lifecycle.ingest.deduplication.ids"]);
        Assert.InRange(counts["lifecycle.ingest.spool.size"], 1, 10_000);
    }

    [Theory]
    [InlineData("/v1/batch", "{", IngestServer.Key, "invalid_json", "shop")]
    [InlineData("/v1/batch", "{", null, "invalid_json", "")]
    [InlineData("/v1/costs", "{", IngestServer.Key, "invalid_json", "shop")]
    [InlineData("/v1/costs", "{", "wrong", "invalid_key", "")]
    [InlineData("/v1/import?format=none", "", IngestServer.Key, "unknown_format", "shop")]
    [InlineData("/v1/import", "", null, "missing_key", "")]
    public async Task Refusals_AreCountedUnderTheKey_IfItIsAGoodOne(string path, string body, string? sent, string code, string key)
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        using var refusals = new Refusals(server);
        await server.PostAsync(path, body, sent);
        Assert.Equal([(code, key)], refusals.Counted);
    }
}
