namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>One thing wrong with a report, where it is and what to do.</summary>
public sealed record ReportFault(string File, int Line, string Message, string Hint)
{
    public override string ToString() => FormattableString.Invariant($"{File}({Line}): {Message}. {Hint}.");
}
