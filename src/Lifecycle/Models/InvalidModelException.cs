namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Model files have faults; the message lists all of them, each with file, line and hint.</summary>
public sealed class InvalidModelException(IReadOnlyList<ModelFault> faults)
    : Exception("The lifecycle models have faults:" + Environment.NewLine
        + string.Join(Environment.NewLine, faults.Select(fault => "  " + fault)))
{
    /// <summary>All faults, by file and line.</summary>
    public IReadOnlyList<ModelFault> Faults { get; } = faults;
}
