using Cronos;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <param name="Cron">Five fields: minute, hour, day, month, day of week.</param>
/// <param name="Zone">The IANA zone the cron expression is in. Periods are those of the report settings, as in every view.</param>
public sealed record ReportSchedule(CronExpression Cron, TimeZoneInfo Zone);
