namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>The fields of an event that rules look at.</summary>
[Flags]
internal enum TrafficFields
{
    None = 0,
    UserAgent = 1,
    UserId = 2,
    Email = 4,
    Address = 8,
    PageUrl = 16,
    Source = 32,
    Environment = 64,
    KeyId = 128,
}
