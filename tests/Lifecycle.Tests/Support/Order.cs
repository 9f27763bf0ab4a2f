namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>An order, as the database and the reference give it.</summary>
internal sealed record Order(
    string OrderId,
    string Subject,
    bool IsOrder,
    DateTime OrderedAt,
    long RevenueMinor,
    long RefundedMinor,
    DateTime? RefundedAt,
    int RefundCount,
    bool IsRefunded);
