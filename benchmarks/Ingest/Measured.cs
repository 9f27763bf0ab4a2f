using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>Processor time a stretch of work cost, per million events, by who spent it.</summary>
internal sealed class Measured(ServerUnderTest server)
{
    private readonly double _server = server.Server.Seconds;
    private readonly double _engine = server.Engine.Seconds;
    private readonly double _load = CpuClock.OfThisProcess.Seconds;

    public string Per(long events)
    {
        var millions = events / 1e6;
        return FormattableString.Invariant(
            $"CPU-s per million events: server {(server.Server.Seconds - _server) / millions:F2}, engine {(server.Engine.Seconds - _engine) / millions:F2}, load {(CpuClock.OfThisProcess.Seconds - _load) / millions:F2}");
    }
}
