namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The calls of the Segment tracking API.</summary>
internal enum EventType
{
    Unknown,
    Track,
    Identify,
    Page,
    Screen,
    Group,
    Alias,
}
