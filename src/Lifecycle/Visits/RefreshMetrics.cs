using System.Diagnostics.Metrics;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What the refresh measures, under the meter <see cref="MeterName"/>.</summary>
public sealed class RefreshMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "LifecycleMetrics.Lifecycle";

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _subjects;
    private readonly Counter<long> _failures;

    /// <summary>Creates the instruments.</summary>
    public RefreshMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("lifecycle.refresh.duration", "s", "How long a run of the refresh took");
        _lag = meter.CreateHistogram<double>(
            "lifecycle.refresh.lag", "s", "From the moment the oldest event of a run was stored until its stage visits could be read");
        _subjects = meter.CreateCounter<long>("lifecycle.refresh.subjects", "{subject}", "Subjects worked out");
        _failures = meter.CreateCounter<long>("lifecycle.refresh.failures", "{run}", "Runs that failed and are tried again");
    }

    internal void RunDone(RefreshKind kind, long subjects, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind.ToString());
        _duration.Record(duration.TotalSeconds, tag);
        _subjects.Add(subjects, tag);
    }

    internal void Lag(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    internal void RunFailed() => _failures.Add(1);
}
