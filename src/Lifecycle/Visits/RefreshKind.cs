namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What a run of the refresh works out.</summary>
public enum RefreshKind
{
    /// <summary>Nothing: there was nothing to do.</summary>
    None,

    /// <summary>The subjects with new events and those whose numbers become due.</summary>
    Refresh,

    /// <summary>All subjects, and all cells beside those that readers see.</summary>
    Rebuild,

    /// <summary>All cells, from the subjects' rows as they are.</summary>
    CellRebuild,

    /// <summary>No subject: the cells are copied with the rows of many runs put together.</summary>
    Compaction,
}
