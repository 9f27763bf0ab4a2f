namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>The calendar period a report is about: always the last whole one before its slot.</summary>
public enum PeriodUnit
{
    Day,
    Week,
    Month,
    Quarter,
}
