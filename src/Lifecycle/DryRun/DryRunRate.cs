namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>stage_conversion of one transition in the latest month whose window is over.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="WindowDays">Window of the transition.</param>
/// <param name="Converted">Numerator.</param>
/// <param name="Entered">Denominator.</param>
public sealed record DryRunRate(DateOnly Month, int WindowDays, long Converted, long Entered)
{
    /// <summary>The rate; null of nobody.</summary>
    public double? Value => Entered == 0 ? null : (double)Converted / Entered;
}
