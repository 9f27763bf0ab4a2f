namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What the database says about the refresh before a run.</summary>
/// <param name="NextRefreshNo">Number of the next run.</param>
/// <param name="HasRun">Whether any run has finished yet.</param>
/// <param name="LastTimeZone">Time zone the active days are counted in.</param>
/// <param name="TimeZone">Time zone of the report settings.</param>
/// <param name="TouchCount">Touches no run has taken in.</param>
/// <param name="TouchedKeyCount">About how many subject keys they concern.</param>
/// <param name="OldestTouchedAt">The oldest of these touches.</param>
internal sealed record RefreshState(
    ulong NextRefreshNo,
    bool HasRun,
    string LastTimeZone,
    string TimeZone,
    ulong TouchCount,
    ulong TouchedKeyCount,
    DateTime OldestTouchedAt);
