namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>A refund as far as it counts.</summary>
internal sealed record ReferenceRefund(string EventId, DateTime At, long Amount, bool IsAllReturned);
