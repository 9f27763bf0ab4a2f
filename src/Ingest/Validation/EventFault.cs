namespace LifecycleMetrics.Ingest.Validation;

/// <summary>What is wrong with an event although it is well-formed JSON.</summary>
internal enum EventFault : byte
{
    None,
    NotAnObject,
    TooDeep,
    NumberOutOfRange,
}
