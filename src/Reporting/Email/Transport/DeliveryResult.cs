namespace LifecycleMetrics.Reporting.Email.Transport;

/// <param name="Detail">What the other side said, for people.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string Detail);
