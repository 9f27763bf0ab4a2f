namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What a statement of the refresh is for.</summary>
internal enum StatementKind
{
    /// <summary>Work lists and records of runs.</summary>
    Bookkeeping,

    /// <summary>Rows by subject: history, touches, other events.</summary>
    Subjects,

    /// <summary>Stage visits.</summary>
    Visits,

    /// <summary>Contributions to cells, and when they change next.</summary>
    Cells,
}
