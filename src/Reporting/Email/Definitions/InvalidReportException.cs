namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>Report definitions or templates are wrong; carries every fault found.</summary>
public sealed class InvalidReportException(IReadOnlyList<ReportFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<ReportFault> Faults => faults;
}
