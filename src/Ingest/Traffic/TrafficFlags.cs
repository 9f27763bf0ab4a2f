namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Why an event is no customer's.</summary>
[Flags]
internal enum TrafficFlags
{
    None = 0,
    Bot = 1,
    Internal = 2,
    Test = 4,
}
