namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What a call to the refresh did.</summary>
/// <param name="RefreshNo">Number of the run; 0 if there was nothing to do.</param>
/// <param name="Kind">What was worked out.</param>
/// <param name="SubjectCount">Subjects worked out.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RefreshResult(ulong RefreshNo, RefreshKind Kind, long SubjectCount, TimeSpan Duration)
{
    /// <summary>There was nothing to do.</summary>
    public static readonly RefreshResult Nothing = new(0, RefreshKind.None, 0, TimeSpan.Zero);

    /// <summary>Whether all subjects were worked out.</summary>
    public bool IsRebuild => Kind == RefreshKind.Rebuild;
}
