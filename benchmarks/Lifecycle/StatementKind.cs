namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What a statement of the refresh is for.</summary>
internal enum StatementKind
{
    /// <summary>Work lists and records of runs.</summary>
    Bookkeeping,

    /// <summary>Events and rows by subject.</summary>
    Rows,

    /// <summary>Stage visits.</summary>
    Visits,

    /// <summary>What the subjects contribute to each family.</summary>
    Contributions,

    /// <summary>The sums of these.</summary>
    Cells,

    /// <summary>When they change next.</summary>
    Due,
}
