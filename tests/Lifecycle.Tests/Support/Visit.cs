namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>A stage visit, as the database and the reference give it.</summary>
internal sealed record Visit(
    string Subject,
    string Stage,
    int Ordinal,
    int VisitNo,
    DateTime EnteredAt,
    DateTime? ExitedAt,
    string Previous,
    string Direction,
    int Lap,
    string Cause);
