namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>One row of report_delivery.</summary>
/// <param name="Recipient">Empty in rows about the slot as a whole.</param>
public sealed record DeliveryRecord(
    string ReportId, DateTimeOffset SlotAt, string Recipient, DeliveryStatus Status, int Attempt, string Detail, string MessageId);
