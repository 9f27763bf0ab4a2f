namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What a call to the refresh did.</summary>
/// <param name="RefreshNo">Number of the run; 0 if there was nothing to do.</param>
/// <param name="IsRebuild">Whether all subjects were worked out.</param>
/// <param name="SubjectCount">Subjects worked out.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RefreshResult(ulong RefreshNo, bool IsRebuild, long SubjectCount, TimeSpan Duration)
{
    /// <summary>There was nothing to do.</summary>
    public static readonly RefreshResult Nothing = new(0, false, 0, TimeSpan.Zero);
}
