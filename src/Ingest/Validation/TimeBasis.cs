namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Where the effective time of an event comes from; the values of the column <c>time_basis</c>.</summary>
internal enum TimeBasis : byte
{
    /// <summary>The sender's own timestamp.</summary>
    Explicit = 1,

    /// <summary>The sender's timestamp, moved because its clock was off.</summary>
    Corrected = 2,

    /// <summary>The time of receipt.</summary>
    Received = 3,
}
