using LifecycleMetrics.Reporting.Email.Delivery;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>A report as <c>report list</c> shows it.</summary>
/// <param name="NextAt">The next slot; null when schedules are off.</param>
/// <param name="Latest">Where the recipients of the latest slot stand, and slots that were missed.</param>
public sealed record ReportListing(
    string Id, string Name, string Schedule, DateTimeOffset? NextAt, int RecipientCount, IReadOnlyList<DeliveryRecord> Latest);
