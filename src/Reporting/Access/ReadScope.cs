namespace LifecycleMetrics.Reporting.Access;

/// <summary>What a key that reads may do; <see cref="Admin"/> includes <see cref="Read"/>.</summary>
public enum ReadScope
{
    Read,
    Admin,
}
